import type { KernelFunctions } from '../kernel.ts';
import { kvm_split_cross_boundary_leafs } from '../versions/rfc-v2-posted/kvm-split-cross-boundary-leafs.ts';

/** Mutation 37: the split helper keeps its answer in a bool, so that -ENOMEM is 1 (domain.md 4.3). */
export const split_result_is_bool: Partial<KernelFunctions> = { kvm_split_cross_boundary_leafs };
