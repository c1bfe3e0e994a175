import { describe, expect, test } from 'vitest';
import { type Explanation, explain, findWeakenings } from '../checker/explain/explain.ts';
import { completeScope, type Model } from '../checker/index.ts';
import { diagramLines } from '../checker/report/list-report.ts';
import { list_style } from '../model/list-style.ts';
import model from './index.ts';

/** Lines of a window. */
const SCREEN = 50;
const ACCEPT_STEP = 'tdx_check_accept_level';
const LOCK = 'B5 acquire mmu_lock.writer of mmu_lock';
const UNLOCK = 'B10 release mmu_lock.writer of mmu_lock';
const SET = 'hugepage_set_guest_inhibit()';

/** What becomes of rfc-v2, or of a mutation of it, without some things of its accept step. */
function without(summaries: readonly string[], mutate = 'none') {
  const kvm = model as unknown as Model;
  const scopes = model.explained!.scopes.map((scope) =>
    completeScope(kvm.parameters, { ...scope, mutate }),
  );
  const { weakenings } = findWeakenings(kvm, scopes, (name) => name === ACCEPT_STEP);
  const wanted = summaries.map((summary) => weakenings.find((one) => one.summary === summary));
  expect(wanted.map((one) => one?.summary)).toEqual(summaries);
  const options = { engine: 'compiled', limits: {}, keepGoing: false } as const;
  return [...explain(kvm, scopes, wanted as (typeof weakenings)[number][], options)];
}

function told({ outcome }: Explanation): string {
  if (outcome.kind !== 'bearing') return outcome.kind;
  const { race, alone } = outcome;
  const drawn = diagramLines({ violation: race }, { style: list_style, tabs: false });
  expect(drawn.length).toBeLessThanOrEqual(SCREEN);
  return `${race.claim}, ${race.threadSwitches} switches${alone ? `; ${alone.claim} alone` : ''}`;
}

describe('what the log of v2 14/23 names is load-bearing', () => {
  test.each<[string, string, string]>([
    [
      'split before set',
      `B8 ${SET} before B6 kvm_split_cross_boundary_leafs()`,
      'P4, 2 switches; P1 alone',
    ],
    ['a write lock', `without ${LOCK}`, 'P3, 1 switches; P2 alone'],
    ['around both, from its beginning', `B8 ${SET} before ${LOCK}`, 'P3, 1 switches; P1 alone'],
    ['around both, to its end', `${UNLOCK} before B8 ${SET}`, 'P3, 2 switches; P7 alone'],
    [
      'a one-way bit',
      `B8 ${SET} with disallow_lpage_2M[] made clearable, under mmu_lock.writer`,
      'T1, 0 switches',
    ],
    [
      'the level that is tested',
      'B4 hugepage_test_guest_inhibit() with its last number one higher',
      'P13, 0 switches',
    ],
  ])('%s', (_, summary, outcome) => {
    expect(without([summary]).map(told)).toEqual([outcome]);
  });
});

describe('what domain.md 8.4 takes for equivalent is not', () => {
  test('the lockless test (11), and the order of the two words (7)', () => {
    const summaries = [
      'B4 hugepage_test_guest_inhibit() taken for false',
      `B9 ${SET} before B8 ${SET}`,
    ];
    expect(without(summaries).map(told)).toEqual(['idle', 'idle']);
  });

  test('a second test under the lock (9, 10)', () => {
    const again = 'hugepage_test_guest_inhibit() taken for false';
    expect(without([again], 'test-again-under-lock').map(told)).toEqual(['idle']);
  });
});

test.each(['rfc-v1', 'rfc-v2', 'v3', 'rfc-v5', 'shared-lock'])(
  '%s has an accept step to explain',
  (variant) => {
    const { functions, scopes } = model.explained!;
    const kvm = model as unknown as Model;
    const scope = completeScope(kvm.parameters, { ...scopes[0], variant });
    const { listings } = findWeakenings(kvm, [scope], (name) => functions.includes(name));
    expect([...listings.keys()]).toEqual([
      expect.stringMatching(/^tdx_.*accept/),
      'kvm_tdp_mmu_page_fault',
    ]);
  },
);
