/** What domain.md 8.4 says of a mutation, and why something else was found if that is so. */
export interface ReferenceRow {
  readonly number: number;
  /** The claims that it names. */
  readonly hits: readonly string[];
  /** YES: caught; NO: not noticed by any P, T or L; COND: caught with the option that it names. */
  readonly flag: 'YES' | 'NO' | 'COND';
  /** What it adds to the flag. */
  readonly says?: string;
  /** Claims of which it says that they hold; beside them, for NO, all but those of use. */
  readonly spares?: readonly string[];
  /** What is found otherwise, or beyond, and who is right. */
  readonly remark?: string;
  /** What shows it: a command of this project. */
  readonly shownBy?: string;
  /** Why there is no such mutation, while none is recorded. */
  readonly missing?: string;
}

/** Every row of domain.md 8.4, in its order; its numbering has gaps. */
export const reference_rows: readonly ReferenceRow[] = [
  { number: 1, hits: ['P1', 'P4', 'L1'], flag: 'YES', says: 'with allocation failure' },
  {
    number: 2,
    hits: ['P1', 'P4'],
    flag: 'YES',
    says: 'needs DROP modelled',
    remark:
      'P1 fails in the window of the DROP itself; P4 needs two operations or a third vCPU. ' +
      'L1 holds, as the split is made in the end.',
    shownBy: 'check --mutate 2 --only P4',
  },
  { number: 3, hits: [], flag: 'NO' },
  {
    number: 4,
    hits: ['P1', 'L1'],
    flag: 'YES',
    remark: 'P3 fails three steps before P1: the mapper is in flight when the bit is set.',
    shownBy: 'check --mutate 4',
  },
  {
    number: 5,
    hits: ['P1', 'P8'],
    flag: 'YES',
    remark: 'P3 before P1, as in 4. P8 needs conversions, which the default scopes do not have.',
    shownBy: 'check --mutate 5',
  },
  {
    number: 6,
    hits: ['P8', 'P9', 'T1'],
    flag: 'COND',
    says: 'conversion modelled, RMW as two steps',
    remark:
      'P9 is P9-leaf here. It needs the base tree whose loop starts at 1G: whoever overwrites ' +
      'MIXED stores GUEST_INHIBIT in its place, so the 2M word still forbids the leaf.',
    shownBy: 'check --mutate 6 --only P9-leaf',
  },
  {
    number: 7,
    hits: ['P4', 'P1'],
    flag: 'YES',
    says: 'on P4; L1 holds if the split cannot fail',
    remark:
      'P1 needs one vCPU, P3 and P4 two. L1 holds as long as no allocation fails; where one ' +
      'does, the bit stands over a leaf that stays.',
    shownBy: 'check --mutate 7 --ops 1 --regions 1 --inject enomem --only L1',
  },
  { number: 8, hits: [], flag: 'NO', says: 'for L1; P1 must be dropped' },
  { number: 9, hits: [], flag: 'NO', says: 'the real code' },
  { number: 10, hits: [], flag: 'NO' },
  { number: 11, hits: ['U2'], flag: 'NO', says: 'YES on U2' },
  {
    number: 12,
    hits: ['P7', 'L1'],
    flag: 'YES',
    remark: 'P3, P1 and P4 too: the 1G word lets a walk stop at a 2M leaf over a set 2M word.',
    shownBy: 'check --mutate 12 --keep-going',
  },
  { number: 13, hits: [], flag: 'NO' },
  { number: 14, hits: ['P13'], flag: 'YES', says: 'for 4K (bounds), NO for 2M' },
  {
    number: 15,
    hits: ['P13', 'U1'],
    flag: 'YES',
    remark: 'Also P1 with two vCPUs: the 2M word is set over a 2M leaf that S4 keeps.',
    shownBy: 'check --vcpus 2 --ops 1 --regions 1 --mutate 15 --keep-going',
  },
  {
    number: 16,
    hits: ['T5', 'L1'],
    flag: 'YES',
    says: 'needs two 2M regions or a 2M accept',
  },
  { number: 17, hits: ['T5', 'U2'], flag: 'COND', says: 'T5 yes; L1 no', spares: ['L1'] },
  {
    number: 18,
    hits: ['T5'],
    flag: 'NO',
    says: 'without conversions',
    remark: 'Checked with conversions, where T5 sees it, as the row says.',
    shownBy: 'check --mutate 18',
  },
  { number: 19, hits: ['T1', 'U2'], flag: 'YES', says: 'on T1; NO on L1', spares: ['L1'] },
  {
    number: 21,
    hits: ['P8'],
    flag: 'YES',
    remark: 'T1 and T5 too: the bit of an accept step that came in between is gone.',
    shownBy: 'check --mutate 21 --keep-going',
  },
  { number: 22, hits: ['T1'], flag: 'YES', says: 'on T1; NO on L1', spares: ['L1'] },
  {
    number: 23,
    hits: ['P3', 'P1', 'L1'],
    flag: 'YES',
    says: 'the core race',
  },
  {
    number: 25,
    hits: ['P2', 'P5', 'P11', 'L1'],
    flag: 'YES',
    says: 'with BUSY modelled',
    remark:
      'P11 without any BUSY: BLOCK under the read lock is a blocked entry while no writer is ' +
      'there. P5 where TRACK is busy: UNBLOCK wants a TRACK before. What stays blocked makes the ' +
      'next BLOCK fail, and that is a KVM_BUG_ON (P6): the VM is dead, so L1 holds.',
    shownBy: 'check --mutate 25 --vcpus 1 --ops 2 --regions 1 --keep-going',
  },
  { number: 26, hits: ['P6'], flag: 'COND', missing: 'no undo is tried again' },
  {
    number: 30,
    hits: ['L4'],
    flag: 'COND',
    says: 'contention action',
    remark: 'That the lock is contended is free to choose, so one vCPU shows it.',
    shownBy: 'check --mutate 30 --only L4',
  },
  {
    number: 31,
    hits: ['P5', 'P6'],
    flag: 'YES',
    says: 'if epochs are modelled',
    remark: 'P1, P2, P11 and P14 lie behind them: mirror and bit go on as if the leaf were split.',
    shownBy: 'check --mutate 31 --vcpus 1 --ops 2 --regions 1 --keep-going',
  },
  { number: 32, hits: ['P6'], flag: 'COND', says: 'module locks modelled' },
  {
    number: 33,
    hits: ['P2'],
    flag: 'YES',
    says: 'with injected SEAMCALL error',
    remark: 'Without the KVM_BUG_ON of the hook, which kills the VM of the posted code by then.',
    shownBy: 'check --mutate 33',
  },
  {
    number: 34,
    hits: ['P6'],
    flag: 'YES',
    says: 'with interrupt action',
  },
  {
    number: 35,
    hits: ['L4'],
    flag: 'COND',
    says: 'needs fairness on interrupts',
    remark:
      'Holds: interrupts are finitely many in every scope (--failures), so a loop over them ' +
      'ends. This is the fairness that the row asks for; without it no bound could be named.',
    shownBy: 'check --mutate 35',
  },
  { number: 36, hits: ['T5', 'U2'], flag: 'YES', says: 'on T5' },
  {
    number: 37,
    hits: ['P14', 'P9'],
    flag: 'COND',
    says: 'failure, and which caller',
    remark:
      'The row thinks of the posted code. On v2 as described 1 is a success, so B8 sets the bit ' +
      'over a leaf that was not split: P1, P4 and the livelock of row 1.',
    shownBy: 'check --mutate 37 --vcpus 1 --ops 2 --regions 1 --keep-going',
  },
  {
    number: 38,
    hits: ['P1', 'P4', 'P6'],
    flag: 'YES',
    says: 'single vCPU',
    remark: 'L1 too, where the VM survives F15: v2 answers it with -EOPNOTSUPP.',
    shownBy: 'check --mutate 38 --only L1',
  },
  {
    number: 40,
    hits: ['T2', 'P6'],
    flag: 'YES',
    says: 'if a table can stand over a zero word',
    remark:
      'P6, on v2 as posted, which leaves such tables (hence T5). T2 holds: KVM_BUG_ON refuses ' +
      'before the leaf is stored.',
    shownBy: 'check --vcpus 2 --ops 1 --regions 1 --only P6 --mutate 40',
  },
  { number: 41, hits: ['P2', 'P5'], flag: 'YES', remark: 'P6 and P12 lie behind.' },
  { number: 43, hits: ['P9'], flag: 'YES', says: 'with host zap' },
  {
    number: 44,
    hits: ['L1'],
    flag: 'YES',
    says: 'with touch or prefault',
    remark:
      'A touch only: v1 20/21 maps every prefault at 4K (3.5), so it leaves no 2M leaf. This is ' +
      'RFC v1 itself.',
    shownBy: 'check --variant rfc-v1 --vcpus 1 --only L1',
  },
  {
    number: 45,
    hits: ['U1'],
    flag: 'COND',
    remark:
      'U1 cannot tell it: prefaults at 4K break U1 of RFC v1 without it, and without prefaults ' +
      'an old request stays only where the region was accepted at 4K too, or was zapped, of ' +
      'which U1 does not speak. L1 and L2 fail, as they do of RFC v1.',
    shownBy: 'check --variant rfc-v1 --vcpus 1 --ops 3 --utility U1 --only U1',
  },
  { number: 46, hits: ['U1'], flag: 'YES', says: 'on U1 only' },
  { number: 49, hits: [], flag: 'NO' },
  {
    number: 50,
    hits: ['T5'],
    flag: 'NO',
    says: 'on P and L; T5 for 2M accepts',
    spares: ['P1', 'P3', 'P4', 'L1'],
  },
  {
    number: 51,
    hits: ['L3'],
    flag: 'COND',
    remark:
      'Holds of v2, which never comes to F15. Where F15 is reached and the VM lives (RFC v1), L3 ' +
      'does not need the mutation: that a signal comes (A6c) is free to choose, and never has to.',
    shownBy: 'check --variant rfc-v1 --ops 2 --regions 1 --only L3',
  },
  { number: 52, hits: [], flag: 'NO' },
  {
    number: 54,
    hits: ['P13'],
    flag: 'YES',
    says: 'with slot generation',
    missing: 'no slot is deleted',
  },
  {
    number: 55,
    hits: ['P10'],
    flag: 'COND',
    says: 'failure and conversion',
    remark: 'P14 names the lie that leads to it.',
    shownBy: 'check --mutate 55',
  },
  {
    number: 56,
    hits: [],
    flag: 'COND',
    says: 'KVM properties hold',
    missing: 'no guest tries smaller',
  },
  { number: 57, hits: ['P8'], flag: 'COND', missing: 'no count is taken away twice' },
];
