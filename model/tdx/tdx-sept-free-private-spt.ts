import { modelled, type Steps } from '../../checker/index.ts';
import { type Gfn, PG_LEVEL_2M } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import { seamcall_or_bug } from './seamcall-or-bug.ts';

/** tdx_sept_free_private_spt(): BLOCK, TRACK and kick, SEPT.REMOVE of a table (domain.md 5.4). */
export const tdx_sept_free_private_spt = modelled(
  'tdx_sept_free_private_spt',
  function* (kvm: Kernel, gfn: Gfn): Steps<number> {
    const calls = ['TDH.MEM.RANGE.BLOCK', 'TDH.MEM.TRACK', 'TDH.MEM.SEPT.REMOVE'] as const;
    for (const call of calls) {
      const ret = yield* seamcall_or_bug(kvm, call, gfn, PG_LEVEL_2M, 'K4');
      if (ret !== 0) return ret;
    }
    return 0;
  },
);
