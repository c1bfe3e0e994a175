import fc from 'fast-check';
import { assert } from '../checker/language/assert.ts';
import { atomic } from '../checker/language/atomic.ts';
import { choose } from '../checker/language/choose.ts';
import { every, holds, some, waitUntil } from '../checker/language/condition.ts';
import { loop, next } from '../checker/language/loop.ts';
import { buildSystem, completeScope, type Model } from '../checker/language/model.ts';
import { modelled } from '../checker/language/modelled.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { Shared } from '../checker/language/shared.ts';
import { type System, thread } from '../checker/language/system.ts';
import { buildProgram } from '../checker/random-program/build-program.ts';
import { programArbitrary } from '../checker/random-program/program-arbitrary.ts';
import { showScope } from '../checker/report/headline.ts';
import mixedAccepts from '../docs/examples/mixed-accepts.ts';
import peterson from '../docs/examples/peterson.ts';
import ticketLock from '../docs/examples/ticket-lock.ts';
import kernel from '../properties/index.ts';

/** A system that SPIN is asked about. */
export interface Subject {
  readonly name: string;
  readonly system: System;
}

/** Every model that comes with the checker, in scopes of up to some 100,000 states. */
const SCOPES: readonly (readonly [model: Model, scopes: readonly Partial<Scope>[]])[] = [
  [peterson as unknown as Model, [2, 3, 4].map((threads) => ({ threads }))],
  [
    ticketLock as unknown as Model,
    [
      { threads: 2, variant: 'broken' },
      { threads: 2, variant: 'fixed' },
      { threads: 3, tickets: 2, variant: 'broken' },
      { threads: 3, variant: 'fixed' },
    ],
  ],
  [
    mixedAccepts as unknown as Model,
    [
      ...['2M', '1G'].flatMap((top) =>
        [1, 2, 3].flatMap((vcpus) => [1, 2].map((accepts) => ({ vcpus, top, accepts }))),
      ),
      { vcpus: 4, top: '2M', accepts: 1 },
      { vcpus: 2, top: '2M', mistake: 'early-read' },
      { vcpus: 2, top: '1G', mistake: 'no-split' },
    ],
  ],
  [
    kernel as unknown as Model,
    [
      { vcpus: 1, ops: 3, host: [] },
      { vcpus: 1, ops: 2, host: ['zap', 'prefault'], inject: ['enomem'] },
      { vcpus: 2, ops: 1, host: ['zap'] },
      { vcpus: 2, ops: 1, host: ['prefault'], inject: ['enomem'] },
      { vcpus: 2, ops: 1, host: ['prefault'], base: 'capped-after' },
      { vcpus: 2, ops: 1, regions: 1, fanout: 3, host: [] },
      { vcpus: 2, ops: 2, regions: 1, host: [], mutate: 'goal-before-lock' },
      { vcpus: 2, ops: 1, regions: 1, host: ['zap'], mutate: 'no-stale-check' },
    ],
  ],
];

export function bundledSubjects(): readonly Subject[] {
  return SCOPES.flatMap(([model, scopes]) =>
    scopes.map((given) => ({
      name: `${model.name}: ${showScope(given as Scope)}`,
      system: buildSystem(model, completeScope(model.parameters, given)),
    })),
  );
}

/** What no bundled model does, and random programs hardly ever do. */
export function contrivedSubject(): Subject {
  const shared = new Shared();
  const big = shared.integer('big', { min: -150, max: 150 });
  const flags = [0, 1, 2].map((i) => shared.boolean(`flag ${i}`));
  const body = modelled('body', function* (me: number) {
    yield* atomic(function* () {
      yield* waitUntil(some(flags.map((flag) => flag.is(false))));
      yield* big.update((value) => (value === 150 ? -150 : value + 30));
      const mine = yield* choose([0, 1, 1]);
      yield* flags[mine]!.write(true);
      const allSet = yield* holds(every(flags.map((flag) => flag.is(true))));
      yield* assert(!(allSet && me === 1), 'the second thread may not set the last flag');
      yield* flags[(mine + me) % 3]!.fetchUpdate((set) => !set);
    });
    yield* assert(yield* big.test((value) => value < 150), 'no wrap in sight');
  });
  const forever = modelled('forever', function* (me: number) {
    yield* loop(null, function* () {
      yield* body(me);
      return next(null);
    });
  });
  const threads = [0, 1].map((me) => thread(`thread ${me}`, 'any', forever, me));
  return { name: 'contrived', system: { shared, threads, claims: [] } };
}

const SEED = 6_052;

/** Always the same ones. */
export function randomSubjects(count: number): readonly Subject[] {
  return fc.sample(programArbitrary, { seed: SEED, numRuns: count }).map((program, i) => ({
    name: `random program ${i} of seed ${SEED}`,
    system: buildProgram(program),
  }));
}
