import type { KernelFunctions } from '../kernel.ts';
import { no_split } from './no-split.ts';
import { rfc_v2 } from './rfc-v2.ts';
import { hugepage_set_guest_inhibit } from './shared-lock/hugepage-set-guest-inhibit.ts';
import { seamcall } from './shared-lock/seamcall.ts';
import { tdx_honor_guest_accept_level } from './shared-lock/tdx-honor-guest-accept-level.ts';
import { tdx_sept_split_private_spt } from './shared-lock/tdx-sept-split-private-spt.ts';
import { tdx_handle_ept_violation } from './v3/tdx-handle-ept-violation.ts';
import type { Version } from './version.ts';
import { frozen_is_a_lock, frozen_while_split } from './waivers.ts';

const functions: KernelFunctions = {
  ...rfc_v2.functions,
  ...no_split,
  hugepage_set_guest_inhibit,
  seamcall,
  tdx_check_accept_level: tdx_honor_guest_accept_level,
  tdx_handle_ept_violation,
  tdx_sept_split_private_spt,
};

export const shared_lock: Version = {
  name: 'shared-lock',
  summary: 'a sketch: bits set under the read lock, leaves split in the fault path',
  source:
    'the log of Yan Zhao, [RFC PATCH v2 14/23], 7 Aug 2025: "(1) is possible to be called under ' +
    'shared mmu_lock, and (2) would become unnecessary"; order of Rick Edgecombe, 1 Jul 2025',
  differs:
    'The accept step only sets the bits, under the read lock, atomically, and 1G before 2M. A ' +
    'leaf above the level of a fault is split by that fault, under the read lock too, with a ' +
    'DEMOTE that needs no BLOCK and no TRACK, as a future TDX module offers it. A vCPU that read ' +
    'the word before may still install a 2M leaf afterwards: the next exit for a 4K accept ' +
    'splits it (domain.md 6.6, Z1 to Z4).',
  base: 'capped-after',
  functions,
  without_host: { convert: 'the sketch does not say how it converts' },
  not_claimed: {
    P1: 'a 2M leaf may outlive the bit until the next fault splits it (domain.md 6.6)',
    P3: 'the words change under readers; what a stale one maps is split later (domain.md 6.6)',
    P4: 'the future TDX module splits under the read lock (domain.md 6.6 Z4)',
  },
  waivers: [frozen_is_a_lock, frozen_while_split],
  sept_2M_may_also: { PENDING: ['TABLE'], MAPPED: ['TABLE'] },
};
