import { modelled, type Steps } from '../../checker/index.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import { seamcall_or_busy } from './seamcall-or-bug.ts';

/** tdx_sept_set_private_spte(): PAGE.AUG of a leaf (domain.md 3.4, F17.2 and F17.4). */
export const tdx_sept_set_private_spte = modelled(
  'tdx_sept_set_private_spte',
  function* (kvm: Kernel, gfn: Gfn, level: Level): Steps<number> {
    return yield* seamcall_or_busy(kvm, 'TDH.MEM.PAGE.AUG', gfn, level, 'F17.2');
  },
);
