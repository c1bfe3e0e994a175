import type { Condition } from './condition.ts';
import type { Operation, Steps } from './operation.ts';
import { identify } from './value.ts';
import { labelled, type Variable } from './variable.ts';

/** Labels of the two steps of a guard. */
export interface GuardLabels {
  readonly acquire?: string;
  readonly release?: string;
}

/** One way of holding a lock: a mutex has one, a reader/writer lock two. */
export class LockSide {
  readonly identity: string;
  private readonly acquisition: Operation<void>;
  private readonly giveBack: Operation<void>;

  constructor(
    identity: string,
    state: Variable<number>,
    acquired: (state: number) => number | 'disabled',
    released: (state: number) => number | 'disabled',
  ) {
    this.identity = identity;
    const step = (verb: string, change: 1 | -1, to: (state: number) => number | 'disabled') =>
      state.access(
        verb,
        (value) => {
          const next = to(value);
          return next === 'disabled' ? next : { next, result: undefined };
        },
        { side: this, change },
      ) as Operation<void>;
    this.acquisition = step(`acquire ${identity} of`, 1, acquired);
    this.giveBack = step(`release ${identity} of`, -1, released);
    identify(this);
  }

  /** Waits until the lock can be had and takes it. Prefer `hold`. */
  acquire(): Operation<void> {
    return this.acquisition;
  }

  /** Gives the lock back; an error when the model is compiled if the thread does not hold it. */
  release(): Operation<void> {
    return this.giveBack;
  }

  /** Runs `body` with the lock held. */
  *hold<R>(body: () => Steps<R>, labels?: GuardLabels): Steps<R> {
    yield* labelled(this.acquire(), labels?.acquire);
    const result = yield* body();
    yield* labelled(this.release(), labels?.release);
    return result;
  }
}

/**
 * Inside a guard: runs `body` with the lock given back, and takes it again. For code like
 * `cond_resched_rwlock_write`. Here `release` labels the first of the two steps.
 */
export function* dropped<R>(side: LockSide, body: () => Steps<R>, labels?: GuardLabels): Steps<R> {
  yield* labelled(side.release(), labels?.release);
  const result = yield* body();
  yield* labelled(side.acquire(), labels?.acquire);
  return result;
}

/** A lock that one thread holds at a time. */
export class Mutex extends LockSide {
  readonly state: Variable<number>;

  constructor(state: Variable<number>) {
    super(
      `${state.name}.holder`,
      state,
      (held) => (held === 0 ? 1 : 'disabled'),
      (held) => (held === 1 ? 0 : 'disabled'),
    );
    this.state = state;
  }

  /** True while nobody holds it. */
  isFree(): Condition {
    return this.state.is(0);
  }
}

/** In `RwLock.state`: a writer holds the lock. A positive number counts readers. */
export const WRITE_HELD = -1;

/**
 * A reader/writer lock: any number of readers or one writer. A waiting writer does not hold new
 * readers back, so starvation of writers is possible in infinite runs.
 */
export class RwLock {
  readonly identity: string;
  readonly state: Variable<number>;
  readonly reader: LockSide;
  readonly writer: LockSide;

  /** @param state domain -1 (a writer), 0 (free) to the biggest number of readers */
  constructor(state: Variable<number>) {
    this.identity = `${state.name}.lock`;
    this.state = state;
    this.reader = new LockSide(
      `${state.name}.reader`,
      state,
      (held) => (held === WRITE_HELD ? 'disabled' : held + 1),
      (held) => (held > 0 ? held - 1 : 'disabled'),
    );
    this.writer = new LockSide(
      `${state.name}.writer`,
      state,
      (held) => (held === 0 ? WRITE_HELD : 'disabled'),
      (held) => (held === WRITE_HELD ? 0 : 'disabled'),
    );
    identify(this);
  }

  /** Runs `body` as one of the readers. */
  read<R>(body: () => Steps<R>, labels?: GuardLabels): Steps<R> {
    return this.reader.hold(body, labels);
  }

  /** Runs `body` as the writer. */
  write<R>(body: () => Steps<R>, labels?: GuardLabels): Steps<R> {
    return this.writer.hold(body, labels);
  }

  /** True while no writer holds it; readers may. */
  hasNoWriter(): Condition {
    return this.state.isNot(WRITE_HELD);
  }
}
