import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { checkScope } from '../check/check.ts';
import { outlineOf } from '../check/outline.ts';
import { buildSystem } from '../language/model.ts';
import lostUpdate from '../report/fixtures/lost-update.ts';
import { noPaint } from '../report/paint.ts';
import schema from './matrix.schema.json' with { type: 'json' };
import { type MatrixDocument, matrixDocumentOf } from './matrix-document.ts';
import { matrixText } from './matrix-text.ts';
import type { RowOutcome } from './row-entry.ts';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
const claims = outlineOf([buildSystem(lostUpdate, { threads: 2, variant: 'racy' })]);

const outcomes: readonly RowOutcome[] = lostUpdate.matrix!.versions!.map((row) => {
  const scope = { threads: 2, variant: row.name };
  const options = { engine: 'interpreter', limits: {}, keepGoing: true } as const;
  const results = [checkScope(lostUpdate, scope, options)];
  const command = `npm run check -- --variant ${row.name}`;
  return { row, command, searches: [{ part: 'safety', scope }], leftOut: [], results };
});
const [racy, atomic] = outcomes;

function documentFor(
  rows: readonly RowOutcome[],
  moved: readonly string[] | null = null,
): MatrixDocument {
  const context = { model: lostUpdate, table: 'versions', command: 'npm run matrix' } as const;
  const rest = { leavesOutLiveness: false, claims, seconds: 1 };
  return matrixDocumentOf(rows, { ...context, ...rest }, () =>
    moved === null ? null : { file: 'b.json', moved },
  );
}

/** As if a limit had ended the search. */
function stopped({ results, ...rest }: RowOutcome): RowOutcome {
  return {
    ...rest,
    results: results.map((result) => ({
      ...result,
      verdict: 'STOPPED',
      claims: result.claims.map(({ counterexample: _, ...claim }) => ({
        ...claim,
        verdict: 'UNDECIDED',
      })),
    })),
  };
}

const unreached = (outcome: RowOutcome): RowOutcome => ({ ...outcome, results: [] });
const failed = (outcome: RowOutcome): RowOutcome => ({ ...unreached(outcome), fault: 'no bricks' });

const verdicts: readonly [string, number, MatrixDocument][] = [
  ['RECORDED', 0, documentFor(outcomes, [])],
  ['DIVERGED', 5, documentFor(outcomes, ['racy: is not recorded'])],
  ['EXHAUSTED', 0, documentFor([atomic!])],
  ['VIOLATED', 1, documentFor(outcomes)],
  ['VIOLATED', 1, documentFor([racy!, stopped(atomic!)])],
  ['STOPPED', 3, documentFor([stopped(racy!), atomic!])],
  ['STOPPED', 3, documentFor([stopped(racy!), atomic!], [])],
  ['DIVERGED', 5, documentFor([stopped(racy!), atomic!], ['atomic: is not recorded'])],
  ['FAILED', 2, documentFor([failed(racy!), atomic!], ['atomic: is not recorded'])],
  ['FAILED', 2, documentFor([racy!, failed(atomic!)])],
  ['INTERRUPTED', 130, documentFor([racy!, unreached(atomic!)])],
  ['INTERRUPTED', 130, documentFor([failed(racy!), unreached(atomic!)], [])],
];

describe('the schema', () => {
  test.each(verdicts)('accepts a table with verdict %s', (_, __, document) => {
    validate(JSON.parse(JSON.stringify(document)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('refuses a document with a field more, a field less or another type', () => {
    const document = documentFor(outcomes);
    expect(validate({ ...document, more: 1 })).toBe(false);
    expect(validate({ ...document, verdict: undefined })).toBe(false);
    expect(validate({ ...document, rows: [{}] })).toBe(false);
  });
});

describe('a table', () => {
  test.each(verdicts)('has verdict %s, exit code %i', (verdict, exitCode, document) => {
    expect(document).toMatchObject({ verdict, exitCode });
  });

  test('names the claims that fail nowhere, unless they may do so in the rest', () => {
    expect(documentFor(outcomes).failNowhere).toEqual(['grows', 'assertions', 'deadlock']);
    expect(documentFor([racy!, stopped(atomic!)]).failNowhere).toEqual([]);
  });
});

test('the report has a column for each claim that does not hold everywhere', () => {
  expect(matrixText(documentFor(outcomes), noPaint)).toMatchInlineSnapshot(`
    "row     kept  states  expected  as expected
    racy       6      24  kept      yes
    atomic     .       9  none      yes

    A number is the length of a shortest schedule on which the claim fails; 9+7 is an infinite run,
    9 steps up to a loop of 7. "." holds, "?" is undecided, and nothing stands where the row does
    not judge the claim.

    Fail in no row: grows, assertions, deadlock.

    VIOLATED: rows 2/2 decided, 2 as expected; scopes 2, states 33, transitions 46; no baseline
    "
  `);
});

test('the report says what moved, what is unknown and what could not run', () => {
  const mixed = [racy!, stopped(atomic!), failed(atomic!), unreached(atomic!)];
  const named = mixed.map((one, i) => ({ ...one, row: { ...one.row, name: `row ${i}` } }));
  const document = documentFor(named, ['row 0 (): kept holds, recorded: fails after 6 steps']);
  expect(matrixText(document, noPaint)).toMatchInlineSnapshot(`
    "row    kept  grows  assertions  deadlock  states  expected  as expected
    row 0     6      .           .         .      24  kept      yes
    row 1     ?      ?           ?         ?       9  none      STOPPED
    row 2                                             none      FAILED
    row 3                                             none      not reached

    A number is the length of a shortest schedule on which the claim fails; 9+7 is an infinite run,
    9 steps up to a loop of 7. "." holds, "?" is undecided, and nothing stands where the row does
    not judge the claim.

    row 2: FAILED: no bricks

    Not as recorded in b.json:
      row 0 (): kept holds, recorded: fails after 6 steps

    INTERRUPTED: rows 1/4 decided, 1 as expected; scopes 2, states 33, transitions 46
    "
  `);
});

test('colours say what is as expected and change nothing else', () => {
  const document = documentFor(outcomes, []);
  const text = matrixText(document, (tone, part) => `<${tone}>${part}</>`);
  expect(text).toContain('<good>yes</>');
  expect(text).toMatch(/\n<good>RECORDED<\/> in b\.json: .*\n$/);
  expect(text.replaceAll(/<\w*>|<\/>/g, '')).toBe(matrixText(document, noPaint));
});
