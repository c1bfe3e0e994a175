import { type Claim, stepClaim } from '../checker/index.ts';
import { has_flag, KVM_LPAGE_GUEST_INHIBIT_FLAG } from '../model/disallow-lpage.ts';
import type { Kernel } from '../model/kernel.ts';
import type { SeptEntry } from '../model/memory.ts';
import type { Version } from '../model/versions/version.ts';

/** What may become of a word and of an entry in one step. */
export function one_way(
  kvm: Kernel,
  sept_2M_may_also: Version['sept_2M_may_also'] = {},
  releases = false,
): readonly Claim[] {
  return [
    inhibit_is_sticky(kvm),
    no_merge(kvm),
    ...sept_transitions(kvm, sept_2M_may_also, releases),
    sequence_goes_on(kvm),
  ];
}

function inhibit_is_sticky(kvm: Kernel): Claim {
  return stepClaim(
    {
      id: 'T1',
      sentence: 'GUEST_INHIBIT, once set, is never cleared while the slot lives.',
      source: 'domain.md 8.2 T1; v2 14/23: a one-way bit',
      blindSpot: 'Words of a slot that is deleted: they are freed, and P13 sees who uses them.',
    },
    [...kvm.disallow_lpage_2M, kvm.disallow_lpage_1G],
    (before, after) =>
      !has_flag(before, KVM_LPAGE_GUEST_INHIBIT_FLAG) ||
      after === 'freed' ||
      has_flag(after, KVM_LPAGE_GUEST_INHIBIT_FLAG),
  );
}

function no_merge(kvm: Kernel): Claim {
  return stepClaim(
    {
      id: 'T2',
      sentence: 'A mirror entry that is a table does not become a leaf at once.',
      source: 'domain.md 8.2 T2, 4.8',
      blindSpot:
        'A table that is frozen first and then stored as a leaf, which is the only way that this ' +
        'model has under the read lock; P2 and P5 see that one.',
    },
    [...kvm.mirror_2M],
    (before, after) => !(before === 'table' && after === 'leaf'),
  );
}

/** What a 2M entry of the S-EPT may become. */
const NEXT_2M: Readonly<Record<SeptEntry, readonly SeptEntry[]>> = {
  FREE: ['PENDING', 'TABLE'],
  TABLE: ['NL_BLOCKED'],
  NL_BLOCKED: ['FREE'],
  PENDING: ['MAPPED', 'PENDING_BLOCKED'],
  MAPPED: ['BLOCKED'],
  PENDING_BLOCKED: ['PENDING', 'TABLE', 'FREE'],
  BLOCKED: ['MAPPED', 'TABLE', 'FREE'],
};

/**
 * What a 4K entry may become. It can be born accepted: by a DEMOTE of an accepted leaf. That an AUG
 * bears it pending is not seen here.
 */
const NEXT_4K: typeof NEXT_2M = {
  FREE: ['PENDING', 'MAPPED'],
  TABLE: [],
  NL_BLOCKED: [],
  PENDING: ['MAPPED', 'PENDING_BLOCKED'],
  MAPPED: ['BLOCKED'],
  PENDING_BLOCKED: ['PENDING', 'FREE'],
  BLOCKED: ['MAPPED', 'FREE'],
};

function sept_transitions(
  kvm: Kernel,
  may_also: NonNullable<Version['sept_2M_may_also']>,
  releases: boolean,
): readonly Claim[] {
  const source = 'domain.md 8.2 T3, 1.7';
  return [
    stepClaim(
      {
        id: 'T3',
        sentence: 'The 2M entries of the S-EPT change only in the ways that TDX knows.',
        source,
        blindSpot: 'The 4K entries, of which T3-4K speaks.',
      },
      [...kvm.sept_2M],
      (before, after) =>
        [...NEXT_2M[before], ...(may_also[before] ?? [])].includes(after) ||
        (releases && is_release(before, after)),
    ),
    stepClaim(
      {
        id: 'T3-4K',
        sentence: 'The 4K entries of the S-EPT change only in the ways that TDX knows.',
        source,
        blindSpot: 'In which state the parent was before a DEMOTE: a test of DEMOTE holds that.',
      },
      [...kvm.sept_4K],
      (before, after) => NEXT_4K[before].includes(after) || (releases && is_release(before, after)),
    ),
  ];
}

function is_release(before: SeptEntry, after: SeptEntry): boolean {
  return before === 'MAPPED' && after === 'PENDING';
}

function sequence_goes_on(kvm: Kernel): Claim {
  return stepClaim(
    {
      id: 'T6',
      sentence:
        'mmu_invalidate_seq never goes back: a snapshot of it that is stale stays so until its ' +
        'fault is over.',
      source: 'domain.md 8.2 T6, 5',
      blindSpot: 'A counter that stands still: then nothing becomes stale, which is P9.',
    },
    kvm.vcpus.map(({ fault_snapshot }) => fault_snapshot),
    (before, after) => !(before === 'stale' && after === 'current'),
  );
}
