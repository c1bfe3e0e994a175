import { describe, expect, test } from 'vitest';
import { tinySystem } from '../generators/tiny-system.ts';
import { assert } from '../language/assert.ts';
import { atomic } from '../language/atomic.ts';
import { choose } from '../language/choose.ts';
import { invariant, stepClaim } from '../language/claim.ts';
import { holds, some, waitUntil } from '../language/condition.ts';
import { fill } from '../language/fill.ts';
import type { Steps } from '../language/operation.ts';
import { during, inside } from '../language/position.ts';
import { Shared } from '../language/shared.ts';
import type { System } from '../language/system.ts';
import { prepare } from '../search/explore.ts';
import { promelaOf } from './promela.ts';

function exported(system: System): string {
  return promelaOf(prepare(system), 'tiny');
}

test('a tiny system is exported whole', () => {
  const shared = new Shared();
  const word = shared.oneOf('word[0]', ['free', 'set', 'gone'], 'free');
  const lock = shared.mutex('lock');
  const claims = [
    invariant({ id: 'alone', sentence: 'One at a time.' }, ['it'], function* () {
      return (yield* inside('section')) <= 1;
    }),
    invariant({ id: 'kept', sentence: 'Never gone.' }, ['it'], function* () {
      return yield* word.test((value) => value !== 'gone');
    }),
    stepClaim({ id: 'one-way', sentence: 'Never freed.' }, [word], (_, after) => after !== 'free'),
  ];
  const body = function* () {
    yield* lock.acquire().at('A1');
    yield* during('section', 0, function* () {
      const seen = yield* word.fetchUpdate((value) => (value === 'free' ? 'set' : value));
      yield* assert(seen !== 'gone', 'it is gone');
    });
    yield* lock.release().at('A2');
  };

  expect(exported(tinySystem(shared, [body, body], claims))).toMatchInlineSnapshot(`
    "/* tiny */
    /*
     * To count, in a file model.pml:
     *   spin -a -o1 -o2 -o3 model.pml
     *   gcc -O2 -DSAFETY -DNOREDUCE -o pan pan.c
     *   ./pan -A -E -w24 -m1000000        (more where pan says: max search depth too small)
     * "states, stored" are the states of kvm-interleave, with --keep-going if a claim fails.
     * "transitions" is one more: SPIN counts the initial state. All processes are active in it,
     * and none ends, so that neither is a step. The flags -o keep SPIN from merging states.
     * Without -A -E, pan looks for assertions that fail and for deadlocks. If spin is given
     * -DCLAIM=c_... or -DCLAIM=claims, pan -A looks for a state in which a claim fails.
     */

    byte v_word_0 = 0; /* 0 = free, 1 = set, 2 = gone */
    bit v_lock = 0;

    /* t0, worker */
    active proctype t_t0() {
    /* A1: acquire lock.holder */
    L0_A1: if
      :: d_step { v_lock == 0 -> v_lock = 1 }; goto L1
      fi;
    /* update word[0] */
    L1: if
      :: d_step { v_word_0 != 2 -> v_word_0 = 1 }; goto L2_A2
      :: v_word_0 == 2 -> goto L3
      fi;
    /* A2: release lock.holder */
    L2_A2: if
      :: d_step { v_lock == 1 -> v_lock = 0 }; goto end_4
      fi;
    /* assertion fails: it is gone */
    L3: if
      :: assert(false); goto L3 /* it is gone */
      fi;
    end_4: false
    }

    /* t1, worker */
    active proctype t_t1() {
    /* A1: acquire lock.holder */
    L0_A1: if
      :: d_step { v_lock == 0 -> v_lock = 1 }; goto L1
      fi;
    /* update word[0] */
    L1: if
      :: d_step { v_word_0 != 2 -> v_word_0 = 1 }; goto L2_A2
      :: v_word_0 == 2 -> goto L3
      fi;
    /* A2: release lock.holder */
    L2_A2: if
      :: d_step { v_lock == 1 -> v_lock = 0 }; goto end_4
      fi;
    /* assertion fails: it is gone */
    L3: if
      :: assert(false); goto L3 /* it is gone */
      fi;
    end_4: false
    }

    /* not exported: one-way, a claim on a step */
    #ifdef CLAIM
    #define inside_0 (t_t0@L1 + t_t0@L3 + t_t1@L1 + t_t1@L3)
    /* alone: One at a time. */
    #define c_alone (inside_0 != 2)
    /* kept: Never gone. */
    #define c_kept (v_word_0 != 2)
    #define claims (c_alone && c_kept)
    never {
      do
      :: CLAIM
      :: !(CLAIM) -> break
      od
    }
    #endif
    "
  `);
});

/** What the first step of one thread can be, as SPIN is told. */
function firstStep(shared: Shared, body: () => Steps<unknown>): readonly string[] {
  const text = exported(tinySystem(shared, [body]));
  const [, options = ''] = /: if\n([\s\S]*?)\n +fi;/.exec(text) ?? [];
  return options.split('\n').map((option) => option.replace(/^ +:: /, ''));
}

