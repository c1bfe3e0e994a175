import { modelled, type Steps } from '../../checker/index.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Seamcall, SeamcallStatus } from './status.ts';
import { tdh_mem_page_aug } from './tdh-mem-page-aug.ts';
import { tdh_mem_page_demote } from './tdh-mem-page-demote.ts';
import { tdh_mem_page_remove } from './tdh-mem-page-remove.ts';
import { tdh_mem_range_block } from './tdh-mem-range-block.ts';
import { tdh_mem_range_unblock } from './tdh-mem-range-unblock.ts';
import { tdh_mem_sept_add } from './tdh-mem-sept-add.ts';
import { tdh_mem_sept_remove } from './tdh-mem-sept-remove.ts';
import { tdh_mem_track } from './tdh-mem-track.ts';

/** The way into the TDX module, for `gfn` at `level`: one step each (domain.md 1.8). */
export const seamcall = modelled(
  'seamcall',
  function* (kvm: Kernel, call: Seamcall, gfn: Gfn, level: Level): Steps<SeamcallStatus> {
    return yield* call_module(kvm, call, gfn, level);
  },
);

/** What the module does for a call. */
export function* call_module(
  kvm: Kernel,
  call: Seamcall,
  gfn: Gfn,
  level: Level,
): Steps<SeamcallStatus> {
  switch (call) {
    case 'TDH.MEM.PAGE.AUG':
      return yield* tdh_mem_page_aug(kvm, gfn, level);
    case 'TDH.MEM.SEPT.ADD':
      return yield* tdh_mem_sept_add(kvm, gfn);
    case 'TDH.MEM.RANGE.BLOCK':
      return yield* tdh_mem_range_block(kvm, gfn, level);
    case 'TDH.MEM.RANGE.UNBLOCK':
      return yield* tdh_mem_range_unblock(kvm, gfn, level);
    case 'TDH.MEM.TRACK':
      return yield* tdh_mem_track(kvm);
    case 'TDH.MEM.PAGE.DEMOTE':
      return yield* tdh_mem_page_demote(kvm, gfn);
    case 'TDH.MEM.PAGE.REMOVE':
      return yield* tdh_mem_page_remove(kvm, gfn, level);
    case 'TDH.MEM.SEPT.REMOVE':
      return yield* tdh_mem_sept_remove(kvm, gfn);
  }
}
