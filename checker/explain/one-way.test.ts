import { expect, test } from 'vitest';
import { compile } from '../automaton/compile.ts';
import {
  defineModel,
  type Modelled,
  type Mutex,
  modelled,
  type Steps,
  stepClaim,
  thread,
  type Variable,
} from '../index.ts';
import { buildSystem, type Model } from '../language/model.ts';
import { explain, findWeakenings } from './explain.ts';
import { oneWayBits } from './one-way.ts';

interface Code {
  readonly sticky: Variable<boolean>;
  readonly toggled: Variable<boolean>;
  readonly counted: Variable<number>;
  readonly idle: Variable<boolean>;
  readonly lock: Mutex;
  readonly set: Modelled<[code: Code], void>;
  readonly work: Modelled<[code: Code], void>;
}

const set = modelled('set', function* ({ sticky }: Code): Steps<void> {
  yield* sticky.write(true).at('S1');
});

const work = modelled('work', function* (code: Code): Steps<void> {
  yield* code.lock.hold(() => code.set(code)[Symbol.iterator]());
  yield* code.toggled.write(true);
  yield* code.toggled.write(false);
  yield* code.counted.write(1);
  yield* code.counted.write(2);
  yield* code.idle.write(false);
});

const worker = modelled('worker', function* (code: Code): Steps<void> {
  yield* code.work(code);
});

const bits = defineModel({
  name: 'bits',
  version: '1',
  summary: 'bits that are set',
  parameters: {},
  build: (shared) => {
    const code: Code = {
      sticky: shared.boolean('sticky'),
      toggled: shared.boolean('toggled'),
      counted: shared.integer('counted', { min: 0, max: 2 }),
      idle: shared.boolean('idle'),
      lock: shared.mutex('lock'),
      ...{ set, work },
    };
    return {
      threads: ['a', 'b'].map((name) => thread(name, 'sets', worker, code)),
      claims: [
        stepClaim(
          { id: 'stays', sentence: 'It is never cleared.' },
          [code.sticky],
          (before, after) => !before || after,
        ),
      ],
    };
  },
}) as unknown as Model;

test('a bit is one-way if all that anybody ever does is set it', () => {
  const found = oneWayBits(compile(buildSystem(bits, {})));
  expect(found).toEqual([{ family: 'sticky', setBy: new Set(['set']), held: ['lock.holder'] }]);
});

test('it is made clearable under the lock, by the function that has it set', () => {
  const { weakenings } = findWeakenings(bits, [{}], (name) => name === 'work');
  const clearing = weakenings.filter(({ kind }) => kind === 'bit');
  expect(clearing.map(({ summary }) => summary)).toEqual([
    'set() with sticky made clearable, under lock.holder',
  ]);
  const options = { engine: 'interpreter', limits: {}, keepGoing: false } as const;
  const [explained] = [...explain(bits, [{}], clearing, options)];
  const race = explained?.outcome.kind === 'bearing' ? explained.outcome.race : undefined;
  expect(race?.claim).toBe('stays');
  // The other thread clears it, and holds the lock while it does.
  const actions = race?.steps.flatMap(({ operations }) => operations.map(({ action }) => action));
  expect(actions?.slice(-2)).toEqual(['acquire lock.holder', 'write sticky = false']);
});
