import { atomic, modelled, type Steps } from '../../checker/index.ts';
import { is_sept_mapping, sept_entry } from '../entry.ts';
import { type Gfn, PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { SeptEntry } from '../memory.ts';

/** What an access comes to: nothing that KVM sees, or an exit that is of type NONE or not. */
export type AccessResult = 'done' | 'exit' | 'exit: pending';

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

/** The same with pending_ve_disable = 1: memory that is not accepted exits too. */
export const td_access_without_ve = modelled(
  'td_access',
  function* (kvm: Kernel, gfn: Gfn): Steps<AccessResult> {
    return yield* atomic(function* () {
      const upper = yield* sept_entry(kvm, gfn, PG_LEVEL_2M).map((entry) =>
        entry === 'TABLE' ? 'table' : access_of(entry),
      );
      return upper === 'table' ? yield* sept_entry(kvm, gfn, PG_LEVEL_4K).map(access_of) : upper;
    });
  },
);

function access_of(leaf: SeptEntry): AccessResult {
  if (leaf === 'MAPPED') return 'done';
  return leaf === 'PENDING' ? 'exit: pending' : 'exit';
}
