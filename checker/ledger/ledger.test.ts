import { describe, expect, test } from 'vitest';
import { type CheckOptions, runCheck } from '../check/check.ts';
import {
  assert,
  atomic,
  branch,
  type Claim,
  defineModel,
  type Excerpt,
  invariant,
  type Model,
  modelled,
  onReturn,
  type RwLock,
  type Shared,
  type Steps,
  type Thread,
  thread,
  type Variable,
  type Waiver,
} from '../index.ts';
import type { LedgerEntry } from './ledger.ts';

const options: CheckOptions = { engine: 'compiled', limits: {}, keepGoing: false, ledger: true };

/** What a test leaves out or puts into an otherwise complete model. */
interface Parts {
  readonly threads?: (memory: Memory) => readonly Thread[];
  readonly claims?: (memory: Memory) => readonly Claim[];
  readonly waivers?: readonly Waiver[];
  readonly canary?: Model['canary'];
  readonly excerpt?: Excerpt;
}

interface Memory {
  readonly flag: Variable<boolean>;
  readonly other: Variable<boolean>;
  readonly dead: Variable<boolean>;
  readonly lock: RwLock;
}

function memoryOf(shared: Shared): Memory {
  return {
    flag: shared.boolean('flag'),
    other: shared.boolean('other'),
    dead: shared.boolean('dead'),
    lock: shared.rwLock('lock', { readers: 2 }),
  };
}

const set = modelled('set', function* ({ flag, lock }: Memory): Steps<void> {
  yield* lock.write(() => flag.write(true)[Symbol.iterator](), { acquire: 'W1', release: 'W3' });
});

const look = modelled('look', function* ({ flag }: Memory): Steps<boolean> {
  if (yield* flag.test((is) => is).at('R1')) {
    yield* branch('R2');
    return true;
  }
  return false;
});

function modelWith({ threads, claims, waivers, canary, excerpt }: Parts): Model {
  return defineModel({
    name: 'parts',
    version: '1',
    summary: 'a small model',
    parameters: {},
    build: (shared) => {
      const memory = memoryOf(shared);
      const both = [thread('a', 'sets', set, memory), thread('b', 'looks', look, memory)];
      return { threads: threads?.(memory) ?? both, claims: claims?.(memory) ?? [] };
    },
    ...(waivers === undefined ? {} : { waivers: () => waivers }),
    ...(canary === undefined ? {} : { canary }),
    ...(excerpt === undefined ? {} : { excerpt: () => excerpt }),
  }) as unknown as Model;
}

function check(parts: Parts, more: Partial<CheckOptions> = {}) {
  const { verdict, ledger, canary } = runCheck(modelWith(parts), [{}], { ...options, ...more });
  const entries = ledger?.entries ?? [];
  const line = ({ name, status, times, claim, reason }: LedgerEntry) =>
    `${status} ${times} ${name}${claim === undefined ? '' : ` [${claim}]`}` +
    `${reason === undefined ? '' : `: ${reason}`}`;
  const unmet = entries.filter(({ status }) => status === 'unmet').map(line);
  return { verdict, canary, unmet, lines: entries.map(line).sort() };
}

const REWRITE = 'The values of a variable that nobody writes.';

describe('a ledger', () => {
  test('lists steps, branches, locks that are waited for, races and premises', () => {
    const claims = ({ flag }: Memory) => [
      invariant({ id: 'any', sentence: REWRITE }, ['flag'], () =>
        flag.test(() => true)[Symbol.iterator](),
      ),
    ];
    const threads = (memory: Memory) => [
      thread('a', 'sets', set, memory),
      thread('b', 'sets', set, memory),
      thread('c', 'looks', look, memory),
    ];
    const { verdict, lines } = check({ claims, threads });
    expect(verdict).toBe('EXHAUSTED');
    expect(lines.map((line) => line.replace(/^met \d+/, 'met')).sort()).toEqual([
      'met claim any judged',
      'met look R1 read flag / set write flag',
      'met look R1 read flag = false',
      'met look R1 read flag = true',
      'met look R2',
      'met set W1 acquire lock.writer of lock',
      'met set W1 acquire lock.writer of lock waits',
      'met set W3 release lock.writer of lock',
      'met set write flag',
    ]);
  });

  test.each(['compiled', 'interpreter', 'naive'] as const)('is the same by %s', (engine) => {
    const threads = (memory: Memory) => [
      thread('a', 'sets', set, memory),
      thread('c', 'looks', look, memory),
    ];
    expect(check({ threads }, { engine }).lines).toEqual(
      [
        'met 1 look R1 read flag / set write flag',
        'met 2 look R2',
        'met 2 look R1 read flag = true',
        'met 2 look R1 read flag = false',
        'met 2 set W1 acquire lock.writer of lock',
        'met 2 set W3 release lock.writer of lock',
        'met 2 set write flag',
      ]
        .sort()
        .concat(['unmet 0 set W1 acquire lock.writer of lock waits: never seen'])
        .sort(),
    );
  });

  test('is kept only where it is asked for, and where every scope was exhausted', () => {
    expect(runCheck(modelWith({}), [{}], { ...options, ledger: false }).ledger).toBeUndefined();
    const stopped = runCheck(modelWith({}), [{}], { ...options, limits: { statesMax: 1 } });
    expect([stopped.verdict, stopped.ledger]).toEqual(['STOPPED', undefined]);
  });

  test('counts as often with symmetry as there are orbits', () => {
    const threads = (memory: Memory) => [
      thread('a', 'sets', set, memory),
      thread('b', 'sets', set, memory),
    ];
    const all = check({ threads }, { symmetry: 'off' }).lines;
    const orbits = check({ threads }, { symmetry: 'required' }).lines;
    expect(all).toEqual([
      'met 4 set W1 acquire lock.writer of lock',
      'met 4 set W1 acquire lock.writer of lock waits',
      'met 4 set W3 release lock.writer of lock',
      'met 4 set write flag',
    ]);
    // Of the two at the lock at once both may take it, from the one state that stands for both.
    expect(orbits).toEqual([
      'met 2 set W1 acquire lock.writer of lock waits',
      'met 2 set W3 release lock.writer of lock',
      'met 2 set write flag',
      'met 3 set W1 acquire lock.writer of lock',
    ]);
  });
});

