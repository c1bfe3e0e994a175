import { modelled, type Steps } from '../../checker/index.ts';
import { type Gfn, PG_LEVEL_2M } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import { seamcall_or_busy } from './seamcall-or-bug.ts';

/** tdx_sept_link_private_spt(): SEPT.ADD of a page table (domain.md 3.4, F17.2 and F17.4). */
export const tdx_sept_link_private_spt = modelled(
  'tdx_sept_link_private_spt',
  function* (kvm: Kernel, gfn: Gfn): Steps<number> {
    return yield* seamcall_or_busy(kvm, 'TDH.MEM.SEPT.ADD', gfn, PG_LEVEL_2M, 'F17.2');
  },
);
