import { modelled, type Steps } from '../../../checker/index.ts';
import { type Gfn, PG_LEVEL_2M } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';
import { seamcall_or_bug, seamcall_or_busy } from '../../tdx/seamcall-or-bug.ts';
import { demote_with_children } from './demote-with-children.ts';

/**
 * tdx_sept_split_private_spt() for a TDX module with NON-BLOCKING-RESIZE (domain.md 6.6 Z4): DEMOTE
 * alone.
 */
export const tdx_sept_split_private_spt = modelled(
  'tdx_sept_split_private_spt',
  function* (kvm: Kernel, gfn: Gfn, shared: boolean): Steps<number> {
    if (!shared) {
      return yield* seamcall_or_bug(kvm, 'TDH.MEM.PAGE.DEMOTE', gfn, PG_LEVEL_2M, 'S6.3');
    }
    return yield* demote_with_children(kvm, gfn, seamcall_or_busy);
  },
);
