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
      1, 2, 3, 4, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 21, 23, 32, 33, 34, 35, 36, 38, 41, 43, 55,
    ]);
    expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
  });

  // Mutations 9 and 35 are the code itself.
  const edits = mutations.filter(({ number }) => number !== 9 && number !== 35);

  it.each(edits)('changes the automata: $number $name', ({ name, needs }) => {
    expect(automata_of({ ...needs, mutate: name })).not.toEqual(automata_of(needs));
  });

  it('leaves the automata alone as mutation 9, which is the code itself', () => {
    expect(automata_of({ mutate: 'no-second-test' })).toEqual(automata_of({}));
  });

  it('is the same edit as mutation 1 and 2, and as 12 and 13', () => {
    const edit = (number: number) => mutations.find((row) => row.number === number)?.edit;
    expect(edit(1)).toBe(edit(2));
    expect(edit(12)).toBe(edit(13));
  });
});