describe('a check is vacuous', () => {
  test('by a branch that cannot be taken', () => {
    const threads = (memory: Memory) => [thread('a', 'looks', look, memory)];
    expect(check({ threads })).toMatchObject({
      verdict: 'VACUOUS',
      unmet: [
        'unmet 0 look R2: cannot happen: nothing leads to it, in any scope of this check',
        'unmet 0 look R1 read flag = true: cannot happen: nothing leads to it, in any scope of ' +
          'this check',
      ],
    });
  });

  test('by a branch that could be taken for all that is known, and is not', () => {
    const twice = modelled('twice', function* ({ flag }: Memory) {
      yield* flag.write(true).at('T1');
      if (!(yield* flag.read().at('T2'))) yield* branch('T3');
    });
    const { verdict, unmet } = check({ threads: (memory) => [thread('a', 'x', twice, memory)] });
    expect(verdict).toBe('VACUOUS');
    expect(unmet).toEqual([
      'unmet 0 twice T3: never seen',
      'unmet 0 twice T2 read flag = false: never seen',
    ]);
  });

  test('by a claim whose premise never holds', () => {
    const claims = () => [
      invariant({ id: 'idle', sentence: 'Nothing.' }, ['x'], function* () {
        return 'vacuous';
      }),
    ];
    const threads = (memory: Memory) => [thread('b', 'looks', look, memory)];
    const { verdict, unmet } = check({ claims, threads });
    expect(verdict).toBe('VACUOUS');
    expect(unmet).toContain('unmet 0 claim idle judged: never seen');
  });

  test('by a lock that nobody waits for', () => {
    const { verdict, unmet } = check({});
    expect(verdict).toBe('VACUOUS');
    expect(unmet).toEqual(['unmet 0 set W1 acquire lock.writer of lock waits: never seen']);
  });

  test('by two accesses that may race, but never meet', () => {
    const early = modelled('early', function* ({ flag, other }: Memory) {
      yield* flag.write(true).at('E1');
      yield* other.write(true).at('E2');
    });
    const late = modelled('late', function* ({ flag, other }: Memory) {
      yield* other.waitUntil((is) => is).at('L1');
      yield* flag.read().at('L2');
    });
    const { verdict, unmet } = check({
      threads: (memory) => [thread('a', 'x', early, memory), thread('b', 'x', late, memory)],
    });
    expect(verdict).toBe('VACUOUS');
    expect(unmet).toContain('unmet 0 early E1 write flag / late L2 read flag: never seen');
  });

  test('by a waiver of what is seen, and of what a claim forbids', () => {
    const waivers = [{ obligations: ['look R2'], reason: 'it is said not to be taken' }];
    expect(check({ waivers }).unmet).toContain(
      'unmet 2 look R2: waived, but seen: the waiver is not needed',
    );
  });

  test('by a canary that survives, or is caught by another claim than expected', () => {
    const threads = (memory: Memory) => [
      thread('a', 'sets', set, memory),
      thread('c', 'sets', set, memory),
    ];
    const wrong = invariantOf('wrong', false);
    const canary = { summary: 'a claim that fails', scope: {}, caughtBy: ['other'] };
    const survived = check({ threads, canary });
    expect([survived.verdict, survived.canary?.caught]).toEqual(['VACUOUS', undefined]);
    // The claim that the canary hits is not judged in the check itself.
    const caught = check(
      { threads, canary: { ...canary, caughtBy: ['wrong'] }, claims: () => [wrong] },
      { only: [] },
    );
    expect([caught.verdict, caught.canary?.caught]).toEqual(['EXHAUSTED', 'wrong']);
    const other = check({ threads, canary, claims: () => [wrong] }, { only: [] });
    expect([other.verdict, other.canary?.caught]).toEqual(['VACUOUS', undefined]);
  });
});

