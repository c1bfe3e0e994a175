import { ContractError, ModelError } from '../language/model-error.ts';
import type { Modelled } from '../language/modelled.ts';
import type { Access, Call, Loop, Operation, PositionMark, Turn } from '../language/operation.ts';
import { freezeAndKey } from '../language/value.ts';
import { bodyOf, LiveFrame, type Reaction } from './live-frame.ts';
import { checkOperation } from './operation-check.ts';
import type {
  BranchTaken,
  Frame,
  FrameStart,
  Mark,
  Place,
  Return,
  WaypointPassed,
} from './place.ts';
import { functionNameOf } from './place.ts';

/** More calls inside each other, or more structure without a step, than this never end. */
const DEPTH_MAX = 100;
const STRUCTURE_MAX = 10_000;

/** A frame that runs. */
interface Running {
  readonly start: FrameStart;
  readonly live: LiveFrame;
  /** States in which an iteration of this loop began since the last step. */
  readonly idleStates: Set<string>;
}

/** A thread on its way from one place to the next. */
export class ThreadRun {
  readonly returns: Return[] = [];
  readonly passed: string[] = [];
  readonly branches: BranchTaken[] = [];
  readonly left: Mark[] = [];
  readonly waypoints: WaypointPassed[] = [];
  stepEnds = false;
  private readonly running: Running[] = [];
  private operation: Operation | undefined;
  private crash: string | undefined;
  private marks: readonly Mark[] = [];
  private held: readonly string[] = [];
  private atomicDepth = 0;

  private constructor() {}

  /** A thread that begins with a call of `callee`, run up to its first operation. */
  static fresh(callee: Modelled<never, unknown>, args: readonly unknown[]): ThreadRun {
    const run = new ThreadRun();
    run.stepEnds = true;
    run.settle(() => run.push({ kind: 'call', callee, args, label: undefined }, undefined));
    return run;
  }

  /** A thread at `place`, whose frames were rebuilt. */
  static at(place: Place, live: readonly LiveFrame[]): ThreadRun {
    const run = new ThreadRun();
    place.frames.forEach(({ history: _, ...start }, i) => {
      run.running.push({ start, live: live[i] as LiveFrame, idleStates: new Set() });
    });
    run.marks = place.marks;
    run.held = place.held;
    run.atomicDepth = place.atomicDepth;
    return run;
  }

  /** Takes `result` for what `operation` gave, and runs on to the next one. */
  perform(operation: Operation | undefined, result: unknown): void {
    const top = this.running.at(-1);
    if (operation === undefined || top === undefined) throw new Error('a finished thread was run');
    const { action } = operation;
    if (action.kind === 'access' && action.lock !== undefined) this.hold(action.lock);
    this.stepEnds = this.atomicDepth === 0;
    this.settle(() => top.live.feed(result));
  }

  /** The frames, outermost first; none if the thread has finished. */
  frames(): Frame[] {
    return this.running.map(({ start, live }) => ({ ...start, history: [...live.history] }));
  }

  /** All of the place that is reached but its frames. */
  surroundings(): Omit<Place, 'id' | 'frames'> {
    const { operation, crash, marks, atomicDepth, held } = this;
    const site = this.running.at(-1)?.live.site();
    return { operation, site, crash, marks, atomicDepth, held };
  }

  private settle(first: () => Reaction): void {
    try {
      this.runThrough(first());
    } catch (error) {
      // What the program throws does harm only where it is reached; a breach of contract always.
      if (!(error instanceof ModelError) || error instanceof ContractError) throw error;
      this.crash = error.message;
      this.stepEnds = true;
    }
  }

  /** Runs through everything that is no step. */
  private runThrough(first: Reaction): void {
    let reaction = first;
    for (let count = 0; count < STRUCTURE_MAX; count++) {
      if (reaction.done) {
        const after = this.pop(reaction.result);
        if (after === undefined) {
          this.operation = undefined;
          this.stepEnds = true;
          return;
        }
        reaction = after;
        continue;
      }
      const { operation } = reaction;
      const { action } = operation;
      switch (action.kind) {
        case 'call':
          reaction = this.call(action, operation);
          continue;
        case 'loop':
          reaction = this.iterate(action.initial, operation);
          continue;
        case 'atomic':
          this.atomicDepth += action.edge === 'begin' ? 1 : -1;
          if (this.atomicDepth === 0) this.stepEnds = true;
          break;
        case 'position':
          this.mark(action);
          break;
        case 'branch':
          this.take(operation.label);
          break;
        case 'passed':
          this.passed.push(action.claim);
          break;
        case 'inside':
          throw new ContractError(`${this.where()}: inside(); expected only claims to ask this`);
        default:
          this.operation = operation;
          checkOperation(this.where(), operation, this.held, !this.stepEnds);
          return;
      }
      reaction = this.top().live.feed(undefined);
    }
    throw new ContractError(
      `${this.where()}: no step within ${STRUCTURE_MAX} operations; expected one`,
    );
  }

