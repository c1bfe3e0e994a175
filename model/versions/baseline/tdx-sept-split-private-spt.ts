import { modelled, type Steps } from '../../../checker/index.ts';
import { EIO } from '../../errno.ts';
import type { Gfn } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';

/** Mainline has no hook that splits: `KVM_BUG_ON()` of a mirror leaf (domain.md 4.5). */
export const tdx_sept_split_private_spt = modelled(
  'set_external_spte_present',
  function* (kvm: Kernel, _gfn: Gfn, _shared: boolean): Steps<number> {
    yield* kvm.kvm_vm_bugged(kvm).at('F15');
    return -EIO;
  },
);
