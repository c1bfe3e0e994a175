import { atomic, modelled, type Steps } from '../../checker/index.ts';
import { is_sept_mapping, sept_entry } from '../entry.ts';
import { type Gfn, PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';

/**
 * A plain access of the guest to `gfn` (domain.md 2.3, pending_ve_disable = 0): memory that is not
 * mapped exits with type NONE; memory that is not accepted is a #VE, which stays in the guest.
 */
export const td_access = modelled('td_access', function* (kvm: Kernel, gfn: Gfn): Steps<
  'exit' | 'done'
> {
  return yield* atomic(function* () {
    const upper = yield* sept_entry(kvm, gfn, PG_LEVEL_2M).map((entry) => {
      if (entry === 'TABLE') return 'table';
      return is_sept_mapping(entry) ? 'mapped' : 'not mapped';
    });
    const mapped =
      upper === 'table'
        ? yield* sept_entry(kvm, gfn, PG_LEVEL_4K).test(is_sept_mapping)
        : upper === 'mapped';
    return mapped ? 'done' : 'exit';
  });
});
