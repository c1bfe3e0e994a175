import { modelled, type Steps } from '../../../checker/index.ts';
import { EIO } from '../../errno.ts';
import type { Gfn } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';
import { block_track_and_demote } from '../../tdx/tdx-sept-split-private-spt.ts';

/**
 * tdx_sept_split_private_spt() of v5: the chain of domain.md 4.4 under the write lock; under the
 * read lock `KVM_BUG_ON()` of a present old entry (domain.md 4.5).
 */
export const tdx_sept_split_private_spt = modelled(
  'tdx_sept_split_private_spt',
  function* (kvm: Kernel, gfn: Gfn, shared: boolean): Steps<number> {
    if (shared) {
      yield* kvm.kvm_vm_bugged(kvm).at('F15');
      return -EIO;
    }
    return yield* block_track_and_demote(kvm, gfn);
  },
);
