import { atomic, modelled, type Steps } from '../../checker/index.ts';
import { sept_entry } from '../entry.ts';
import { type Gfn, type Level, PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import type { Memory } from '../memory.ts';
import type { SeamcallStatus } from './status.ts';

/** TDH.MEM.PAGE.AUG: FREE becomes a PENDING leaf (domain.md 1.7). */
export const tdh_mem_page_aug = modelled(
  'tdh_mem_page_aug',
  function* (kvm: Memory, gfn: Gfn, level: Level): Steps<SeamcallStatus> {
    return yield* atomic(function* () {
      const table = sept_entry(kvm, gfn, PG_LEVEL_2M);
      if (level === PG_LEVEL_4K && !(yield* table.test((entry) => entry === 'TABLE'))) {
        return 'TDX_EPT_WALK_FAILED';
      }
      const free = yield* sept_entry(kvm, gfn, level).compareExchange('FREE', 'PENDING');
      return free ? 'SUCCESS' : 'TDX_EPT_ENTRY_STATE_INCORRECT';
    });
  },
);
