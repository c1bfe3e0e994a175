import { describe, expect, test } from 'vitest';
import { tinySystem } from '../generators/tiny-system.ts';
import { assert } from '../language/assert.ts';
import { atomic } from '../language/atomic.ts';
import { choose } from '../language/choose.ts';
import { type Claim, invariant, whileInside } from '../language/claim.ts';
import { dropped } from '../language/lock.ts';
import { done, loop, next } from '../language/loop.ts';
import { type Modelled, modelled } from '../language/modelled.ts';
import type { Steps } from '../language/operation.ts';
import { during } from '../language/position.ts';
import { Shared } from '../language/shared.ts';
import { compile } from './compile.ts';
import { automatonText } from './text.ts';

const shared = new Shared();
const x = shared.integer('x', { min: 0, max: 3 });
const y = shared.integer('y', { min: 0, max: 3 });
const ghost = shared.integer('ghost', { min: 0, max: 3 }, { ghost: true });
const lock = shared.mutex('lock');

function compiled(body: () => Steps<unknown>, claims: readonly Claim[] = []) {
  return compile(tinySystem(shared, [body], claims)).automata[0]!;
}

function labelsOf(body: () => Steps<unknown>): (string | undefined)[] {
  return compiled(body).nodes.map(({ label, action }) => label ?? action.kind);
}

describe('an automaton', () => {
  test('merges histories with equal futures', () => {
    // Four values are read, and only whether the value is 0 matters: two writes, one end.
    const automaton = compiled(function* () {
      const seen = yield* x.read();
      if (seen === 0) yield* y.write(1);
      else yield* y.write(2);
    });
    expect(automaton.nodes.map(({ action }) => action.kind)).toEqual([
      'access',
      'access',
      'access',
      'finished',
    ]);
  });

  test('keeps equal operations with different labels apart', () => {
    const body = function* () {
      if (yield* choose([true, false])) yield* x.write(1).at('A');
      else yield* x.write(1).at('B');
    };
    expect(labelsOf(body)).toEqual(['choose', 'A', 'B', 'finished']);
  });

  test('is a cycle where a loop comes back to its state', () => {
    const automaton = compiled(function* () {
      yield* loop(null, function* () {
        return (yield* x.test((value) => value === 3)) ? done(undefined) : next(null);
      });
    });
    expect(automatonText(automaton)).toBe(
      'entry 0\n0 - read x 0,1,2,3 0,0,0,1 false,true false->0 true->1\n1 - finished',
    );
  });

  test('counts a loop whose state grows to its bound', () => {
    const body = function* () {
      yield* loop<number>(0, function* (turn) {
        yield* x.write(turn);
        return turn === 3 ? done(undefined) : next(turn + 1);
      });
    };
    expect(compiled(body).visibleCount).toBe(5);
  });

  test('sees the return value of a callee only', () => {
    const parity = modelled('parity', function* (offset: number) {
      return ((yield* x.read()) + offset) % 2;
    });
    const automaton = compiled(function* () {
      const odd = yield* parity(0);
      yield* y.write(odd);
    });
    expect(automaton.visibleCount).toBe(4);
  });

  test('hides the middle of an atomic block', () => {
    const automaton = compiled(function* () {
      yield* atomic(function* () {
        yield* x.write(1).at('first');
        yield* atomic(() => y.write(1).at('second')[Symbol.iterator]());
        yield* y.write(2).at('third');
      });
      yield* x.write(2).at('after');
    });
    expect(automaton.nodes.map(({ label, interior }) => [label, interior])).toEqual([
      ['first', false],
      ['after', false],
      [undefined, false],
      ['second', true],
      ['third', true],
    ]);
  });

  /** The variables of the nodes; in brackets inside a stretch. */
  const shape = (body: () => Steps<unknown>, claims: readonly Claim[] = []) =>
    compiled(body, claims)
      .nodes.map(({ action, positions }) => {
        const name = action.kind === 'access' ? action.variable.name : action.kind;
        return positions.length > 0 ? `[${name}]` : name;
      })
      .join(' ');

  test('has ghosts and marks only where a claim reads them', () => {
    const body = function* () {
      yield* during('writing', null, () => x.write(1)[Symbol.iterator]());
      yield* atomic(function* () {
        yield* y.write(1);
        yield* ghost.write(1);
      });
      yield* during('writing', null, () => x.write(1)[Symbol.iterator]());
    };
    expect(shape(body)).toEqual('x y x finished');
    const claims = [
      whileInside({ id: 'C', sentence: '' }, 'writing', function* () {
        return (yield* ghost.read()) === 0;
      }),
    ];
    expect(shape(body, claims)).toEqual('[x] y [x] finished ghost');
  });
});

