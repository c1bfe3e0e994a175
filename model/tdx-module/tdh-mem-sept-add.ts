import { modelled, type Steps } from '../../checker/index.ts';
import { sept_entry } from '../entry.ts';
import { type Gfn, PG_LEVEL_2M } from '../gfn.ts';
import type { Memory } from '../memory.ts';
import type { SeamcallStatus } from './status.ts';

/** TDH.MEM.SEPT.ADD: FREE becomes a table, all of whose entries are FREE (domain.md 1.7). */
export const tdh_mem_sept_add = modelled(
  'tdh_mem_sept_add',
  function* (kvm: Memory, gfn: Gfn): Steps<SeamcallStatus> {
    const free = yield* sept_entry(kvm, gfn, PG_LEVEL_2M).compareExchange('FREE', 'TABLE');
    return free ? 'SUCCESS' : 'TDX_EPT_ENTRY_STATE_INCORRECT';
  },
);