  private call(action: Call, operation: Operation): Reaction {
    const { callee, args } = action;
    const key = callKey(callee, args);
    const recursive = this.running.some(
      ({ start }) => start.kind === 'call' && callKey(start.callee, start.args) === key,
    );
    if (recursive || this.running.length >= DEPTH_MAX) {
      throw new ContractError(`${callee.functionName} calls itself; expected no recursion`);
    }
    const { label } = operation;
    this.pass(label);
    return this.push({ kind: 'call', callee, args, label }, undefined);
  }

  private iterate(state: unknown, loop: Operation, idleStates = new Set<string>()): Reaction {
    const key = freezeAndKey(state, `the state of a loop in ${this.where()}`);
    if (idleStates.has(key)) {
      throw new ContractError(
        `${this.where()}: a loop comes back to state ${key} without a step; expected one`,
      );
    }
    idleStates.add(key);
    return this.push({ kind: 'loop', state: state as Loop['initial'] }, loop, idleStates);
  }

  private push(start: FrameStart, below: Operation | undefined, idleStates = new Set<string>()) {
    const name = start.kind === 'call' ? start.callee.functionName : this.where();
    const live = new LiveFrame(name, () => bodyOf(start, below));
    this.running.push({ start, live, idleStates });
    return live.begin();
  }

  /** Ends the innermost frame. Results in how the frame below reacts; nothing if there is none. */
  private pop(result: unknown): Reaction | undefined {
    const { start, idleStates } = this.top();
    const where = this.where();
    this.running.pop();
    const below = this.running.at(-1)?.live;
    if (start.kind === 'call') {
      freezeAndKey(result, `the result of ${where}`);
      this.returns.push({ callee: start.callee, args: start.args, result });
      return below?.feed(result);
    }
    const loop = below?.pending();
    if (below === undefined || loop === undefined) throw new Error('a loop frame has no loop');
    if (!isTurn(result)) {
      throw new ContractError(
        `${where}: an iteration of a loop returns something else; expected next() or done()`,
      );
    }
    if (result.turn === 'next') return this.iterate(result.state, loop, idleStates);
    freezeAndKey(result.result, `the result of a loop in ${where}`);
    return below.feed(result.result);
  }

  private take(label: string | undefined): void {
    if (label === undefined) return;
    this.branches.push({ label, frames: this.running.map(({ start }) => start) });
    this.pass(label);
  }

  private pass(label: string | undefined): void {
    if (label !== undefined) this.waypoints.push({ functionName: this.where(), label });
  }

  private mark({ edge, mark, data }: PositionMark): void {
    if (edge === 'enter') {
      this.marks = [...this.marks, { mark, data }];
      return;
    }
    const last = this.marks.findLastIndex((other) => other.mark === mark);
    this.marks = this.marks.toSpliced(last, 1);
    const key = freezeAndKey(data, mark);
    const still = this.marks.some(
      (other) => other.mark === mark && freezeAndKey(other.data, mark) === key,
    );
    if (!still) this.left.push({ mark, data });
  }

  private hold({ side, change }: NonNullable<Access['lock']>): void {
    this.held =
      change === 1
        ? [...this.held, side.identity]
        : this.held.toSpliced(this.held.lastIndexOf(side.identity), 1);
  }

  private top(): Running {
    const top = this.running.at(-1);
    if (top === undefined) throw new Error('the thread has no frame left');
    return top;
  }

  private where(): string {
    return functionNameOf(this.running.map(({ start }) => start));
  }
}

function callKey(callee: Modelled<never, unknown>, args: readonly unknown[]): string {
  return `${callee.identity} ${args.map((arg) => freezeAndKey(arg, callee.functionName)).join()}`;
}

function isTurn(value: unknown): value is Turn {
  return typeof value === 'object' && value !== null && 'turn' in value;
}
