import { describe, expect, test } from 'vitest';
import { atomic } from '../language/atomic.ts';
import { branch } from '../language/branch.ts';
import { done, loop, next } from '../language/loop.ts';
import { ModelError } from '../language/model-error.ts';
import { modelled } from '../language/modelled.ts';
import type { Operation, Steps } from '../language/operation.ts';
import { during, inside } from '../language/position.ts';
import { Shared } from '../language/shared.ts';
import { thread } from '../language/system.ts';
import { actionText } from './operation-text.ts';
import type { Arrival } from './place.ts';
import { ThreadRunner } from './thread-runner.ts';

const shared = new Shared();
const x = shared.integer('x', { min: 0, max: 9 });
const ghost = shared.integer('g', { min: 0, max: 9 }, { ghost: true });
const m = shared.mutex('m');

function runnerOf(body: () => Steps<unknown>): ThreadRunner {
  return new ThreadRunner(thread('t', 'worker', modelled('f', body)));
}

/** Runs `body` on the given results; what it is about to do before each of them and at the end. */
function run(body: () => Steps<unknown>, ...results: unknown[]): (string | undefined)[] {
  return arrivals(body, ...results).map(({ place }) => text(place.operation));
}

function arrivals(body: () => Steps<unknown>, ...results: unknown[]): Arrival[] {
  const runner = runnerOf(body);
  const seen = [runner.start()];
  for (const result of results) seen.push(runner.resume((seen.at(-1) as Arrival).place, result));
  return seen;
}

function text(operation: Operation | undefined): string | undefined {
  return operation && actionText(operation);
}

describe('a thread', () => {
  test('stops before each operation and at its end', () => {
    const body = function* () {
      const seen = yield* x.read();
      if (seen > 0) yield* x.write(seen - 1);
    };
    expect(run(body, 2, undefined)).toEqual(['read x', 'write x = 1', undefined]);
    expect(run(body, 0)).toEqual(['read x', undefined]);
  });

  test('is at the same place after equal histories and at different ones after others', () => {
    const runner = runnerOf(function* () {
      yield* x.read();
      yield* x.write(0);
    });
    const { place } = runner.start();
    const after = runner.resume(place, 1).place;
    expect(runner.resume(place, 1).place).toBe(after);
    expect(runner.resume(place, 2).place).not.toBe(after);
  });

  test('forgets the history of a function that returned', () => {
    const parity = modelled('parity', function* () {
      return (yield* x.read()) % 2;
    });
    const runner = runnerOf(function* () {
      yield* parity();
      yield* x.write(0);
    });
    const { place } = runner.start();
    const one = runner.resume(place, 1);
    expect(runner.resume(place, 3).place).toBe(one.place);
    expect(one.returns).toEqual([{ callee: parity, args: [], result: 1 }]);
    expect(runner.resume(place, 2).place).not.toBe(one.place);
  });

  test('comes back to the place where a loop comes back to its state', () => {
    const runner = runnerOf(function* () {
      const last: number = yield* loop<number, number>(0, function* (tries) {
        const seen = yield* x.read();
        return seen === 0 ? done(tries) : next((tries + 1) % 2);
      });
      yield* x.write(last);
    });
    const { place } = runner.start();
    const second = runner.resume(place, 5).place;
    expect(second).not.toBe(place);
    expect(runner.resume(second, 7).place).toBe(place);
    expect(text(runner.resume(second, 0).place.operation)).toBe('write x = 1');
  });

  test('runs through branches, marks and calls, which are no steps', () => {
    const quiet = modelled('quiet', function* () {
      yield* branch('B2');
      return 4;
    });
    const seen = arrivals(function* () {
      yield* branch('B1');
      yield* during('reading', { level: yield* quiet() }, function* () {
        yield* x.read();
      });
      yield* branch('B3');
    }, 0);
    expect(seen.map(({ branches }) => branches.map(({ label }) => label))).toEqual([
      ['B1', 'B2'],
      ['B3'],
    ]);
    expect(seen.map(({ place }) => place.marks)).toEqual([
      [{ mark: 'reading', data: { level: 4 } }],
      [],
    ]);
    expect(seen.map(({ returns }) => returns.length)).toEqual([1, 1]);
  });

  test('is inside an atomic block until the outermost one ends', () => {
    const seen = arrivals(
      function* () {
        yield* atomic(function* () {
          yield* x.read();
          yield* atomic(function* () {
            yield* x.write(1);
          });
          yield* x.write(2);
        });
        yield* atomic(function* () {
          yield* x.write(3);
        });
      },
      0,
      undefined,
      undefined,
      undefined,
    );
    expect(seen.map(({ stepEnds }) => stepEnds)).toEqual([true, false, false, true, true]);
    expect(seen.map(({ place }) => place.atomicDepth)).toEqual([1, 2, 1, 1, 0]);
  });

  test('crashes where its program throws', () => {
    const seen = arrivals(function* () {
      yield* x.read();
      throw new Error('no such page\nmore');
    }, 0);
    expect(seen.map(({ place }) => place.crash)).toEqual([undefined, 'f: no such page']);
  });

  test('holds the locks that it took', () => {
    const seen = arrivals(
      () =>
        m.hold(function* () {
          yield* x.read();
        }),
      undefined,
      0,
      undefined,
    );
    expect(seen.map(({ place }) => place.held)).toEqual([[], ['m.holder'], ['m.holder'], []]);
  });
});

