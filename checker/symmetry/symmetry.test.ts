import { describe, expect, test } from 'vitest';
import mixedAccepts from '../../docs/examples/mixed-accepts.ts';
import peterson from '../../docs/examples/peterson.ts';
import ticketLock from '../../docs/examples/ticket-lock.ts';
import { compile } from '../automaton/compile.ts';
import { assert } from '../language/assert.ts';
import { atomic } from '../language/atomic.ts';
import { choose } from '../language/choose.ts';
import { assertionClaim, invariant, onReturn, stepClaim, whileInside } from '../language/claim.ts';
import { every, holds, some } from '../language/condition.ts';
import { fill } from '../language/fill.ts';
import { buildSystem, completeScope, type Model } from '../language/model.ts';
import type { Scope } from '../language/parameter.ts';
import { inside } from '../language/position.ts';
import type { System } from '../language/system.ts';
import { brokenBy, isSymmetric } from './brute-force.ts';
import { club, plainSwap, THREADS, type Twist, text, verdictOn } from './club.ts';
import { type StateGraph, stateGraph } from './state-graph.ts';
import { findSymmetry, type Symmetry } from './symmetry.ts';

/** Finds the symmetry and compares it with what the reachable states say. */
function symmetryOf(system: System): Symmetry & { readonly graph: StateGraph } {
  const graph = stateGraph(system)!;
  const symmetry = findSymmetry(graph.prepared.compiled);
  for (const swap of symmetry.classes.flatMap(({ swaps }) => swaps)) {
    expect(brokenBy(graph, swap)).toBeUndefined();
  }
  return { ...symmetry, graph };
}

function classesOf(twist: Twist): readonly (readonly number[])[] {
  return symmetryOf(club(twist)).classes.map(({ threads }) => threads);
}

describe('threads are interchangeable', () => {
  const cases: Readonly<Record<string, Twist>> = {
    'if they run one program, each on variables and with a name of its own': {},
    'if another thread looks at all of their variables at once': {
      *host({ flags }) {
        yield* holds(every(flags.map((flag) => flag.is(true))));
        yield* holds(some([...flags].reverse().map((flag) => flag.is(true))));
        yield* fill(flags, false);
      },
    },
    'if another thread goes through their variables within one step': {
      *host({ flags, owner }) {
        yield* atomic(function* () {
          for (const flag of flags) yield* flag.update((set) => !set);
          yield* owner.write('nobody');
        });
      },
    },
    'if another thread chooses one of them': {
      *host({ flags }) {
        const victim = yield* choose(THREADS);
        yield* flags[victim]!.write(false);
      },
    },
    'if claims speak of all of them in some order': {
      claims: ({ flags, owner, enter }) => [
        invariant(text('pairs'), [0], function* () {
          let count = 0;
          for (const flag of flags) count += Number(yield* flag.read());
          return count < 3;
        }),
        invariant(text('each'), [2, 0, 1], function* (me) {
          if (!(yield* flags[me]!.read())) return 'vacuous';
          return (yield* inside('inside', me)) === 0;
        }),
        stepClaim(text('change'), [...flags], (_, after) => after),
        onReturn(text('return'), enter, function* ([me], role) {
          if (role !== 'owner') return 'vacuous';
          return yield* owner.test((name) => name === `thread ${me}`);
        }),
        whileInside(text('position'), 'inside', function* (me: number) {
          return yield* flags[me]!.read();
        }),
      ],
    },
  };
  test.each(Object.entries(cases))('%s', (_, twist) => {
    expect(classesOf(twist)).toEqual([[0, 1, 2]]);
  });
});

