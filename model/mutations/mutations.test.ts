import { describe, expect, it } from 'vitest';
import { assertionClaim, buildSystem, inspect } from '../../checker/index.ts';
import type { KvmScope } from '../parameters.ts';
import { complete_scope } from '../scopes.ts';
import { td_model } from '../td-model.ts';
import { mutations } from './index.ts';

const model = td_model(() => [assertionClaim({ id: 'P13', sentence: 'nothing leaks' })]);

function automata_of(known: Partial<KvmScope>): readonly string[] {
  const scope = complete_scope({ vcpus: 1, ops: 1, regions: 1, ...known });
  return inspect(buildSystem(model, scope)).automata;
}

describe('every mutation', () => {
  it('has a number of its own, and a name', () => {
    expect(mutations.map(({ number }) => number)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 23, 25, 26, 30, 31,
      32, 33, 34, 35, 36, 37, 38, 40, 41, 43, 44, 45, 46, 49, 50, 51, 52, 54, 55,
    ]);
    expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
  });

  // The code tests only once (9), RFC v1 is what it is (44), all ranges are aligned (49), and
  // an interrupted DEMOTE is called again (35).
  const ITSELF = [9, 35, 44, 49];
  const edits = mutations.filter(({ number }) => !ITSELF.includes(number));
  const same = mutations.filter(({ number }) => ITSELF.includes(number));

  it.each(edits)('changes the automata: $number $name', ({ name, needs, variant }) => {
    expect(automata_of({ ...needs, mutate: name })).not.toEqual(automata_of({ ...needs, variant }));
  });

  it.each(same)('leaves the automata alone: $number $name', ({ name, variant }) => {
    expect(automata_of({ mutate: name })).toEqual(automata_of({ variant }));
  });

  it('is the same edit as mutation 1 and 2, and as 12 and 13', () => {
    const edit = (number: number) => mutations.find((row) => row.number === number)?.edit;
    expect(edit(1)).toBe(edit(2));
    expect(edit(12)).toBe(edit(13));
  });
});
