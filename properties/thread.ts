import type { Quote } from '../checker/index.ts';

/** The mail that quotes the whole log of v2 14/23, and answers a question about it. */
const SEED = 'aRbYxOIWosU7RF1K@yzhao56-desk.sh.intel.com';
const LOG = {
  who: 'Yan Zhao',
  when: '7 Aug 2025',
  where: '[RFC PATCH v2 14/23], log',
  messageId: SEED,
};

/** What was said on the list, and which claims test it (domain.md 2.4, 6.5, 6.8). */
export const thread: readonly Quote[] = [
  {
    who: 'Kirill Shutemov',
    when: '24 Apr 2025',
    where: 'reply to [RFC PATCH 12/21]',
    text: 'Accepting everything at 4k level is a stupid, but valid behaviour on the guest behalf',
    testedBy: ['L1', 'P6'],
  },
  {
    who: 'Rick Edgecombe',
    when: '25 Jun 2025',
    where: 'reply to [RFC PATCH 09/21]',
    text: 'KVM will guarantee the S-EPT mapping size <= the accept size',
    testedBy: ['T5', 'P1', 'P3'],
  },
  {
    who: 'Yan Zhao',
    when: '1 Jul 2025',
    where: 'reply to [RFC PATCH 09/21], on why a read lock is not enough',
    text: 'other vCPUs may map at a stale 2MB level',
    testedBy: ['P3'],
  },
  {
    who: 'Yan Zhao',
    when: '2 Jul 2025',
    where: 'reply to [RFC PATCH 09/21], on why the word needs the write lock',
    text: 'not updated atomically',
    testedBy: ['P8'],
  },
  {
    ...LOG,
    text:
      "If KVM fails to perform page splitting in the VMExit handler, the guest's accept " +
      'operation will be triggered again upon re-entering the guest, causing a repeated EPT ' +
      'violation VMExit.',
    testedBy: ['L1', 'L2'],
  },
  {
    ...LOG,
    text:
      '(1) Set the guest inhibit bit in the lpage info to prevent KVM MMU core from mapping at ' +
      "a higher a level than the guest's accept level.",
    testedBy: ['T5', 'P3'],
  },
  {
    ...LOG,
    text:
      '(2) Split any existing huge mapping at the fault GFN to avoid unsupported splitting ' +
      'under the shared mmu_lock by TDX.',
    testedBy: ['P4'],
  },
  {
    ...LOG,
    text:
      'This is safe because the guest inhibit bit is set in a one-way manner while the ' +
      'splitting under the write mmu_lock is performed before setting the guest inhibit bit.',
    testedBy: ['P1', 'T1', 'P4'],
  },
  {
    who: 'Binbin Wu',
    when: '3 Sep 2025',
    where: 'reply to [RFC PATCH v2 14/23]',
    text: 'return directly when ret is non-zero seems not right',
    testedBy: ['P14', 'T5'],
  },
  {
    who: 'Sean Christopherson',
    when: '28 Jan 2026',
    where: '[RFC PATCH v5 41/45], log',
    text: '(a) setting the inhibit after performing the split, and (b) never clearing the flag',
    testedBy: ['P1', 'T1'],
  },
];
