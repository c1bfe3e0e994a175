import { atomic, fill, modelled, type Steps } from '../../checker/index.ts';
import { mirror_sptep } from '../entry.ts';
import { type Gfn, gfns_beside, PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';

/**
 * tdp_mmu_set_spte() of a table over a 2M leaf, under the write lock: first the mirror, then the
 * S-EPT, with no FROZEN (domain.md 4.4, S6.1 to S6.4). The children were written before the table
 * was linked, and appear with it.
 *
 * @returns 0: what the hook returns is dropped, as in v2 and v3
 */
export const tdp_mmu_set_spte = modelled(
  'tdp_mmu_set_spte',
  function* (kvm: Kernel, gfn: Gfn): Steps<number> {
    yield* atomic(function* () {
      const children = gfns_beside(kvm.geometry, gfn).map((child) =>
        mirror_sptep(kvm, child, PG_LEVEL_4K),
      );
      yield* fill(children, 'leaf').at('S6.1');
      yield* mirror_sptep(kvm, gfn, PG_LEVEL_2M).write('table').at('S6.2');
    });
    yield* kvm.tdx_sept_split_private_spt(kvm, gfn, false).at('S6.4');
    return 0;
  },
);
