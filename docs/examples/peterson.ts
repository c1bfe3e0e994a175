import {
  defineModel,
  done,
  during,
  inside,
  integer,
  invariant,
  leaves,
  loop,
  modelled,
  next,
  type SharedArray,
  thread,
  type Variable,
} from '../../checker/index.ts';

/** Peterson's filter lock: n threads pass n - 1 levels, and each level holds one thread back. */
interface FilterLock {
  /** `flag[i]`: the level that thread i is trying to pass; 0 while it does not want the lock. */
  readonly flag: SharedArray<Variable<number>>;
  /** `turn[k]`: the thread that came to level k last, which has to wait. `turn[0]` is unused. */
  readonly turn: SharedArray<Variable<number>>;
}

const passLevel = modelled('pass_level', function* (lock: FilterLock, me: number, level: number) {
  const turn = lock.turn.at(level);
  yield* lock.flag.at(me).write(level).at('set');
  yield* turn.write(me).at('trn');

  // An endless `while` would never close; `loop` makes the wait a cycle of the automaton.
  yield* loop(null, function* () {
    if (yield* turn.test((last) => last !== me).at('wai')) return done(undefined);

    for (const [other, flag] of [...lock.flag].entries()) {
      if (other === me) continue;
      if (yield* flag.test((theirs) => theirs >= level).at('chk')) return next(null);
    }
    return done(undefined);
  });
});

const acquire = modelled('acquire', function* (lock: FilterLock, me: number) {
  for (let level = 1; level < lock.flag.length; level++) yield* passLevel(lock, me, level);
});

const contender = modelled('contender', function* (lock: FilterLock, me: number) {
  yield* loop(null, function* () {
    yield* during('waiting', me, () => acquire(lock, me));
    // A thread is in its critical section until the step that gives the lock back is done.
    yield* during('critical section', me, function* () {
      yield* lock.flag.at(me).write(0).at('crit');
    });
    return next(null);
  });
});

export default defineModel({
  name: 'peterson',
  version: '1',
  summary: "Peterson's filter lock for n threads",
  parameters: {
    threads: integer({ help: 'threads that want the lock', default: 3, min: 2, max: 5 }),
  },
  build(shared, { threads }) {
    const highest = { min: 0, max: threads - 1 };
    const lock: FilterLock = {
      flag: shared.array('flag', threads, (name) => shared.integer(name, highest)),
      turn: shared.array('turn', threads, (name) => shared.integer(name, highest)),
    };

    const exclusion = invariant(
      {
        id: 'exclusion',
        sentence: 'At most one thread is in its critical section.',
        source: 'G. L. Peterson, Myths about the mutual exclusion problem, 1981',
      },
      ['the lock'],
      function* () {
        return (yield* inside('critical section')) <= 1;
      },
    );

    const progress = leaves(
      {
        id: 'progress',
        sentence: 'A thread that waits for the lock gets it.',
        fairness: 'weak',
        source: 'G. L. Peterson, Myths about the mutual exclusion problem, 1981',
      },
      'waiting',
    );

    return {
      threads: Array.from({ length: threads }, (_, me) =>
        thread(`thread${me}`, 'contender', contender, lock, me),
      ),
      claims: [exclusion, progress],
    };
  },
  notModelled: ['store buffers: every write is seen by all threads at once'],
});
