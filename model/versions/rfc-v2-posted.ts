import type { KernelFunctions } from '../kernel.ts';
import { rfc_v2 } from './rfc-v2.ts';
import { kvm_split_cross_boundary_leafs } from './rfc-v2-posted/kvm-split-cross-boundary-leafs.ts';
import { tdx_check_accept_level } from './rfc-v2-posted/tdx-check-accept-level.ts';
import { tdx_sept_split_private_spt } from './rfc-v2-posted/tdx-sept-split-private-spt.ts';
import type { Version } from './version.ts';

const functions: KernelFunctions = {
  ...rfc_v2.functions,
  kvm_split_cross_boundary_leafs,
  tdx_check_accept_level,
  tdx_sept_split_private_spt,
};

export const rfc_v2_posted: Version = {
  name: 'rfc-v2-posted',
  summary: 'RFC v2 as posted: "did split" is taken for an error, and the bit is not set',
  source:
    'Yan Zhao, [RFC PATCH v2 12/23] and 14/23, 7 Aug 2025; found by Binbin Wu, 3 Sep 2025: ' +
    '"return directly when ret is non-zero seems not right"',
  differs:
    'The split helper answers 1 where it split something, and the accept step returns on every ' +
    'answer that is not 0, so the bit is set only where nothing had to be split. The helper ' +
    'keeps its answer in a bool, so that -ENOMEM is 1 too. An interrupted DEMOTE is a KVM_BUG_ON ' +
    '(domain.md 0.2, 4.3, 4.6, 6.3).',
  base: 'capped-before',
  functions,
  not_claimed: {},
};
