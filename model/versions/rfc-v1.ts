import type { KernelFunctions } from '../kernel.ts';
import { absent } from './absent.ts';
import { no_split } from './no-split.ts';
import { kvm_tdp_mmu_map } from './rfc-v1/kvm-tdp-mmu-map.ts';
import { tdx_get_accept_level } from './rfc-v1/tdx-get-accept-level.ts';
import { tdx_gmem_private_max_mapping_level } from './rfc-v1/tdx-gmem-private-max-mapping-level.ts';
import { tdx_sept_split_private_spt } from './rfc-v1/tdx-sept-split-private-spt.ts';
import { rfc_v2 } from './rfc-v2.ts';
import type { Version } from './version.ts';
import { frozen_is_a_lock, words_stay_zero } from './waivers.ts';

const NO_BIT = 'there is no GUEST_INHIBIT';

const functions: KernelFunctions = {
  ...rfc_v2.functions,
  ...no_split,
  hugepage_set_guest_inhibit: absent('hugepage_set_guest_inhibit'),
  hugepage_test_guest_inhibit: absent('hugepage_test_guest_inhibit'),
  kvm_tdp_mmu_map,
  tdx_check_accept_level: tdx_get_accept_level,
  tdx_gmem_private_max_mapping_level,
  tdx_sept_split_private_spt,
};

export const rfc_v1: Version = {
  name: 'rfc-v1',
  summary: 'RFC v1: each vCPU remembers the level that its guest accepted at',
  source: 'Yan Zhao, [RFC PATCH 12/21], 20/21 and 21/21, 24 Apr 2025',
  differs:
    'The accept step writes the level and the range of the ACCEPT to the vCPU, and nothing that ' +
    'others see. The next faults of this vCPU in this range are mapped at that level at most; ' +
    'other vCPUs do not know of it, and a leaf that is there already stays. Where the walk meets ' +
    'such a leaf above its goal, the hook asks this vCPU for 2M and gives up, so that the next ' +
    'fault finds the leaf spurious. Prefaults are mapped at 4K (domain.md 6.2, 4.5).',
  base: 'capped-before',
  functions,
  without_host: { convert: 'its split for the borders of a conversion (v1 16/21) is not modelled' },
  not_claimed: {
    P1: NO_BIT,
    P4: 'the hook answers a split under the read lock with a request for 2M (domain.md 4.5)',
    T1: NO_BIT,
    T5: NO_BIT,
  },
  waivers: [frozen_is_a_lock, words_stay_zero],
  vcpu_remembers_request: true,
};