describe('a thread is not interchangeable with others', () => {
  const cases: Readonly<Record<string, Twist>> = {
    'if its variable starts differently': { initialFlags: [true, false, false] },
    'if a variable starts by naming it': { initialOwner: 'thread 0' },
    'if it does something more': {
      *first({ flags }, me) {
        if (me === 0) yield* flags[0]!.read();
      },
    },
    'if it does the same with another variable': {
      *first({ flags }, me) {
        yield* flags[me === 0 ? 0 : (me % 2) + 1]!.write(true);
      },
    },
    'if it changes its variable twice at once, and not as others do': {
      *first({ flags }, me) {
        yield* atomic(function* () {
          yield* flags[me]!.update((set) => (me === 0 ? !set : set));
          yield* flags[me]!.update((set) => !set);
        });
      },
    },
    'if it leads to another value': {
      *first({ owner }, me) {
        yield* owner.write(me === 0 ? 'nobody' : `thread ${me}`);
        yield* owner.write('nobody');
      },
    },
    'if its assertion belongs to another claim': {
      *first({ flags }, me) {
        if (!(yield* flags[me]!.read())) yield* assert(false, '', me === 0 ? 'zero' : 'others');
      },
      claims: () => [assertionClaim(text('zero')), assertionClaim(text('others'))],
    },
    'if an invariant speaks of it only': {
      claims: ({ flags }) => [
        invariant(text('zero'), [0], function* (me) {
          return yield* flags[me]!.test((set) => !set);
        }),
      ],
    },
    'if an invariant asks for it inside': {
      claims: () => [
        invariant(text('zero'), [0], function* (me) {
          return (yield* inside('inside', me)) === 0;
        }),
      ],
    },
    'if an invariant asks for a value that names it': {
      claims: ({ owner }) => [
        invariant(text('zero'), [0], function* () {
          return yield* owner.test((name) => name !== 'thread 0');
        }),
      ],
    },
    'if an invariant speaks of the others only': {
      claims: ({ flags }) => [
        invariant(text('others'), [1, 2], function* (me) {
          return yield* flags[me]!.test((set) => !set);
        }),
      ],
    },
    'if a step claim watches its variable only': {
      claims: ({ flags }) => [stepClaim(text('zero'), [flags[0]!], (_, after) => after)],
    },
    'if a step claim forbids a value that names it': {
      claims: ({ owner }) => [stepClaim(text('zero'), [owner], (_, to) => to !== 'thread 0')],
    },
    'if a return claim singles it out': {
      claims: ({ owner, enter }) => [
        onReturn(text('zero'), enter, function* ([me]) {
          return me !== 0 || (yield* owner.test((name) => name === 'nobody'));
        }),
      ],
    },
    'if a position claim singles it out': {
      claims: ({ flags }) => [
        whileInside(text('zero'), 'inside', function* (me: number) {
          return me !== 0 || (yield* flags[0]!.test((set) => !set));
        }),
      ],
    },
    'if other claims speak of its position': {
      claims: ({ flags }) =>
        [true, false].map((first) =>
          whileInside(text(first ? 'first' : 'others'), 'inside', function* (me: number) {
            if ((me === 0) !== first) return 'vacuous';
            return yield* flags[me]!.test((set) => !set);
          }),
        ),
    },
    'if another thread chooses it in more ways': {
      *host({ flags }) {
        const victim = yield* choose([0, 1, 2, 3]);
        yield* flags[victim % 3]!.write(false);
      },
      hostNodes: [0, 2, 1, 3, 4],
    },
    'if another thread touches its variable only': {
      *host({ flags }) {
        yield* flags[0]!.write(false);
      },
    },
    'if another thread writes its name': {
      *host({ owner }) {
        yield* owner.write('thread 0');
      },
    },
    'if another thread chooses among the others': {
      *host({ flags }) {
        const victim = yield* choose([1, 2]);
        yield* flags[victim]!.write(false);
      },
    },
    'if another thread treats it differently when it looks at all': {
      *host({ flags }) {
        yield* holds(every(flags.map((flag, i) => flag.is(i === 0))));
        yield* flags[0]!.write(yield* holds(every(flags.map((flag) => flag.is(true)))));
      },
    },
    'if another thread fills it differently': {
      *host({ flags }) {
        yield* atomic(function* () {
          for (const [i, flag] of flags.entries()) yield* flag.write(i === 0);
        });
      },
    },
  };
  test.each(Object.entries(cases))('%s', (_, twist) => {
    const { classes, reasons, graph } = symmetryOf(club(twist));
    expect(classes.map(({ threads }) => threads)).toEqual([[1, 2]]);
    expect(reasons.filter((reason) => /^t\d and t\d: /.test(reason))).toHaveLength(2);
    // Whoever comes with the renaming: it is refused, and rightly so.
    const swap = plainSwap(graph, twist.hostNodes);
    expect(verdictOn(swap, graph)).toBeDefined();
    expect(brokenBy(graph, swap)).toBeDefined();
  });

  test('if it passes an assertion before its first step', () => {
    const passing: Twist = {
      *first(_, me) {
        if (me === 0) yield* assert(true, '', 'zero');
      },
      claims: () => [assertionClaim(text('zero'))],
    };
    expect(classesOf(passing)).toEqual([[1, 2]]);
  });

  test('if another thread tells it from two others in one condition', () => {
    const twist: Twist = {
      *host({ owner, flags }) {
        const names = ['thread 0', 'thread 1'];
        if (yield* holds(every(names.map((name) => owner.isNot(name))))) yield* fill(flags, true);
      },
    };
    expect(classesOf(twist)).toEqual([[0, 1]]);
  });

  test('if a scan has an order', () => {
    const scan: Twist = {
      *host({ flags }) {
        for (const flag of flags) if (yield* flag.read()) return;
      },
    };
    const { classes, graph } = symmetryOf(club(scan));
    expect(classes).toEqual([]);
    expect(brokenBy(graph, plainSwap(graph))).toBeDefined();
  });
});

