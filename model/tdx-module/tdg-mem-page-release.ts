import { atomic, modelled, type Steps } from '../../checker/index.ts';
import { sept_entry } from '../entry.ts';
import { type Gfn, PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import { gfns_in, range_of } from '../gfn-range.ts';
import type { Kernel } from '../kernel.ts';

/**
 * TDG.MEM.PAGE.RELEASE: what the guest has accepted becomes pending again, at the size of its leaf
 * (domain.md 2.5). Of anything else the guest gets an error.
 */
export const tdg_mem_page_release = modelled(
  'tdg_mem_page_release',
  function* (kvm: Kernel, gfn: Gfn): Steps<void> {
    yield* atomic(function* () {
      for (const level of [PG_LEVEL_2M, PG_LEVEL_4K]) {
        if (!(yield* sept_entry(kvm, gfn, level).compareExchange('MAPPED', 'PENDING'))) continue;
        for (const page of gfns_in(range_of(kvm.geometry, gfn, level))) {
          yield* kvm.ghost.accepted.at(page).write(false);
        }
        return;
      }
    });
  },
);
