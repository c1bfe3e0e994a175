import { expect, test } from 'vitest';
import type { CheckOptions } from '../check/check.ts';
import type { Scope } from '../language/parameter.ts';
import { checkLostUpdate } from './fixtures/check-lost-update.ts';
import { checkRetry } from './fixtures/check-retry.ts';
import lostUpdate from './fixtures/lost-update.ts';
import { headline } from './headline.ts';
import { noPaint } from './paint.ts';
import { textReport } from './text-report.ts';

const racy: Scope[] = [
  { threads: 1, variant: 'racy' },
  { threads: 2, variant: 'racy' },
  { threads: 3, variant: 'racy' },
];
const atomic = racy.map((scope) => ({ ...scope, variant: 'atomic' }));

function report(scopes: readonly Scope[], more: Partial<CheckOptions> = {}): string {
  return textReport(checkLostUpdate('racy', more, scopes), noPaint);
}

function withoutVerdict(text: string): string {
  return text.slice(0, text.trimEnd().lastIndexOf('\n'));
}

/** The last line of a report. */
function verdictIn(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1);
}

test('a violated claim is drawn with its words and its replay', () => {
  const text = report(racy);
  expect(withoutVerdict(text)).toMatchInlineSnapshot(`
    "scope threads 1: EXHAUSTED, states 4, transitions 3, depth 3
    scope threads 2: VIOLATED, states 24, transitions 34, depth 6
    scope threads 3: not reached

    claim       verdict    judged  sentence
    kept        VIOLATED       28  The counter is at least the number of threads that have added
                                   one.
    grows       UNDECIDED       9  Every store adds one to the counter.
    assertions  UNDECIDED       -  No assertion of the model fails.
    deadlock    UNDECIDED      28  In every state some thread can go on, or all have finished.

    kept fails: 6 steps, 2 thread switches

      CPU0                                CPU1
      (adds one)                          (adds one)
      ----------                          ----------
      worker()
        increment()
          L1: read counter  // 0
                                          worker()
                                            increment()
                                              L1: read counter  // 0
                                              L2: write counter = 1  // was 0
                                            L3: update finished  // 0 -> 1
          L2: write counter = 1  // was 1
        L3: update finished  // 1 -> 2 !!!
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    Violates:      kept, The counter is at least the number of threads that
                   have added one.
    Source:        the meaning of counting
    Because:       fails for counter
    Fails for:     finished = 2 since step 6, CPU0 in worker(); counter = 1
                   since step 3, CPU1 in increment()
    Race window:   counter read as 0 by step 1, CPU0 in increment(); last safe
                   step: step 2, CPU1 in increment(); made 1 by step 3, CPU1 in
                   increment(); acted on by step 5, CPU0 in increment()
    Not modelled:  overflow
    Reproduce:     npm run replay -- 'lost-update@1//kept/ab3a2/NoPtNQ'
    "
  `);
  expect(verdictIn(text)).toBe(
    'VIOLATED: states 28, transitions 37, depth 6, ' + 'claims 0/4 hold; no ledger',
  );
});

test('an exhausted check of several scopes has a line for each of them', () => {
  const text = report(atomic);
  expect(withoutVerdict(text)).toMatchInlineSnapshot(`
    "scope threads 1: EXHAUSTED, states 3, transitions 2, depth 2
    scope threads 2: EXHAUSTED, states 9, transitions 12, depth 4
    scope threads 3: EXHAUSTED, states 27, transitions 54, depth 6

    claim       verdict  judged  sentence
    kept        HOLDS        39  The counter is at least the number of threads that have added one.
    grows       HOLDS        34  Every store adds one to the counter.
    assertions  HOLDS         -  No assertion of the model fails.
    deadlock    HOLDS        39  In every state some thread can go on, or all have finished.

    Not modelled:  overflow
    "
  `);
  expect(verdictIn(text)).toBe(
    'EXHAUSTED: states 39, transitions 68, depth 6, ' + 'claims 4/4 hold; no ledger',
  );
});

test('a claim that was never judged does not count as one that holds', () => {
  const document = checkLostUpdate('atomic');
  const claims = document.claims.map((claim) =>
    claim.id === 'grows' ? { ...claim, premise: 0 } : claim,
  );
  const text = textReport({ ...document, claims }, noPaint);
  expect(text).toMatch(/^grows +HOLDS +never /m);
  expect(verdictIn(text)).toContain('claims 3/4 hold, 1 never judged; no ledger');
});

