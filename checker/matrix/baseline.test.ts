import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { integer, word } from '../language/parameter.ts';
import {
  type Baseline,
  parseBaseline,
  printBaseline,
  recordOf,
  type ScopeRecord,
  scopeName,
  withTable,
} from './baseline.ts';
import type { RowEntry } from './row-entry.ts';

const count = fc.nat(2 ** 40);
// What every object has is no key for valibot.
const id = fc
  .string({ minLength: 1 })
  .filter((text) => !['__proto__', 'prototype', 'constructor'].includes(text));
const scope = fc.record({
  part: fc.constantFrom('safety', 'liveness'),
  scope: fc.string(),
  states: count,
  transitions: count,
  depth: count,
  fails: fc.dictionary(id, fc.oneof(count, fc.tuple(count, count)), { noNullPrototype: true }),
  holds: fc.array(id),
});
const row = fc.record({ name: fc.string(), scopes: fc.array(scope) });
const tables = fc.uniqueArray(fc.record({ flags: fc.string(), rows: fc.array(row) }), {
  selector: ({ flags }) => flags,
});

function baselineOf(model: string, list: Baseline['tables']): Baseline {
  return { schema: { name: 'matrix-baseline', version: 1 }, model, tables: list };
}

describe('a baseline', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(fc.string(), tables, (model, list) => {
        const baseline = baselineOf(model, list);
        expect(parseBaseline(printBaseline(baseline), 'file', model)).toEqual(baseline);
      }),
    );
  });

  test('has a line for each scope', () => {
    const counts = { states: 1, transitions: 2, depth: 3 };
    const scopes: readonly ScopeRecord[] = [
      { part: 'safety', scope: '', ...counts, fails: { P1: 4 }, holds: [] },
      { part: 'liveness', scope: 'n=3', ...counts, fails: { L: [4, 5] }, holds: [] },
    ];
    const rows = [{ name: 'r', scopes: [...scopes] }];
    expect(printBaseline(baselineOf('m', [{ flags: '--small', rows }]))).toBe(
      `{
  "schema": {"name":"matrix-baseline","version":1},
  "model": "m",
  "tables": [
    { "flags": "--small", "rows": [
        { "name": "r", "scopes": [
          ${JSON.stringify(scopes[0])},
          ${JSON.stringify(scopes[1])}
        ] }
    ] }
  ]
}
`,
    );
  });

  test.each([
    ['{', 'f.json: is not JSON; expected a baseline of matrix'],
    ['3', 'f.json: the whole: expected Object, received 3'],
    [
      printBaseline(baselineOf('m', [])).replace('1}', '2}'),
      'f.json: schema.version: expected 1, received 2',
    ],
    [
      printBaseline(baselineOf('other', [])),
      'f.json: is the baseline of other, expected that of m',
    ],
  ])('that reads %j is refused', (text, message) => {
    expect(() => parseBaseline(text, 'f.json', 'm')).toThrow(message);
  });

  test('keeps its other tables when one is recorded, in order of their flags', () => {
    const table = (flags: string, name: string) => ({ flags, rows: [{ name, scopes: [] }] });
    const known = baselineOf('m', [table('--a', '1'), table('--c', '1')]);
    expect(withTable(known, 'm', table('--b', '2')).tables.map(({ flags }) => flags)).toEqual([
      '--a',
      '--b',
      '--c',
    ]);
    expect(withTable(known, 'm', table('--c', '2')).tables).toEqual([
      table('--a', '1'),
      table('--c', '2'),
    ]);
    expect(withTable(undefined, 'm', table('', '2')).tables).toEqual([table('', '2')]);
  });
});

const parameters = {
  vcpus: integer({ help: '', default: 2, min: 1, max: 4 }),
  variant: word({ help: '', default: 'v2', words: ['v2', 'v3'] }),
};

test('a scope is named by what differs from the defaults', () => {
  expect(scopeName({ vcpus: 2, variant: 'v2' }, parameters)).toBe('');
  expect(scopeName({ vcpus: 3, variant: 'v3' }, parameters)).toBe('vcpus=3 variant=v3');
});

test('what fails is recorded with its length, what is undecided is not recorded', () => {
  const cell = { steps: null, loop: null, schedule: null };
  const entry = {
    name: 'r',
    scopes: [
      {
        part: 'safety',
        scope: { vcpus: 1, variant: 'v2' },
        verdict: 'VIOLATED',
        states: 5,
        transitions: 6,
        depth: 7,
        cells: [
          { ...cell, claim: 'P1', verdict: 'VIOLATED', steps: 4 },
          { ...cell, claim: 'L1', verdict: 'VIOLATED', steps: 5, loop: 3 },
          { ...cell, claim: 'P2', verdict: 'HOLDS' },
          { ...cell, claim: 'P3', verdict: 'UNDECIDED' },
        ],
      },
    ],
  } as unknown as RowEntry;
  expect(recordOf('--small', [entry], parameters)).toEqual({
    flags: '--small',
    rows: [
      {
        name: 'r',
        scopes: [
          {
            part: 'safety',
            scope: 'vcpus=1',
            states: 5,
            transitions: 6,
            depth: 7,
            fails: { P1: 4, L1: [5, 3] },
            holds: ['P2'],
          },
        ],
      },
    ],
  });
});
