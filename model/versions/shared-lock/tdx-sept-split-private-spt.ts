import { atomic, fill, modelled, type Steps } from '../../../checker/index.ts';
import { mirror_sptep } from '../../entry.ts';
import { type Gfn, gfns_beside, PG_LEVEL_2M, PG_LEVEL_4K } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';
import { seamcall_or_bug, seamcall_or_busy } from '../../tdx/seamcall-or-bug.ts';

/**
 * tdx_sept_split_private_spt() for a TDX module with NON-BLOCKING-RESIZE (domain.md 6.6 Z4): DEMOTE
 * alone. Under the read lock the parent is FROZEN meanwhile. The children of the new table were
 * written before; here they appear with DEMOTE, as nobody walks past a FROZEN entry.
 */
export const tdx_sept_split_private_spt = modelled(
  'tdx_sept_split_private_spt',
  function* (kvm: Kernel, gfn: Gfn, shared: boolean): Steps<number> {
    if (!shared) {
      return yield* seamcall_or_bug(kvm, 'TDH.MEM.PAGE.DEMOTE', gfn, PG_LEVEL_2M, 'S6.3');
    }
    const children = gfns_beside(kvm.geometry, gfn).map((child) =>
      mirror_sptep(kvm, child, PG_LEVEL_4K),
    );
    return yield* atomic(function* () {
      const ret = yield* seamcall_or_busy(kvm, 'TDH.MEM.PAGE.DEMOTE', gfn, PG_LEVEL_2M, 'F15');
      if (ret === 0) yield* fill(children, 'leaf');
      return ret;
    });
  },
);