describe('a check of an excerpt', () => {
  const idle = () =>
    invariant({ id: 'idle', sentence: 'Nothing.' }, ['x'], function* () {
      return 'vacuous';
    });
  const alone: Parts = {
    threads: (memory) => [thread('a', 'looks', look, memory)],
    claims: () => [idle()],
  };
  const showing = (...shows: string[]) => check({ ...alone, excerpt: { name: 'half', shows } });

  test('lists the code that it does not reach, and the claims that it does not judge', () => {
    const { verdict, lines } = showing('look R1 read flag = false');
    expect(verdict).toBe('EXHAUSTED');
    expect(lines).toEqual([
      'met 1 look R1 read flag = false',
      'waived 0 claim idle judged: claim idle judged: never by half, so this check says nothing ' +
        'of it',
      'waived 0 look R1 read flag = true: not reached by half, and not required of an excerpt',
      'waived 0 look R2: not reached by half, and not required of an excerpt',
    ]);
  });

  test.each(['look R2', 'claim idle judged', 'set W1'])(
    'is vacuous if it is about %s, which is not seen',
    (name) => {
      const { verdict, unmet } = showing(name);
      expect(verdict).toBe('VACUOUS');
      expect(unmet).toEqual([`unmet 0 ${name}: never seen, and half is about it`]);
    },
  );

  test('is vacuous if a waiver excuses what it is about, or what is seen', () => {
    const excerpt = { name: 'half', shows: ['look R2'] };
    const waive = (name: string) => [{ obligations: [name], reason: 'why not' }];
    const waived = check({ ...alone, excerpt, waivers: waive('look R2') });
    expect(waived.unmet).toEqual(['unmet 0 look R2: never seen, and half is about it']);
    const rotten = check({
      ...alone,
      excerpt: { ...excerpt, shows: [] },
      waivers: waive('look R1 read flag = false'),
    });
    expect(rotten.verdict).toBe('VACUOUS');
  });
});

describe('what a claim forbids need not be seen', () => {
  const forbidden = (more: Parts) =>
    check(more).lines.filter((line) => line.startsWith('forbidden'));

  test('an assertion that fails', () => {
    const trusting = modelled('trusting', function* ({ flag }: Memory) {
      const isSet = yield* flag.read().at('A1');
      yield* assert(!isSet, 'the flag is not set');
    });
    const threads = (memory: Memory) => [thread('a', 'x', trusting, memory)];
    // Nobody sets the flag: this assertion is dead, and not only forbidden.
    expect(check({ threads }).verdict).toBe('VACUOUS');
  });

  test('a value that an invariant excludes, and all that only it leads to', () => {
    const bug = modelled('bug', function* ({ flag, dead }: Memory): Steps<void> {
      if (yield* flag.read().at('B1')) {
        yield* branch('B2');
        yield* dead.write(true).at('B3');
      }
    });
    const reaction = modelled('reaction', function* ({ dead }: Memory): Steps<void> {
      if (yield* dead.read().at('D1')) yield* branch('D2');
    });
    const threads = (memory: Memory) => [
      thread('a', 'x', bug, memory),
      thread('b', 'y', reaction, memory),
      thread('c', 'sets it for nobody', blink, memory),
    ];
    const claims = ({ dead }: Memory) => [
      invariant({ id: 'alive', sentence: 'Nobody is dead.' }, ['x'], () =>
        dead.test((is) => !is)[Symbol.iterator](),
      ),
    ];
    expect(forbidden({ threads, claims })).toEqual([
      'forbidden 0 bug B3 write dead [alive]',
      'forbidden 0 reaction D1 read dead = true [alive]',
      'forbidden 0 reaction D2 [alive]',
    ]);
  });

  test('a return that a claim refuses', () => {
    const answer = modelled('answer', function* ({ flag }: Memory): Steps<string> {
      return (yield* flag.compareExchange(false, true).at('C1')) ? 'first' : 'second';
    });
    const ask = modelled('ask', function* (memory: Memory): Steps<void> {
      if ((yield* answer(memory)) === 'second') yield* branch('C2');
    });
    const claims = () => [
      onReturn({ id: 'once', sentence: 'Who asks is the first.' }, answer, function* (_, result) {
        return result === 'first';
      }),
    ];
    const threads = (memory: Memory) => [thread('a', 'x', ask, memory)];
    expect(check({ threads, claims }).lines).toContain(
      'met 1 answer C1 compare-exchange flag = true',
    );
    expect(forbidden({ threads, claims })).toEqual([
      'forbidden 0 answer C1 compare-exchange flag = false [once]',
      'forbidden 0 ask C2 [once]',
    ]);
    const two = (memory: Memory) => [...threads(memory), thread('b', 'x', ask, memory)];
    expect(check({ threads: two, claims }).verdict).toBe('VIOLATED');
  });
});

const blink = modelled('blink', function* ({ flag }: Memory): Steps<void> {
  yield* atomic(function* () {
    yield* flag.write(true);
    yield* flag.write(false);
  });
});

function invariantOf(id: string, verdict: boolean): Claim {
  return invariant({ id, sentence: 'What is said.' }, ['x'], function* () {
    return verdict;
  });
}