describe('a breach of the contract is an error that names the culprit', () => {
  const breach = (body: () => Steps<unknown>, claims: readonly Claim[] = []) => {
    try {
      compiled(body, claims);
    } catch (error) {
      return (error as Error).message;
    }
    return 'no error';
  };

  test('a nondeterministic generator', () => {
    let calls = 0;
    expect(
      breach(function* () {
        yield* x.write(calls++ % 2);
      }),
    ).toMatch(/^f0 is not deterministic: run twice .* "write x 0,0,0,0.*" and "write x 1,1,1,1/);
  });

  test('an argument that is not plain', () => {
    const callee = modelled('callee', function* (_: unknown) {
      yield* x.read();
    });
    expect(breach(() => callee({ when: new Date(0) })[Symbol.iterator]() as Steps<unknown>)).toBe(
      'argument 1 of callee.when is an instance of Date; ' +
        'expected plain data, a variable, a lock or a modelled function',
    );
    expect(breach(() => callee(() => 1)[Symbol.iterator]() as Steps<unknown>)).toMatch(
      /^argument 1 of callee is a function;/,
    );
  });

  test('an argument that the callee changes', () => {
    const callee = modelled('callee', function* (list: number[]) {
      list.push(1);
      yield* x.read();
    });
    const { nodes } = compiled(() => callee([])[Symbol.iterator]() as Steps<unknown>);
    expect(nodes[0]!.action).toEqual({
      kind: 'crash',
      message: 'callee: Cannot add property 0, object is not extensible',
    });
  });

  test('a return value that is not plain', () => {
    expect(
      breach(function* () {
        yield* x.read();
        return new Map();
      }),
    ).toMatch(/^the return value of f0 is an instance of Map;/);
  });

  test('a program that does not close names the repetition', () => {
    expect(
      breach(function* () {
        while (yield* x.test((value) => value === 0).at('poll')) yield* y.read().at('work');
      }),
    ).toBe(
      'f0 does not close: "poll" comes 300 times on a path of 600 operations; ' +
        'expected the repetition to be written with loop()',
    );
  });

  test('a loop whose body performs no operation', () => {
    expect(
      breach(function* () {
        yield* loop(null, function* () {
          return next(null);
        });
      }),
    ).toBe('t0 repeats a loop that does nothing; expected an operation in each turn');
  });

  test('a loop whose body returns something else', () => {
    expect(
      breach(function* () {
        yield* loop(null, function* () {
          yield* x.read();
          return 7 as never;
        });
      }),
    ).toMatch(/^an iteration of a loop in f0 returns something else; expected next\(\) or done/);
  });

  test('recursion', () => {
    const again: Modelled<[], undefined> = modelled('again', function* () {
      yield* x.read();
      yield* again();
      return undefined;
    });
    expect(breach(() => again()[Symbol.iterator]())).toBe(
      'again calls itself; expected no recursion',
    );
  });

  test('a lock released but not held', () => {
    const message = /^t0 releases lock.holder, which it does not hold;/;
    expect(breach(() => lock.release()[Symbol.iterator]())).toMatch(message);
    expect(
      breach(() => dropped(lock, () => x.read()[Symbol.iterator]() as Steps<unknown>)),
    ).toMatch(message);
  });

  test('returning while a lock is dropped', () => {
    expect(
      breach(() =>
        lock.hold(function* () {
          yield* lock.release();
          if (yield* x.test((value) => value === 0)) return;
          yield* lock.acquire();
        }),
      ),
    ).toMatch(/^t0 releases lock.holder, which it does not hold;/);
  });

  test('finishing with a lock held', () => {
    expect(breach(() => lock.acquire()[Symbol.iterator]())).toBe(
      't0 finishes while it holds lock.holder',
    );
  });

  test('a wait in the middle of an atomic block', () => {
    expect(
      breach(() =>
        atomic(function* () {
          yield* choose([1, 2]);
          yield* x.waitUntil((value) => value === 1).at('W');
        }),
      ),
    ).toMatch(/^t0 at W: the middle of an atomic block may wait \(wait x\);/);
  });

  test('a thread that depends on a ghost variable', () => {
    const reads = [
      invariant({ id: 'C', sentence: '' }, [0], function* () {
        return (yield* ghost.read()) < 9;
      }),
    ];
    const body = function* () {
      yield* atomic(function* () {
        yield* x.write(0);
        if ((yield* ghost.read()) === 0) yield* x.write(1);
      });
    };
    expect(breach(body, reads)).toBe(
      't0 depends on the ghost variable ghost; expected only claims to read it',
    );
    expect(breach(body)).toBe(breach(body, reads));
  });

  test('a ghost variable that changes in a step of its own', () => {
    expect(breach(() => ghost.write(1).at('G')[Symbol.iterator]())).toBe(
      't0 at G changes the ghost variable ghost in a step of its own; ' +
        'expected it in an atomic block behind another operation',
    );
  });

  test('a claim that writes, and one that never ends', () => {
    const claim = (program: () => Steps<boolean>) => [
      invariant({ id: 'C', sentence: '' }, ['x'], program),
    ];
    const body = () => x.read()[Symbol.iterator]() as Steps<unknown>;
    expect(
      breach(
        body,
        claim(function* () {
          yield* x.write(1);
          return true;
        }),
      ),
    ).toMatch(/^claim C \(x\) does a write; expected a claim to read variables/);
    expect(
      breach(
        body,
        claim(function* () {
          return yield* loop<number, boolean>(0, function* (turn) {
            yield* x.read();
            return next(1 - turn);
          });
        }),
      ),
    ).toMatch(/^claim C \(x\) never ends;/);
  });

  test('an assertion for a claim that nobody declares', () => {
    const message = 'an assertion names the claim P13; expected one declared by assertionClaim';
    expect(breach(() => assert(true, 'fine', 'P13'))).toBe(message);
    expect(breach(() => assert(false, 'broken', 'P13'))).toBe(message);
  });
});
