/** What domain.md 6.7 and 10 say of a version, and why something else was found if that is so. */
export interface ReferenceVersion {
  readonly name: string;
  readonly says: string;
  readonly remark?: string;
  /** What shows it: a command of this project. */
  readonly shownBy?: string;
}

export const reference_versions: readonly ReferenceVersion[] = [
  {
    name: 'baseline',
    says: 'not free of livelock for one 4K acceptor; no bit, so no INV',
    shownBy: 'check --variant baseline --vcpus 1 --only L1',
  },
  {
    name: 'rfc-v1',
    says: 'L1 fails for a client that touches, or is prefaulted, and then accepts at 4K',
    remark:
      'A touch only: v1 20/21 maps every prefault at 4K (3.4 F9, 3.5). With two vCPUs and two ' +
      'operations L3 fails too: no event has to come.',
    shownBy: 'check --variant rfc-v1 --vcpus 1 --only L1',
  },
  {
    name: 'rfc-v2',
    says: 'P1-P12, T1-T3, T5, L1 hold',
    remark: 'Where memory stays short for ever, which 8.3 excludes, L1 fails.',
    shownBy: 'check --vcpus 1 --ops 2 --regions 1 --host none --inject enomem-for-ever --only L1',
  },
  {
    name: 'rfc-v2-posted',
    says: 'INV holds weakly (few bits); T5 fails; free of livelock without ENOMEM',
    remark:
      'Free of livelock with ENOMEM too, as the guest is resumed and tries again; unless memory ' +
      'stays short for ever, as with rfc-v2. P14 sees that -ENOMEM becomes 1 (4.3).',
    shownBy: 'check --variant rfc-v2-posted --only T5',
  },
  {
    name: 'v3',
    says: 'INV holds; the error is masked by a bool; free of livelock without ENOMEM',
    remark: 'As v2 as posted, but for T5. P14 is the masked error.',
    shownBy: 'check --variant v3 --vcpus 1 --inject enomem --only P14',
  },
  {
    name: 'rfc-v5-posted',
    says: 'P1 fails with one vCPU; F15 is reached and the VM dies',
    remark: 'P4 is F15, P6 the VM. P14: the split in the wrong root says that it is done.',
    shownBy: 'check --variant rfc-v5-posted --vcpus 1',
  },
  { name: 'rfc-v5', says: 'must pass' },
  {
    name: 'shared-lock',
    says: 'a weaker property: P1, P3 and P4 are not claimed; free of livelock if BUSY ends',
  },
];
