import type { KernelFunctions } from '../kernel.ts';
import { rfc_v2_posted } from '../versions/rfc-v2-posted.ts';

const { kvm_split_cross_boundary_leafs } = rfc_v2_posted.functions;

/** Mutation 37: the split keeps its answer in a bool, so that -ENOMEM is 1 (domain.md 4.3). */
export const split_result_is_bool: Partial<KernelFunctions> = { kvm_split_cross_boundary_leafs };
