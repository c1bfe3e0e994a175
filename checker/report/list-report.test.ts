import { describe, expect, test } from 'vitest';
import { runCheck } from '../check/check.ts';
import { completeScope, type Model } from '../language/model.ts';
import type { Scope } from '../language/parameter.ts';
import { type CheckDocument, documentOf } from './document.ts';
import lostUpdate from './fixtures/lost-update.ts';
import relay from './fixtures/relay.ts';
import ring from './fixtures/ring.ts';
import { lintList } from './list-lint.ts';
import { foldLines, listReport, listReports, PLAIN_STYLE } from './list-report.ts';

function documentFor(model: Model, given: Partial<Scope>): CheckDocument {
  const scope = completeScope(model.parameters, given);
  const isEndless = model.name === ring.name;
  const scopes = isEndless ? [] : [scope];
  const livenessScopes = isEndless ? [scope] : [];
  const options = { engine: 'interpreter', limits: {}, keepGoing: false } as const;
  const result = runCheck(model, scopes, { ...options, livenessScopes });
  const replay = (schedule: string) => `npm run replay -- '${schedule}'`;
  return documentOf(result, {
    tool: 'kvm-interleave 0.1.0',
    scopes,
    livenessScopes,
    command: 'npm run check',
    replay,
    directory: '/',
  });
}

function blockFor(given: Partial<Scope>, tabs = false, model: Model = relay): string {
  return listReports(documentFor(model, given), { style: model.listStyle ?? PLAIN_STYLE, tabs });
}

describe('golden files', () => {
  test.each([1, 2, 3, 4])('%i threads, short names', async (threads) => {
    await expect(blockFor({ threads })).toMatchFileSnapshot(`goldens/relay-${threads}.txt`);
  });

  test('3 threads whose names do not fit into columns are a list', async () => {
    await expect(blockFor({ threads: 3, names: 'long' })).toMatchFileSnapshot(
      'goldens/relay-3-long.txt',
    );
  });

  test.each([1, 2, 3, 4])('%i threads that go on for ever', async (threads) => {
    const block = blockFor({ threads }, false, ring);
    await expect(block).toMatchFileSnapshot(`goldens/ring-${threads}.txt`);
  });

  test('3 threads that go on for ever, whose names do not fit into columns', async () => {
    const block = blockFor({ threads: 3, names: 'long' }, false, ring);
    await expect(block).toMatchFileSnapshot('goldens/ring-3-long.txt');
  });

  test('2 threads that go on for ever, indented by tabs', async () => {
    await expect(blockFor({}, true, ring)).toMatchFileSnapshot('goldens/ring-2-tabs.txt');
  });

  test('2 threads, indented by tabs', async () => {
    await expect(blockFor({ threads: 2 }, true)).toMatchFileSnapshot('goldens/relay-2-tabs.txt');
  });

  test('a race: who goes by what is not true any more', async () => {
    const document = documentFor(lostUpdate, { threads: 2 });
    await expect(listReports(document, { style: PLAIN_STYLE, tabs: false })).toMatchFileSnapshot(
      'goldens/lost-update.txt',
    );
  });
});

test('the same check gives the same block', () => {
  expect(blockFor({ threads: 3 })).toBe(blockFor({ threads: 3 }));
});

test('without a violation there is no block', () => {
  const document = documentFor(lostUpdate, { variant: 'atomic' });
  expect(listReports(document, { style: PLAIN_STYLE, tabs: false })).toMatchInlineSnapshot(`
    "No schedule to show. EXHAUSTED: 9 states, 12 transitions, depth 4
    "
  `);
});

test('a violation in the initial state has nothing to draw', () => {
  const document = documentFor(relay, { threads: 1 });
  const violation = { ...document.counterexample!, steps: [], why: { clause: [] } };
  const claim = document.claims[0]!;
  const block = listReport(
    {
      violation,
      claim,
      tool: document.tool,
      model: document.model,
      found: 'found',
      notModelled: [],
    },
    { style: PLAIN_STYLE, tabs: false },
  );
  expect(block).toContain('  (the initial state)\n\nViolates: ');
});

test('a report that breaks a rule is an error, and no report', () => {
  const document = documentFor(relay, { threads: 2 });
  const style = { wording: {}, memoryOrder: 'per Lamport \u00a7 4' };
  expect(() => listReports(document, { style, tabs: false })).toThrow(
    'has a letter that is not plain ASCII',
  );
});

test('says how much stands behind the dots', () => {
  expect(foldLines(0, 0)).toEqual([]);
  expect(foldLines(1, 0)).toEqual(['', '  (... 1 step that touches nothing shared)']);
  expect(foldLines(2, 3)).toEqual([
    '',
    '  (... 2 steps that touch nothing shared, and 3 steps that touch nothing',
    '    that the failure is about)',
  ]);
});

describe('the linter', () => {
  const good = blockFor({ threads: 2 }).split('\n').slice(0, -1);
  const rules = { tabs: false, isLoop: false, words: good.join(' ') };
  const change = (from: string | RegExp, to: string) => good.map((line) => line.replace(from, to));

  test('finds nothing in a good block', () => {
    expect(lintList(good, rules)).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ['has 88 columns, not 75', change('Closes:', `Closes: ${'x'.repeat(80)}`)],
    ['not plain ASCII', change('Violates', 'Viol\u00e2tes')],
    ['not plain ASCII', change('  write_lock', '\twrite_lock')],
    ['ends in a space', change('Closes:', 'Closes: ')],
    ['a tag that only a human may give', [...good, 'Signed-off-by: A Machine <m@example.org>']],
    ['there is no Memory order:', good.filter((line) => !line.startsWith('Memory order'))],
    [
      'Closes: stands before Reported-by:',
      [...good.filter((line) => line !== 'Reported-by:'), 'Reported-by:'],
    ],
    ['write_lo is no name of the source', change('write_lock(lock)', 'write_lo')],
    ['no line of carets', good.filter((line) => !/^\s*\^+$/.test(line))],
    ['the carets miss their line', change(/^( *)\^(\^+)$/, '$1$2')],
    ['the carets miss their line', change(' !!!', '')],
    ['what stands behind ... is not counted', good.filter((line) => !line.includes('(...'))],
    ['has no role', change('(runs)', ' runs')],
    ['the rule of column 2 has another length', change('  ------', '  -----')],
    ['stands in two columns', change(/^ {4}read token .*$/, `    read token${' '.repeat(30)}x`)],
  ])('finds that a block breaks a rule: %s', (fault, lines) => {
    expect(lines).not.toEqual(good);
    expect(lintList(lines, rules).join('; ')).toContain(fault);
  });

  test('wants to be told once where a loop begins', () => {
    const loop = blockFor({ threads: 2 }, false, ring).split('\n').slice(0, -1);
    const fault = 'where a loop begins is not said, or said too often';
    const ofLoop = { tabs: false, isLoop: true, words: loop.join(' ') };
    expect(lintList(loop, ofLoop)).toEqual([]);
    expect(lintList(loop, { ...ofLoop, isLoop: false })).toEqual([fault]);
    expect(lintList(good, { ...rules, isLoop: true })).toEqual([fault]);
  });

  test('allows tabs where they are asked for', () => {
    const tabbed = blockFor({ threads: 2 }, true).split('\n').slice(0, -1);
    expect(lintList(tabbed, { ...rules, tabs: true })).toEqual([]);
    expect(lintList(tabbed, rules)).not.toEqual([]);
  });
});