describe('the bundled examples', () => {
  const find = (model: Model, given: Partial<Scope>) => {
    const system = buildSystem(model, completeScope(model.parameters, given));
    return findSymmetry(compile(system));
  };

  test.each([2, 3, 4])('the filter lock of %i threads has none', (threads) => {
    const { classes, reasons } = find(peterson as unknown as Model, { threads });
    expect(classes).toEqual([]);
    expect(reasons).toHaveLength((threads * (threads - 1)) / 2);
    expect(reasons[0]).toBe(
      threads === 2
        ? 'thread0 and thread1: 0 of turn[1] becomes 0 (initial value) ' +
            'and 1 (thread0 and thread1 at "trn: write turn[1]")'
        : `thread0 and thread1: flag[0] becomes flag[0] (thread${threads - 1} at "chk: read ` +
            'flag[0]") and flag[1] (thread0 at "set: write flag[0]", thread1 at "set: write ' +
            'flag[1]")',
    );
  });

  test('the filter lock of two threads has none, whatever is renamed', () => {
    const model = peterson as unknown as Model;
    const graph = stateGraph(buildSystem(model, completeScope(model.parameters, { threads: 2 })))!;
    // All variables have two values and start with the first, so the values stay what they are.
    const values = graph.prepared.layout.variables.map(() => [0, 1]);
    const symmetries = permutations([0, 1, 2, 3]).filter((variables) =>
      isSymmetric(graph, { threads: [1, 0], variables, values }),
    );
    expect(symmetries).toEqual([]);
  });

  test('the first owner of the ticket lock is named by its initial value', () => {
    const { classes, reasons } = find(ticketLock as unknown as Model, { threads: 3 });
    expect(classes.map(({ threads }) => threads)).toEqual([[1, 2]]);
    expect(reasons[0]).toMatch(/0 of owner becomes 0 \(initial value\) and 1/);
  });

  test('scripts that differ make vCPUs differ', () => {
    expect(find(mixedAccepts as unknown as Model, { vcpus: 4 }).classes).toEqual([]);
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}
