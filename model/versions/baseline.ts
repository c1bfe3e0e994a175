import type { KernelFunctions } from '../kernel.ts';
import { absent } from './absent.ts';
import { tdx_handle_ept_violation } from './baseline/tdx-handle-ept-violation.ts';
import { tdx_sept_split_private_spt } from './baseline/tdx-sept-split-private-spt.ts';
import { no_split } from './no-split.ts';
import { rfc_v2 } from './rfc-v2.ts';
import type { Version } from './version.ts';
import { frozen_is_a_lock, words_stay_zero } from './waivers.ts';

const NO_BIT = 'there is no GUEST_INHIBIT';

const functions: KernelFunctions = {
  ...rfc_v2.functions,
  ...no_split,
  hugepage_set_guest_inhibit: absent('hugepage_set_guest_inhibit'),
  hugepage_test_guest_inhibit: absent('hugepage_test_guest_inhibit'),
  tdx_check_accept_level: absent('tdx_check_accept_level'),
  tdx_handle_ept_violation,
  tdx_sept_split_private_spt,
};

export const baseline: Version = {
  name: 'baseline',
  summary: 'mainline with 2M mappings allowed and nothing of the series: the livelock',
  source:
    'the log of Yan Zhao, [RFC PATCH v2 14/23], 7 Aug 2025, which says what it is there to mend',
  differs:
    'Nothing looks at the level of an ACCEPT. A guest that accepts at 4K what is mapped at 2M ' +
    'exits, KVM finds the 2M leaf that it wants (SPURIOUS), and the same instruction exits again ' +
    '(domain.md 6.1). A split under the read lock is a KVM_BUG_ON (domain.md 4.5). Mainline ' +
    'itself is not that: it maps private memory at 4K only.',
  base: 'capped-before',
  functions,
  without_host: { convert: 'it has no split for the borders of a conversion' },
  not_claimed: {
    P1: NO_BIT,
    T1: NO_BIT,
    'T3-4K': 'nothing is mapped at 4K',
    T5: 'there is no accept step',
    L4: 'there is no accept step',
  },
  waivers: [frozen_is_a_lock, words_stay_zero],
};