test('a check that a limit ended says what would help', () => {
  const text = report(atomic.slice(2), { limits: { statesMax: 1 } });
  expect(withoutVerdict(text)).toMatchInlineSnapshot(`
    "claim       verdict    judged  sentence
    kept        UNDECIDED      10  The counter is at least the number of threads that have added
                                   one.
    grows       UNDECIDED       9  Every store adds one to the counter.
    assertions  UNDECIDED       -  No assertion of the model fails.
    deadlock    UNDECIDED      10  In every state some thread can go on, or all have finished.

    Not modelled:  overflow

    What would help: a higher --max-states, or a smaller scope.
    "
  `);
  expect(verdictIn(text)).toBe(
    'STOPPED by the limit on states: states 10, transitions 12, depth 2, ' +
      'claims 0/4 hold; no ledger',
  );
});

test('two runs print the same bytes', () => {
  expect(report(racy, { keepGoing: true })).toBe(report(racy, { keepGoing: true }));
});

test('a report is drawn in ASCII, and its violation fits in a mail', () => {
  const text = report(racy, { keepGoing: true });
  expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  const drawn = text.slice(text.indexOf('fails:'), text.indexOf('Reproduce:'));
  expect(drawn.split('\n').filter((line) => line.length > 75)).toEqual([]);
});

test('a lasso is drawn in two parts, and what goes on for ever is said in words', () => {
  expect(textReport(checkRetry(), noPaint)).toMatchInlineSnapshot(`
    "safety: EXHAUSTED, states 6, transitions 8, depth 4
    liveness: VIOLATED, states 6, transitions 8, depth 4

    claim       verdict   judged  sentence
    assertions  HOLDS          -  No assertion of the model fails.
    deadlock    HOLDS         12  In every state some thread can go on, or all have finished.
    ends        VIOLATED       6  The retry ends.

    Assumed:       ends: a thread that can always move gets to move

    ends fails: 3 steps, and then 2 again and again

      CPU0                                CPU1
      (client)                            (server)
      --------                            --------
      client()
        R1: read served  // false
        R2: write asked = true
          // was false
                                          server()
                                            S1: wait asked  // true

      and from here for ever:

      CPU0
      (client)
      --------
      client()
        R1: read served  // false
        R2: write asked = true  // was true

    Violates:      ends, The retry ends.
    Because:       CPU0 inside retry for ever
    For ever:      CPU0 takes 2 steps in each round of 2 steps
    Still:         CPU1 has finished
    Changes:       nothing: no shared variable ever has another value
    Fair:          a thread that can always move gets to move
    Reproduce:     npm run replay -- 'retry@1//ends/a2b:a2/zaBn0g'

    VIOLATED: states 6, transitions 8, depth 4, claims 2/3 hold; no ledger
    "
  `);
});

test('the headline names what is judged of infinite runs, or that it is left out', () => {
  const claims = [{ kind: 'invariant' }, { kind: 'liveness' }, { kind: 'liveness' }] as const;
  const both = { model: lostUpdate, scopes: [racy[1]!], livenessScopes: [racy[0]!], claims };
  expect(headline(both, 'npm run check')).toBe(
    'check lost-update: variant racy, 1 claim; liveness, 2 claims; npm run check',
  );
  expect(headline({ ...both, scopes: [], livenessScopes: racy }, 'npm run check')).toBe(
    'check lost-update: variant racy; liveness, 3 scopes, 2 claims; npm run check',
  );
  const without = { ...both, livenessScopes: [], leavesOutLiveness: true, claims: [claims[0]] };
  expect(headline(without, 'npm run check')).toBe(
    'check lost-update: threads 2, variant racy, 1 claim; no liveness; npm run check',
  );
});

test('the headline names the scope and the command', () => {
  const claims = [{ kind: 'invariant' }, { kind: 'deadlock' }] as const;
  const one = { model: lostUpdate, scopes: [racy[1]!], claims };
  expect(headline(one, 'npm run check')).toBe(
    'check lost-update: threads 2, variant racy, 2 claims; npm run check',
  );
  const three = { model: lostUpdate, scopes: racy, claims };
  expect(headline(three, 'npm run check')).toBe(
    'check lost-update: variant racy, 3 scopes, 2 claims; npm run check',
  );
});
