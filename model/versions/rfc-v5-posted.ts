import { rfc_v5 } from './rfc-v5.ts';
import { kvm_tdp_mmu_split_huge_pages } from './rfc-v5-posted/kvm-tdp-mmu-split-huge-pages.ts';
import type { Version } from './version.ts';

export const rfc_v5_posted: Version = {
  ...rfc_v5,
  name: 'rfc-v5-posted',
  summary: 'RFC v5 as posted: it splits in the root of the shared gfns',
  source:
    'Sean Christopherson, [RFC PATCH v5 41/45], 28 Jan 2026; found by himself, 29 Jan 2026: ' +
    '"This is wrong, mmu->root.hpa is the shared root, not the mirror root."',
  differs:
    'The split walks vcpu->arch.mmu->root.hpa, the direct root, in which no private gfn is ' +
    'mapped. So it finds nothing, and the bit is set over a leaf that stays (domain.md 3.3, 6.5).',
  functions: { ...rfc_v5.functions, kvm_tdp_mmu_split_huge_pages },
};
