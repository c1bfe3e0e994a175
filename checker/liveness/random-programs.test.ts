import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EngineOptions, Violation } from '../engine/engine.ts';
import { naiveLiveness } from '../generators/liveness/naive-liveness.ts';
import { replay } from '../generators/replay.ts';
import { holds } from '../language/condition.ts';
import {
  type Fairness,
  type LivenessClaim,
  leadsTo,
  leaves,
  noCycle,
} from '../language/liveness-claim.ts';
import { ModelError } from '../language/model-error.ts';
import type { System } from '../language/system.ts';
import { buildProgram } from '../random-program/build-program.ts';
import type { Program, Statement, TermSpec } from '../random-program/program.ts';
import { conditionOf, MARK } from '../random-program/world.ts';
import { exploreLiveness } from './explore-liveness.ts';

const SEED = 5_001;
const RUNS = 1_000;
const STATES_MAX = 150;

const FAIRNESS: readonly Fairness[] = ['none', 'weak', 'locks', 'strong'];
const OPTIONS: EngineOptions = {
  limits: { statesMax: STATES_MAX },
  keepGoing: true,
  onProgress: () => 'continue',
};

interface Spec {
  readonly first: TermSpec;
  readonly second: TermSpec;
  readonly data: number;
}

const small = fc.nat(3);
const term = fc.record({ variable: small, value: small, equal: fc.boolean() });
const spec: fc.Arbitrary<Spec> = fc.record({ first: term, second: term, data: fc.nat(2) });

/** What an endless loop waits for that never comes. */
const NEVER = 9;

const step: fc.Arbitrary<Statement> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('read' as const, 'parity' as const, 'update' as const),
    variable: small,
  }),
  fc.record({
    kind: fc.constant('write' as const),
    variable: small,
    value: fc.record({ from: fc.constant('constant' as const), value: small }),
  }),
);
const wait = fc.record({ kind: fc.constant('wait' as const), term });
const spin = fc.record({
  kind: fc.constant('loop' as const),
  states: fc.constant(2),
  first: step,
  body: fc.array(step, { maxLength: 1 }),
  exit: fc.constantFrom(0, 1, NEVER),
});
const held = fc.record({
  kind: fc.constant('hold' as const),
  lock: small,
  side: fc.constantFrom('reader' as const, 'writer' as const),
  body: fc.array(fc.oneof(step, wait), { maxLength: 2 }),
});
const choice = fc.record({
  kind: fc.constant('choose' as const),
  options: fc.constant(2),
});
const decision = fc.record({
  kind: fc.constant('if' as const),
  equal: fc.nat(1),
  yes: fc.array(fc.oneof(step, wait, held), { minLength: 1, maxLength: 1 }),
  no: fc.array(step, { maxLength: 1 }),
});
const inner = fc.oneof(step, wait, spin, held, held, choice, decision);
const stretch = fc.record({
  kind: fc.constant('during' as const),
  data: fc.constantFrom(0, 1, undefined),
  body: fc.array(inner, { minLength: 1, maxLength: 2 }),
});
const nested = fc.record({
  kind: fc.constant('during' as const),
  data: fc.constantFrom(0, 1),
  body: fc.array(fc.oneof(stretch, step), { minLength: 1, maxLength: 2 }),
});
const main = fc.record({
  kind: fc.constant('loop' as const),
  states: fc.constant(2),
  first: fc.oneof(step, choice),
  body: fc.array(fc.oneof(inner, stretch, stretch, nested), { minLength: 1, maxLength: 2 }),
  exit: fc.constantFrom(0, 1, NEVER, NEVER),
});

/** Small programs that go round and round, in which threads wait, spin, and take locks. */
const endless: fc.Arbitrary<Program> = fc.record({
  variables: fc.constant([
    { size: 2, initial: 0 },
    { size: 2, initial: 0 },
  ]),
  fillers: fc.constant(0),
  locks: fc.constantFrom(['mutex' as const], ['rw' as const], ['mutex' as const, 'rw' as const]),
  functions: fc.constant([]),
  mains: fc.array(
    main.map((loop) => [loop]),
    { minLength: 1, maxLength: 2 },
  ),
  threads: fc.array(fc.record({ main: small, argument: fc.nat(1) }), {
    minLength: 2,
    maxLength: 3,
  }),
  claims: fc.constant([]),
});

