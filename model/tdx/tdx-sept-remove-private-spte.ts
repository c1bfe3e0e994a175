import { modelled, type Steps } from '../../checker/index.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import { seamcall_or_bug } from './seamcall-or-bug.ts';

/** tdx_sept_remove_private_spte(): BLOCK, TRACK and kick, REMOVE of a leaf (domain.md 5.4). */
export const tdx_sept_remove_private_spte = modelled(
  'tdx_sept_remove_private_spte',
  function* (kvm: Kernel, gfn: Gfn, level: Level): Steps<number> {
    const calls = ['TDH.MEM.RANGE.BLOCK', 'TDH.MEM.TRACK', 'TDH.MEM.PAGE.REMOVE'] as const;
    for (const call of calls) {
      const ret = yield* seamcall_or_bug(kvm, call, gfn, level, 'K4');
      if (ret !== 0) return ret;
    }
    return 0;
  },
);
