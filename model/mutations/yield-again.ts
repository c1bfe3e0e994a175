import { modelled, type Steps } from '../../checker/index.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import { may_yield } from '../mmu/tdp-mmu-iter-cond-resched.ts';

const tdp_mmu_iter_cond_resched = modelled(
  'tdp_mmu_iter_cond_resched',
  function* (kvm: Kernel, _yielded: boolean): Steps<boolean> {
    return yield* may_yield(kvm);
  },
);

/** Mutation 30: a walk may yield again at a gfn at which it has yielded before. */
export const yield_again: Partial<KernelFunctions> = { tdp_mmu_iter_cond_resched };