/** One claim of each shape under each assumption. */
function claimsOf({ shared }: System, { first, second, data }: Spec): readonly LivenessClaim[] {
  const asks = (one: TermSpec) =>
    function* () {
      return yield* holds(conditionOf(shared.variables.slice(0, 2), one));
    };
  return FAIRNESS.flatMap((fairness) => {
    const text = (id: string) => ({ id: `${id} ${fairness}`, sentence: id, fairness });
    return [
      leaves(text('leaves'), MARK),
      leaves<number>(text('leaves some'), MARK, (one) => one === data),
      leadsTo(text('leads to'), ['it'], asks(first), asks(second)),
      noCycle(text('no cycle'), ['it'], asks(first), asks(second)),
    ];
  });
}

function attempt<T>(run: () => T): T | ModelError {
  try {
    return run();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}

function replays(system: System, { claim, schedule, loop }: Violation): void {
  const replayed = replay(system, claim, schedule, loop?.moves ?? []);
  expect([claim, replayed.result]).toEqual([claim, 'reproduced']);
}

test(`fair cycles are those of the naive explorer, on random programs (seed ${SEED})`, () => {
  const mix = new Map<string, number>();
  const count = (name: string): void => {
    mix.set(name, (mix.get(name) ?? 0) + 1);
  };
  fc.assert(
    fc.property(endless, spec, (program, asked) => {
      const plain = buildProgram(program);
      const system: System = { ...plain, liveness: claimsOf(plain, asked) };
      const found = attempt(() => exploreLiveness(system, OPTIONS));
      if (found instanceof ModelError) return count('faulty');
      const reference = found.stopped === undefined ? naiveLiveness(system, OPTIONS) : undefined;
      if (reference === undefined || reference.stopped !== undefined) return count('too big');
      count('compared');
      const failing = (violations: readonly Violation[]) =>
        violations.map(({ claim }) => claim).sort();
      expect(failing(found.violations)).toEqual(failing(reference.violations));
      for (const { id } of system.liveness ?? []) {
        const met = (premises: ReadonlyMap<string, number>) => (premises.get(id) ?? 0) > 0;
        expect([id, met(found.premises)]).toEqual([id, met(reference.premises)]);
        if (found.violations.some(({ claim }) => claim === id)) count(id);
        else if (met(found.premises)) count(`holds: ${id}`);
      }
      const fails = (id: string) => found.violations.some(({ claim }) => claim === id);
      for (const shape of ['leaves', 'leads to', 'no cycle']) {
        for (const [more, less] of [
          ['weak', 'none'],
          ['locks', 'weak'],
          ['strong', 'weak'],
        ]) {
          if (fails(`${shape} ${less}`) && !fails(`${shape} ${more}`))
            count(`${more} but not ${less}`);
        }
      }
      for (const violation of [...found.violations, ...reference.violations]) {
        if (violation.loop !== undefined) replays(system, violation);
      }
    }),
    { seed: SEED, numRuns: RUNS },
  );
  console.info(`random programs, seed ${SEED}:`, Object.fromEntries([...mix].sort()));

  expect(mix.get('compared')).toBeGreaterThanOrEqual(500);
  for (const fairness of FAIRNESS) {
    for (const shape of ['leaves', 'leads to', 'no cycle']) {
      const name = `${shape} ${fairness}`;
      expect([name, (mix.get(name) ?? 0) > 10]).toEqual([name, true]);
      expect([name, (mix.get(`holds: ${name}`) ?? 0) > 100]).toEqual([name, true]);
    }
  }
  for (const name of ['weak but not none', 'locks but not weak', 'strong but not weak']) {
    expect([name, (mix.get(name) ?? 0) > 5]).toEqual([name, true]);
  }
}, 300_000);