describe('a program that breaks the contract is a ModelError of one line', () => {
  let runs = 0;
  const cases: readonly [name: string, body: () => Steps<unknown>, message: string][] = [
    [
      'two runs differ',
      function* () {
        yield* x.write(runs++);
        yield* x.read();
      },
      'f: run twice with the same results it did "write x = 0" and "write x = 1"; ' +
        'expected it to depend on its arguments and results only',
    ],
    [
      'it yields what is no operation',
      function* () {
        yield 7 as unknown as Operation;
      },
      'f: yielded a number; expected yield* of an operation',
    ],
    [
      'it is no generator',
      (() => 7) as unknown as () => Steps<unknown>,
      'f: no generator; expected a function*',
    ],
    [
      'it repeats without loop()',
      function* () {
        for (;;) yield* x.read();
      },
      'f: more than 600 operations in one run; expected loop(...) where code repeats',
    ],
    [
      'a loop makes no step',
      () =>
        (function* () {
          yield* loop(0, function* (state) {
            return next(state);
          });
        })(),
      'f: a loop comes back to state 0 without a step; expected one',
    ],
    [
      'a loop never makes a step',
      function* () {
        yield* loop(0, function* (state: number) {
          return next(state + 1);
        });
      },
      'f: no step within 10000 operations; expected one',
    ],
    [
      'an iteration returns something else',
      function* () {
        yield* loop(0, function* () {} as never);
      },
      'f: an iteration of a loop returns something else; expected next() or done()',
    ],
    ['it calls itself', () => recursive(), 'g calls itself; expected no recursion'],
    [
      'an argument is not plain',
      function* () {
        yield* modelled('g', function* (_: unknown) {})(new Map());
      },
      'argument 1 of g is an instance of Map; ' +
        'expected plain data, a variable, a lock or a modelled function',
    ],
    [
      'a result is not plain',
      function* () {
        return new Map();
      },
      'the result of f is an instance of Map; ' +
        'expected plain data, a variable, a lock or a modelled function',
    ],
    [
      'it releases a lock that it does not hold',
      function* () {
        yield* m.release().at('U1');
      },
      'f at U1: releases m.holder; expected the thread to hold it',
    ],
    [
      'it finishes with a lock held',
      function* () {
        yield* m.acquire();
      },
      't finishes while it holds m.holder',
    ],
    [
      'it asks who is inside',
      function* () {
        yield* inside('reading');
      },
      'f: inside(); expected only claims to ask this',
    ],
    [
      'it reads a ghost',
      function* () {
        yield* ghost.read();
      },
      'f: depends on the ghost g; expected only claims to read it',
    ],
    [
      'a ghost has a step of its own',
      function* () {
        yield* ghost.write(1);
      },
      'f: write g = 1 is a step for the ghost alone; ' +
        'expected it in an atomic block after another operation',
    ],
  ];

  function failureOf(body: () => Steps<unknown>): Error {
    try {
      const runner = runnerOf(body);
      let { place } = runner.start();
      while (place.operation !== undefined) place = runner.resume(place, 0).place;
    } catch (error) {
      return error as Error;
    }
    throw new Error('nothing was wrong');
  }

  function* recursive(): Steps<unknown> {
    const g: () => Operation<unknown> = modelled('g', function* (): Steps<unknown> {
      return yield* g();
    });
    return yield* g();
  }

  test.each(cases)('%s', (_, body, message) => {
    const error = failureOf(body);
    expect(error).toBeInstanceOf(ModelError);
    expect(error.message.startsWith(message)).toBe(true);
    expect(error.message).not.toContain('\n');
  });
});
