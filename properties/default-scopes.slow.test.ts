import { describe, expect, it } from 'vitest';
import { type CheckResult, runCheck } from '../checker/index.ts';
import { mutations } from '../model/mutations/index.ts';
import { scopes } from '../model/scopes.ts';
import model from './index.ts';

const options = { engine: 'compiled', limits: {}, keepGoing: false } as const;

/** A check ends in the first scope that catches the mutation: the last default is the cheapest. */
const cheapestFirst = (mutate: string) => scopes({ vcpus: 3, mutate }).toReversed();

function violated({ claims }: CheckResult): readonly string[] {
  return claims.filter(({ verdict }) => verdict === 'VIOLATED').map(({ id }) => id);
}

describe('the default scopes for three vCPUs', () => {
  it('are exhausted, every claim holds, and its premise is met', () => {
    const result = runCheck(model, scopes({ vcpus: 3 }), options);
    expect(result.verdict).toBe('EXHAUSTED');
    const judged = result.claims.filter(({ id }) => id !== 'assertions');
    expect(judged.filter(({ premise }) => !(premise > 0)).map(({ id }) => id)).toEqual([]);
    expect(
      result.scopes.map(({ states, transitions, depth }) => [states, transitions, depth]),
    ).toEqual([
      [1_516_620, 4_442_555, 68],
      [2_997_808, 9_784_370, 67],
      [1_214_087, 3_991_412, 80],
      [2_265_856, 6_937_034, 82],
      [284_566, 843_212, 62],
    ]);
  });

  it.each(mutations.filter(({ hits }) => hits.length > 0))(
    'catch $number $name by a claim of its row',
    ({ name, hits }) => {
      const caught = violated(runCheck(model, cheapestFirst(name), { ...options, only: hits }));
      expect(caught.filter((id) => hits.includes(id))).not.toEqual([]);
    },
  );
});
