import { expect, test } from 'vitest';
import { tinySystem } from '../generators/tiny-system.ts';
import { leadsTo, leaves, noCycle } from '../language/liveness-claim.ts';
import { loop, next } from '../language/loop.ts';
import { during } from '../language/position.ts';
import { Shared } from '../language/shared.ts';
import { brokenRetry, WANTS } from '../liveness/classics.ts';
import { prepareLiveness } from '../liveness/prepare-liveness.ts';
import { promelaOf } from './promela.ts';

const text = (id: string) => ({ id, sentence: `About ${id}.`, fairness: 'weak' }) as const;

/** What is printed of the claims. */
function exported(system: Parameters<typeof prepareLiveness>[0]): string {
  const promela = promelaOf(prepareLiveness(system), 'A tiny system.', system.liveness);
  return promela.slice(promela.lastIndexOf('\n}\n\n/*') + 4);
}

test('a stretch that is never left is an acceptance cycle', () => {
  const liveness = [leaves(text('gets'), WANTS)];
  expect(exported({ ...brokenRetry(), liveness })).toMatchInlineSnapshot(`
    "/* gets: About gets. (assumes weak fairness: pan -a -f) */
    #ifdef LIVE_c_gets
    #define inside_0 (t_t0@L0 + t_t0@L1)
    never {
      do
      :: true
      :: inside_0 > 0 -> goto accept_0
      od;
    accept_0:
      if
      :: inside_0 > 0 -> goto accept_0
      fi;
    }
    #endif
    "
  `);
});

test('so is a promise that is not kept, and what happens without what it needs', () => {
  const shared = new Shared();
  const x = shared.integer('x', { min: 0, max: 2 });
  const is = (value: number) =>
    function* () {
      return yield* x.test((now) => now === value);
    };
  const system = tinySystem(shared, [
    function* () {
      yield* loop(null, function* () {
        yield* x.update((now) => (now + 1) % 3);
        return next(null);
      });
    },
  ]);
  const liveness = [
    leadsTo(text('leads'), ['x'], is(1), is(2)),
    noCycle(text('cycles'), ['x'], is(1), is(0)),
  ];
  expect(exported({ ...system, liveness })).toMatchInlineSnapshot(`
    "/* leads: About leads. (assumes weak fairness: pan -a -f) */
    #ifdef LIVE_c_leads
    never {
      do
      :: true
      :: v_x == 1 && !(v_x == 2) -> goto accept_0
      od;
    accept_0:
      if
      :: !(v_x == 2) -> goto accept_0
      fi;
    }
    #endif
    /* cycles: About cycles. (assumes weak fairness: pan -a -f) */
    #ifdef LIVE_c_cycles
    never {
      do
      :: true
      :: !(v_x == 0) -> goto stay_0
      od;
    stay_0:
      if
      :: !(v_x == 0) && v_x == 1 -> goto accept_0
      :: !(v_x == 0) -> goto stay_0
      fi;
    accept_0:
      if
      :: !(v_x == 0) && v_x == 1 -> goto accept_0
      :: !(v_x == 0) -> goto stay_0
      fi;
    }
    #endif
    "
  `);
});

test('a stretch that a step may leave and enter again is left out, by name', () => {
  const shared = new Shared();
  const flag = shared.boolean('flag');
  const system = tinySystem(shared, [
    function* () {
      yield* loop(null, function* () {
        yield* during(WANTS, null, () => flag.update((value) => !value));
        return next(null);
      });
    },
  ]);
  expect(exported({ ...system, liveness: [leaves(text('gets'), WANTS)] })).toBe(
    '/* not exported: gets, as a step leaves its stretch and enters it again */\n',
  );
});
