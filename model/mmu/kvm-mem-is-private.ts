import { modelled, type Steps } from '../../checker/index.ts';
import type { Gfn } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';

/** kvm_mem_is_private() where nothing is ever converted. */
export const kvm_mem_is_private_always = modelled(
  'kvm_mem_is_private',
  function* (_kvm: Kernel, _gfn: Gfn): Steps<boolean> {
    return true;
  },
);

/** kvm_mem_is_private(): a load from the attributes, without a lock (domain.md 3.4, F5). */
export const kvm_mem_is_private = modelled(
  'kvm_mem_is_private',
  function* (kvm: Kernel, gfn: Gfn): Steps<boolean> {
    return yield* kvm.mem_attr_array
      .at(gfn)
      .test((attribute) => attribute === 'private')
      .at('F5');
  },
);
