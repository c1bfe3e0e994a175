import type { KernelFunctions } from '../kernel.ts';
import { absent } from './absent.ts';
import { rfc_v2 } from './rfc-v2.ts';
import { kvm_tdp_mmu_split_huge_pages } from './rfc-v5/kvm-tdp-mmu-split-huge-pages.ts';
import { tdx_handle_mismatched_accept } from './rfc-v5/tdx-handle-mismatched-accept.ts';
import { tdx_sept_split_private_spt } from './rfc-v5/tdx-sept-split-private-spt.ts';
import { tdx_handle_ept_violation } from './v3/tdx-handle-ept-violation.ts';
import type { Version } from './version.ts';

const functions: KernelFunctions = {
  ...rfc_v2.functions,
  kvm_split_cross_boundary_leafs: absent('kvm_split_cross_boundary_leafs'),
  kvm_tdp_mmu_split_huge_pages,
  tdx_check_accept_level: tdx_handle_mismatched_accept,
  tdx_handle_ept_violation,
  tdx_sept_split_private_spt,
};

export const rfc_v5: Version = {
  name: 'rfc-v5',
  summary: 'RFC v5 with the mirror roots: down to a target level, errors go to userspace',
  source:
    'Sean Christopherson, [RFC PATCH v5 41/45], 28 Jan 2026, and the correction in the reply to ' +
    'himself, 29 Jan 2026',
  differs:
    'Leaves are split down to the level that the guest accepted at, in place of those that cross ' +
    'a boundary, in all valid mirror roots. The helper answers 0 or an error, which the exit ' +
    'handler hands to userspace. A split under the read lock is a KVM_BUG_ON (domain.md 3.3 C1 ' +
    'to C9, 4.5, 6.5).',
  base: 'capped-after',
  functions,
  split_helper: 'kvm_tdp_mmu_split_huge_pages',
  without_host: { convert: 'it converts by way of guest_memfd (v5 44/45), which is not modelled' },
  not_claimed: {},
};
