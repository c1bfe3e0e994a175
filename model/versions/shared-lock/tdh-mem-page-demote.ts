import { atomic, fill, modelled, type Steps } from '../../../checker/index.ts';
import { is_sept_mapping, sept_entry } from '../../entry.ts';
import { type Gfn, gfns_beside, PG_LEVEL_2M, PG_LEVEL_4K } from '../../gfn.ts';
import type { Memory } from '../../memory.ts';
import type { SeamcallStatus } from '../../tdx-module/status.ts';

/**
 * TDH.MEM.PAGE.DEMOTE of a TDX module with NON-BLOCKING-RESIZE (domain.md 4.6): a 2M leaf becomes a
 * table in one step, whose entries are in the state of the leaf. Nothing is blocked before.
 */
export const tdh_mem_page_demote = modelled(
  'tdh_mem_page_demote',
  function* (kvm: Memory, gfn: Gfn): Steps<SeamcallStatus> {
    return yield* atomic(function* () {
      const parent = sept_entry(kvm, gfn, PG_LEVEL_2M);
      const leaf = yield* parent.map((old) => (is_sept_mapping(old) ? old : 'other'));
      if (leaf === 'other') return 'TDX_EPT_ENTRY_STATE_INCORRECT';

      const children = gfns_beside(kvm.geometry, gfn).map((child) =>
        sept_entry(kvm, child, PG_LEVEL_4K),
      );
      yield* fill(children, leaf === 'MAPPED' ? 'MAPPED' : 'PENDING');
      yield* parent.write('TABLE');
      return 'SUCCESS';
    });
  },
);
