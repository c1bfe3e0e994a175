import type { KernelFunctions } from '../kernel.ts';
import { tdx_check_accept_level } from '../versions/rfc-v2-posted/tdx-check-accept-level.ts';

/** Mutation 36: the accept step of v2 as posted takes "1, did split" for an error. */
export const positive_is_an_error: Partial<KernelFunctions> = { tdx_check_accept_level };
