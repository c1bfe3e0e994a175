import { assert } from '../language/assert.ts';
import { atomic } from '../language/atomic.ts';
import { branch } from '../language/branch.ts';
import { choose } from '../language/choose.ts';
import { every, holds, some, waitUntil } from '../language/condition.ts';
import { fill } from '../language/fill.ts';
import { dropped, type LockSide, type Mutex, type RwLock } from '../language/lock.ts';
import { done, loop, next } from '../language/loop.ts';
import type { Steps } from '../language/operation.ts';
import { during } from '../language/position.ts';
import type { Scalar } from '../language/value.ts';
import { erase, type Variable } from '../language/variable.ts';
import type { Block, Source, Statement } from './program.ts';
import { conditionOf, MARK, NAMED, pick, type World } from './world.ts';

/** What one run of a piece of a function knows. */
export interface Env {
  last: number;
  readonly argument: number;
  /** Number of the function; calls go to those behind it. -1 for what threads run. */
  readonly self: number;
  readonly variables: readonly Variable<Scalar>[];
  readonly held: readonly LockSide[];
}

/** Runs the statements of a block one after the other. */
export function* runBlock(world: World, env: Env, block: Block): Steps<void> {
  for (const statement of block) yield* runOne(world, env, statement);
}

function* runOne(world: World, env: Env, statement: Statement): Steps<void> {
  switch (statement.kind) {
    case 'read':
    case 'parity':
    case 'update':
    case 'fetchUpdate':
    case 'write':
    case 'compareExchange':
    case 'modify':
      return yield* access(env, statement);
    case 'wait': {
      const variable = pick(env.variables, statement.term.variable);
      const value = pick(variable.domain, statement.term.value);
      const { equal } = statement.term;
      env.last = variable.indexOf(
        yield* variable.waitUntil((candidate) => (candidate === value) === equal),
      );
      return;
    }
    case 'test':
    case 'await': {
      const terms = statement.terms.map((term) => conditionOf(env.variables, term));
      const condition = statement.quantifier === 'every' ? every(terms) : some(terms);
      if (statement.kind === 'await') yield* waitUntil(condition);
      else env.last = (yield* holds(condition)) ? 1 : 0;
      return;
    }
    case 'fill': {
      const targets = world.variables.filter((variable) => variable.indexOf(statement.value) >= 0);
      const ghosts = statement.ghostToo && statement.value < 3 ? [erase(world.ghost)] : [];
      // A step for the ghost alone would break the contract.
      if (targets.length === 0) yield* access(env, { kind: 'update', variable: 0 });
      else yield* fill([...targets, ...ghosts], statement.value);
      return;
    }
    case 'choose':
      env.last = yield* choose(Array.from({ length: statement.options }, (_, i) => i));
      return;
    case 'call': {
      const behind = world.functions.slice(env.self + 1);
      if (behind.length === 0) return;
      const callee = pick(behind, statement.callee);
      const variable = pick(env.variables, statement.variable);
      env.last = yield* callee(numberFrom(env, statement.argument), variable).at('call');
      return;
    }
    case 'quietCall': {
      const quiet = world.functions.at(-1);
      if (quiet === undefined || env.self >= world.functions.length - 1) return;
      const variable = pick(env.variables, statement.variable);
      env.last = yield* quiet(numberFrom(env, statement.argument), variable);
      return;
    }
    case 'loop':
      env.last = yield* loopOf(world, env, statement);
      return;
    case 'hold': {
      const side = sideOf(pick(world.locks, statement.lock), statement.side);
      // The block shares what is remembered, but knows of one more lock.
      yield* side.hold(() => nested(world, env, [...env.held, side], statement.body));
      return;
    }
    case 'drop': {
      const side = env.held.at(-1);
      if (side === undefined) return;
      yield* dropped(side, () => nested(world, env, [], statement.body));
      return;
    }
    case 'atomic':
      yield* atomic(function* () {
        yield* runOne(world, env, statement.first);
        yield* runBlock(world, env, statement.rest);
      });
      return;
    case 'ghost':
      yield* statement.value === undefined
        ? world.ghost.update((value) => (value + 1) % 3)
        : world.ghost.write(statement.value % 3);
      return;
    case 'during':
      yield* during(MARK, statement.data ?? env.last % 3, () =>
        runBlock(world, env, statement.body),
      );
      return;
    case 'assert':
      yield* assert(
        env.last !== statement.unequal,
        `the last result is not ${statement.unequal}`,
        statement.named ? NAMED : undefined,
      );
      return;
    case 'branch':
      yield* branch(`B${env.last}`);
      return;
    case 'if':
      yield* runBlock(world, env, env.last === statement.equal ? statement.yes : statement.no);
      return;
    case 'throw':
      if (env.last === statement.equal) throw new Error('thrown at random');
      return;
    case 'overflow':
      if (env.last === statement.equal) {
        yield* pick(env.variables, statement.variable).write('outside');
      }
      return;
  }
}

function* access(
  env: Env,
  statement: Extract<Statement, { variable: number }> & {
    kind: 'read' | 'parity' | 'update' | 'fetchUpdate' | 'write' | 'compareExchange' | 'modify';
  },
): Steps<void> {
  const variable = pick(env.variables, statement.variable);
  const { domain } = variable;
  const following = (value: Scalar) => pick(domain, variable.indexOf(value) + 1);
  switch (statement.kind) {
    case 'read':
      env.last = variable.indexOf(yield* variable.read().at('R'));
      return;
    case 'parity':
      env.last = yield* variable.map((value) => variable.indexOf(value) % 2);
      return;
    case 'update':
      return yield* variable.update(following);
    case 'fetchUpdate':
      env.last = variable.indexOf(yield* variable.fetchUpdate(following));
      return;
    case 'write':
      return yield* variable.write(pick(domain, numberFrom(env, statement.value))).at('W');
    case 'compareExchange': {
      const [expected, desired] = [statement.expected, statement.desired];
      const swapped = yield* variable.compareExchange(
        pick(domain, expected),
        pick(domain, desired),
      );
      env.last = swapped ? 1 : 0;
      return;
    }
    case 'modify':
      return yield* variable.modify(following);
  }
}

function loopOf(world: World, env: Env, spec: Extract<Statement, { kind: 'loop' }>) {
  const { argument, self, variables, held } = env;
  return loop<number, number>(0, function* (state) {
    // An iteration knows nothing of those before it but the state.
    const inner: Env = { last: state, argument, self, variables, held };
    yield* runOne(world, inner, spec.first);
    yield* runBlock(world, inner, spec.body);
    const leaves =
      spec.exit === undefined ? state + 1 >= spec.states : inner.last % 3 === spec.exit;
    return leaves ? done(inner.last) : next((state + 1) % spec.states);
  });
}

function* nested(world: World, env: Env, held: readonly LockSide[], body: Block): Steps<void> {
  const inner: Env = { ...env, held };
  yield* runBlock(world, inner, body);
  env.last = inner.last;
}

function sideOf(lock: Mutex | RwLock, side: 'reader' | 'writer'): LockSide {
  return 'reader' in lock ? lock[side] : lock;
}

function numberFrom(env: Env, source: Source): number {
  switch (source.from) {
    case 'constant':
      return source.value;
    case 'last':
      return env.last;
    case 'argument':
      return env.argument;
  }
}
