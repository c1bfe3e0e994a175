import { branch, modelled, type Steps } from '../../../checker/index.ts';
import { EOPNOTSUPP } from '../../errno.ts';
import { type Gfn, PG_LEVEL_2M } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';
import { seamcall_or_bug } from '../../tdx/seamcall-or-bug.ts';

/**
 * tdx_sept_split_private_spt() as posted in v2 09/23: a DEMOTE that was interrupted is a
 * `KVM_BUG_ON()` like any other error (domain.md 4.6).
 */
export const tdx_sept_split_private_spt = modelled(
  'tdx_sept_split_private_spt',
  function* (kvm: Kernel, gfn: Gfn, shared: boolean): Steps<number> {
    if (shared) {
      yield* branch('F15');
      return -EOPNOTSUPP;
    }
    const calls = ['TDH.MEM.RANGE.BLOCK', 'TDH.MEM.TRACK', 'TDH.MEM.PAGE.DEMOTE'] as const;
    for (const call of calls) {
      const ret = yield* seamcall_or_bug(kvm, call, gfn, PG_LEVEL_2M, 'S6.3');
      if (ret !== 0) return ret;
    }
    return 0;
  },
);
