import { branch, modelled, type Steps } from '../../checker/index.ts';
import type { Gfn } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';

const is_page_fault_stale = modelled(
  'is_page_fault_stale',
  function* (_kvm: Kernel, _vcpu: Vcpu, _gfn: Gfn): Steps<boolean> {
    yield* branch('F12');
    return false;
  },
);

/** Mutation 43: a fault that an invalidation has overtaken is not noticed. */
export const no_stale_check: Partial<KernelFunctions> = { is_page_fault_stale };