describe('a step has one option for each way that it can go', () => {
  test('an access has one for each node that it leads to', () => {
    const shared = new Shared();
    const level = shared.integer('level', { min: 0, max: 9 });
    const options = firstStep(shared, function* () {
      if (
        yield* level.fetchUpdate(
          (value) => (value + 1) % 10,
          (old) => old === 4,
        )
      )
        yield* level.write(0);
    });
    expect(options).toEqual([
      'd_step { v_level != 4 -> v_level = (v_level == 9 -> 0 : v_level + 1) }; goto end_1',
      'd_step { v_level == 4 -> v_level = 5 }; goto L2',
    ]);
  });

  test('an atomic block is unrolled, with guards on the values before it', () => {
    const shared = new Shared();
    const [a, b] = [shared.integer('a', { min: 0, max: 3 }), shared.boolean('b')];
    const options = firstStep(shared, () =>
      atomic(function* () {
        yield* a.waitUntil((value) => value > 0);
        yield* a.update((value) => value - 1);
        if (yield* choose([false, true])) yield* b.write(true);
        if (yield* a.test((value) => value === 2)) yield* a.write(0);
      }),
    );
    expect(options).toEqual([
      'd_step { v_a >= 1 && v_a <= 2 -> v_a = v_a - 1 }; goto end_1',
      'd_step { v_a == 3 -> v_a = 0 }; goto end_1',
      'd_step { v_a >= 1 && v_a <= 2 -> v_a = v_a - 1; v_b = 1 }; goto end_1',
      'd_step { v_a == 3 -> v_a = 0; v_b = 1 }; goto end_1',
    ]);
  });

  test('choices that end alike are two transitions all the same', () => {
    const options = firstStep(new Shared(), () => choose(['one', 'other'])[Symbol.iterator]());
    expect(options).toEqual(['true -> goto end_1', 'true -> goto end_1']);
  });

  test('a test of many variables is not split into their valuations', () => {
    const shared = new Shared();
    const words = Array.from({ length: 4 }, (_, i) => shared.integer(`w${i}`, { min: 0, max: 2 }));
    const options = firstStep(shared, function* () {
      const found = yield* holds(some(words.map((word) => word.is(1))));
      if (found) yield* fill(words, 2);
    });
    expect(options).toEqual([
      'v_w0 != 1 && v_w1 != 1 && v_w2 != 1 && v_w3 != 1 -> goto end_1',
      'v_w0 == 1 || v_w1 == 1 || v_w2 == 1 || v_w3 == 1 -> goto L2',
    ]);
  });

  test('what was learned before decides a later test', () => {
    const shared = new Shared();
    const [a, b] = [shared.boolean('a'), shared.boolean('b')];
    const options = firstStep(shared, () =>
      atomic(function* () {
        yield* waitUntil(some([a.is(true), b.is(true)]));
        yield* a.write(false);
        if (!(yield* b.read())) yield* b.write(true);
        if (!(yield* b.read())) throw new Error('unreachable');
      }),
    );
    expect(options).toEqual([
      'd_step { v_a == 1 && v_b == 0 -> v_a = 0; v_b = 1 }; goto end_1',
      'd_step { v_b == 1 -> v_a = 0 }; goto end_1',
    ]);
  });
});

describe('what ends a run is an assertion that leads back', () => {
  test('a failed assertion in an atomic block, a domain that is left', () => {
    const shared = new Shared();
    const level = shared.integer('level', { min: 0, max: 2 });
    const options = firstStep(shared, () =>
      atomic(function* () {
        yield* level.update((value) => value + 1);
        yield* assert(yield* level.test((value) => value === 1), 'one */ it is');
      }),
    );
    expect(options).toEqual([
      'd_step { v_level == 1 -> assert(false) }; goto L0 /* one * / it is */',
      'd_step { v_level == 0 -> v_level = 1 }; goto end_1',
      'd_step { v_level == 2 -> assert(false) }; goto L0 /* update leaves the domain of level */',
    ]);
  });

  test('an exception', () => {
    const text = exported(
      tinySystem(new Shared(), [
        function* () {
          yield* choose([0]);
          throw new Error('no way');
        },
      ]),
    );
    expect(text).toMatch(/L1: if\n +:: assert\(false\); goto L1 \/\* .*no way.* \*\/\n/);
  });
});

test('names stay apart, whatever they are made of', () => {
  const shared = new Shared();
  for (const name of ['int', 'a.b', 'a[b]', 'a b']) shared.boolean(name);
  const text = exported(tinySystem(shared, [() => choose([0]).at('F12.1 (x)')[Symbol.iterator]()]));
  for (const name of [
    'bit v_int =',
    'bit v_a_b =',
    'bit v_a_b_2 =',
    'bit v_a_b_3 =',
    'L0_F12_1_x:',
  ])
    expect(text).toContain(name);
});

test('ghosts that no claim reads are left out', () => {
  const shared = new Shared();
  const ghost = shared.boolean('ghost', false, { ghost: true });
  const body = () =>
    atomic(function* () {
      yield* choose([0]);
      yield* ghost.write(true);
    });
  expect(exported(tinySystem(shared, [body]))).not.toContain('ghost');
});

test('a step that can go too many ways is refused', () => {
  const options = Array.from({ length: 101 }, (_, i) => i);
  const body = () =>
    atomic(function* () {
      yield* choose(options).at('S1');
      yield* choose(options);
    });
  expect(() => exported(tinySystem(new Shared(), [body]))).toThrow(
    'the step at S1 can go more than 10000 ways; expected a smaller atomic block',
  );
});
