import { type Claim, onReturn } from '../checker/index.ts';
import { has_flag, KVM_LPAGE_GUEST_INHIBIT_FLAG } from '../model/disallow-lpage.ts';
import { ENOMEM } from '../model/errno.ts';
import { PG_LEVEL_4K, region_of } from '../model/gfn.ts';
import type { Kernel } from '../model/kernel.ts';

/** After the accept step, everybody knows what the guest asked for. */
export function accept_step_sets_bit(kvm: Kernel, allocations_fail: boolean): Claim {
  return onReturn(
    {
      id: 'T5',
      sentence:
        'An accept step for an exit of type ACCEPT ends with GUEST_INHIBIT set in the word one ' +
        'level above the accepted one, whatever it returns, unless an allocation failed in it.',
      source: 'domain.md 8.2 T5',
      blindSpot: 'Whether it was set at a safe moment: that is P1.',
    },
    kvm.tdx_check_accept_level,
    function* ([, , exit], ret) {
      if (exit.type !== 'ACCEPT') return 'vacuous';
      if (allocations_fail && ret === -ENOMEM) return 'vacuous';
      const word =
        exit.level === PG_LEVEL_4K
          ? kvm.disallow_lpage_2M.at(region_of(kvm.geometry, exit.gfn))
          : kvm.disallow_lpage_1G;
      return yield* word.test((flags) => has_flag(flags, KVM_LPAGE_GUEST_INHIBIT_FLAG));
    },
  );
}
