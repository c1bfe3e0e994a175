import { type Claim, holds, onReturn } from '../checker/index.ts';
import { has_flag, KVM_LPAGE_GUEST_INHIBIT_FLAG } from '../model/disallow-lpage.ts';
import { PG_LEVEL_4K, region_of } from '../model/gfn.ts';
import type { Kernel } from '../model/kernel.ts';
import { failure_injected } from './injected-failures.ts';

/** Why a scope may have an accept step that does not set the bit. */
type Excuse = 'allocations_fail' | 'slot_is_deleted';

/** After the accept step, everybody knows what the guest asked for. */
export function accept_step_sets_bit(
  kvm: Kernel,
  { allocations_fail, slot_is_deleted }: Readonly<Record<Excuse, boolean>>,
): Claim {
  return onReturn(
    {
      id: 'T5',
      sentence:
        'An accept step for an exit of type ACCEPT ends with GUEST_INHIBIT set in the word one ' +
        'level above the accepted one, whatever it returns, unless an allocation failed in it ' +
        'or there is no slot.',
      source: 'domain.md 8.2 T5',
      blindSpot:
        'Whether it was set at a safe moment: that is P1. An answer that is not 0 is taken for ' +
        'that of a failed allocation once one has failed anywhere in the run. A step that found ' +
        'a slot which is gone at its end.',
    },
    kvm.tdx_check_accept_level,
    function* ([, , exit], ret) {
      if (exit.type !== 'ACCEPT') return 'vacuous';
      if (slot_is_deleted && (yield* holds(kvm.memslot.is('none')))) return 'vacuous';
      // Whatever it answers for a failure: some versions mask the error (domain.md 4.3).
      if (allocations_fail && ret !== 0 && (yield* holds(failure_injected(kvm)))) return 'vacuous';
      const word =
        exit.level === PG_LEVEL_4K
          ? kvm.disallow_lpage_2M.at(region_of(kvm.geometry, exit.gfn))
          : kvm.disallow_lpage_1G;
      return yield* word.test((flags) => has_flag(flags, KVM_LPAGE_GUEST_INHIBIT_FLAG));
    },
  );
}
