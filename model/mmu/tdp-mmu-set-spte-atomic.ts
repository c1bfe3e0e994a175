import { during, modelled, type Steps } from '../../checker/index.ts';
import { mirror_sptep } from '../entry.ts';
import { EBUSY } from '../errno.ts';
import { type Gfn, gfn_round_for_level, type Level } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { MirrorEntry } from '../memory.ts';

/** The marked stretch in which a thread owns an entry that it froze. */
export const FROZEN = 'frozen';

/** The data of `FROZEN`: the first gfn of the entry, and its level. */
export type Frozen = { readonly gfn: Gfn; readonly level: Level };

/**
 * tdp_mmu_set_spte_atomic() of a mirror entry under the read lock, with the
 * set_external_spte_present() that it consists of: freeze, SEAMCALL, store (domain.md 3.4, F17).
 */
export const tdp_mmu_set_spte_atomic = modelled(
  'tdp_mmu_set_spte_atomic',
  function* (
    kvm: Kernel,
    gfn: Gfn,
    level: Level,
    old: MirrorEntry,
    spte: MirrorEntry,
  ): Steps<number> {
    if (!(yield* kvm.try_freeze_spte(kvm, gfn, level, old))) return -EBUSY;

    const frozen: Frozen = { gfn: gfn_round_for_level(kvm.geometry, gfn, level), level };
    return yield* during(FROZEN, frozen, function* () {
      const ret = yield* set_external_spte(kvm, gfn, level, old, spte);
      yield* mirror_sptep(kvm, gfn, level)
        .write(ret === 0 ? spte : old)
        .at('F17.3');
      return ret;
    });
  },
);

/**
 * `try_cmpxchg64(sptep, &old, FROZEN_SPTE)` (domain.md F17.1): whether the entry was still `old`.
 */
export const try_freeze_spte = modelled(
  'try_freeze_spte',
  function* (kvm: Kernel, gfn: Gfn, level: Level, old: MirrorEntry): Steps<boolean> {
    return yield* mirror_sptep(kvm, gfn, level).compareExchange(old, 'FROZEN').at('F17.1');
  },
);

/** The hook of TDX that fits the change: split, link or set. */
function* set_external_spte(
  kvm: Kernel,
  gfn: Gfn,
  level: Level,
  old: MirrorEntry,
  spte: MirrorEntry,
): Steps<number> {
  if (old === 'leaf') return yield* kvm.tdx_sept_split_private_spt(kvm, gfn, true);
  if (spte === 'table') return yield* kvm.tdx_sept_link_private_spt(kvm, gfn);
  return yield* kvm.tdx_sept_set_private_spte(kvm, gfn, level);
}
