import type { KernelFunctions } from '../kernel.ts';
import { rfc_v2 } from './rfc-v2.ts';
import { kvm_arch_pre_set_memory_attributes } from './v3/kvm-arch-pre-set-memory-attributes.ts';
import { kvm_split_cross_boundary_leafs } from './v3/kvm-split-cross-boundary-leafs.ts';
import { tdx_handle_ept_violation } from './v3/tdx-handle-ept-violation.ts';
import { tdx_honor_guest_accept_level } from './v3/tdx-honor-guest-accept-level.ts';
import type { Version } from './version.ts';
import { frozen_is_a_lock, goal_above_table } from './waivers.ts';

const functions: KernelFunctions = {
  ...rfc_v2.functions,
  kvm_arch_pre_set_memory_attributes,
  kvm_split_cross_boundary_leafs,
  tdx_check_accept_level: tdx_honor_guest_accept_level,
  tdx_handle_ept_violation,
};

export const v3: Version = {
  name: 'v3',
  summary: 'v3 as posted: 0 or an error, which a bool masks; the level loop starts at 1G',
  source: 'Yan Zhao, [PATCH v3 11/24] and 13/24, 6 Jan 2026',
  differs:
    'The split helper answers 0 or an error, so that the accept step may return on all that is ' +
    'not 0, and the exit handler hands an error to userspace. But the helper still keeps the ' +
    'answer in a bool: -ENOMEM is 1, which resumes the guest (domain.md 4.3, 6.4). On the base ' +
    'tree of v3 the level loop starts at the 1G word, so the second bit of a 4K accept is ' +
    'essential (domain.md 1.5).',
  base: 'capped-after',
  functions,
  not_claimed: {},
  waivers: [goal_above_table, frozen_is_a_lock],
};
