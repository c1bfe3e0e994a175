import type { CompiledSystem } from '../automaton/compile.ts';
import { ModelError } from '../language/model-error.ts';
import { OUT_OF_DOMAIN } from '../language/operation.ts';
import { NOTHING } from './happenings.ts';
import type { Layout } from './layout.ts';
import {
  ACCESS,
  ACCESS_TABLE,
  CHOOSE,
  CRASH,
  FAILURE,
  FILL,
  FINISHED,
  HAPPENINGS_FLAG,
  INTERIOR_FLAG,
  TARGET_MASK,
  TEST,
  type ThreadCode,
  WATCHED_FLAG,
} from './thread-code.ts';

/**
 * A transition that a claim may object to, besides those on the state it leads to. The objects are
 * used again for each state.
 */
export interface Suspect {
  /** Number of the successor; that of the next one for a failed assertion, which leads nowhere. */
  successor: number;
  thread: number;
  /** A watched variable may have changed. */
  watched: boolean;
  /** Number in `ThreadCode.happenings`. */
  happenings: number;
  /** The node of a failed assertion. */
  failure: number | undefined;
  /** The choices made on the way to it; kept only if asked for. */
  choices: readonly number[];
}

const NO_CHOICES: readonly number[] = [];

/** The most steps that one atomic block may take. */
export const ATOMIC_STEPS_MAX = 1000;
const BOUND = `more than ${ATOMIC_STEPS_MAX} steps`;
export const TOO_MANY_STEPS = `an atomic block takes ${BOUND}; expected it to end`;

/**
 * Computes the successors of packed states by interpreting the automata. One object serves many
 * states: the results stay in its fields until the next call of `expand`.
 */
export class Expander {
  /** Packed successors, one after the other. */
  successors: Int32Array;
  /** The thread that moves, for each successor. */
  movers: Int32Array;
  /** The number of what happened, for each successor. */
  happened: Int32Array;
  /** The choices made, for each successor; kept only if asked for. */
  readonly choices: (readonly number[])[] = [];
  /** Only the first `suspectCount` are of the last state. */
  readonly suspects: Suspect[] = [];
  suspectCount = 0;
  /** Transitions of the last state: successors and failed assertions. */
  transitions = 0;
  /** Whether all threads had finished in the last state. */
  finished = false;
  /** How often each list of happenings came to pass since the beginning. */
  happeningTimes = new Float64Array(1024);
  /** How often the passage of each cell was taken since the beginning. */
  readonly passageTimes: Float64Array;

  private count = 0;
  private readonly compiled: CompiledSystem;
  private readonly layout: Layout;
  private readonly code: ThreadCode;
  private readonly keepChoices: boolean;
  /** Working copies of the state, one for each step of an atomic block. */
  private work: Int32Array;
  private readonly path: number[] = [];
  /** The number of what happened since the step began. */
  private happenings = NOTHING;
  private readonly threadWords: Int32Array;
  private readonly threadShifts: Int32Array;
  private readonly threadMasks: Int32Array;

  constructor(compiled: CompiledSystem, layout: Layout, code: ThreadCode, keepChoices: boolean) {
    this.compiled = compiled;
    this.layout = layout;
    this.code = code;
    this.keepChoices = keepChoices;
    this.passageTimes = new Float64Array(code.cells.length);
    this.successors = new Int32Array(layout.wordCount * 64);
    this.movers = new Int32Array(64);
    this.happened = new Int32Array(64);
    this.work = new Int32Array(layout.wordCount * 2);
    this.threadWords = Int32Array.from(layout.threadFields, ({ word }) => word);
    this.threadShifts = Int32Array.from(layout.threadFields, ({ shift }) => shift);
    this.threadMasks = Int32Array.from(layout.threadFields, ({ mask }) => mask);
  }

  /**
   * Computes all successors of the state at `source[at]`.
   *
   * @returns how many there are
   * @throws ModelError if a step leaves a domain or the program throws
   */
  expand(source: Int32Array, at: number): number {
    const { threadWords, threadShifts, threadMasks } = this;
    const { cells, starts } = this.code;
    const { wordCount } = this.layout;
    this.count = 0;
    this.transitions = 0;
    this.finished = true;
    this.suspectCount = 0;
    for (let i = 0; i < wordCount; i++) this.work[i] = source[at + i]!;
    for (let thread = 0; thread < threadWords.length; thread++) {
      const field = source[at + threadWords[thread]!]!;
      const node = (field >>> threadShifts[thread]!) & threadMasks[thread]!;
      const address = starts[thread]![node]!;
      // Nearly all steps are one access that no claim cares about: those take the short way.
      if (cells[address] === ACCESS) {
        const word = cells[address + 1]!;
        const value = (source[at + word]! >>> cells[address + 2]!) & cells[address + 3]!;
        const cell = address + ACCESS_TABLE + 2 * value;
        const edge = cells[cell + 1]!;
        if (edge >= 0 && edge <= TARGET_MASK) {
          this.finished = false;
          this.passageTimes[cell + 1]!++;
          const to = this.count * wordCount + word;
          this.emit(thread, edge, 0);
          this.successors[to]! ^= cells[cell]!;
          continue;
        }
      }
      this.step(thread, address, 0, false);
    }
    return this.count;
  }

  /** Counts that a list of happenings came to pass. */
  tally(happenings: number): void {
    if (happenings >= this.happeningTimes.length) {
      const times = new Float64Array(2 * happenings);
      times.set(this.happeningTimes);
      this.happeningTimes = times;
    }
    this.happeningTimes[happenings]!++;
  }

  /** Runs the code at `address` on the working copy number `depth`. */
  private step(thread: number, address: number, depth: number, watched: boolean): void {
    const { cells } = this.code;
    const base = depth * this.layout.wordCount;
    const { work } = this;
    switch (cells[address]!) {
      case ACCESS: {
        const word = cells[address + 1]!;
        const value = (work[base + word]! >>> cells[address + 2]!) & cells[address + 3]!;
        const cell = address + ACCESS_TABLE + 2 * value;
        const edge = cells[cell + 1]!;
        this.finished = false;
        if (edge < 0) {
          if (edge === OUT_OF_DOMAIN) {
            throw new ModelError(outOfDomainText(this.compiled, thread, cells[address + 4]!));
          }
          this.passageTimes[cell + 1]!++;
          return;
        }
        const flip = cells[cell]!;
        // Flipped back below, so that plain steps need no copy of the state.
        work[base + word]! ^= flip;
        this.follow(thread, cell + 1, depth, watched);
        this.work[base + word]! ^= flip;
        return;
      }
      case CHOOSE: {
        this.finished = false;
        const options = cells[address + 1]!;
        for (let option = 0; option < options; option++) {
          if (this.keepChoices) this.path.push(option);
          this.follow(thread, address + 2 + option, depth, watched);
          if (this.keepChoices) this.path.pop();
        }
        return;
      }
      case TEST: {
        this.finished = false;
        const terms = cells[address + 3]!;
        const result = this.test(address, base, terms);
        const edges = address + 4 + 4 * terms;
        if (cells[address + 1] === 0) this.follow(thread, edges + result, depth, watched);
        else if (result === 1) this.follow(thread, edges, depth, watched);
        return;
      }
      case FILL:
        this.finished = false;
        this.fill(thread, address, depth, watched);
        return;
      case FINISHED:
        return;
      case FAILURE:
        this.finished = false;
        this.transitions++;
        this.passageTimes[address]!++;
        this.suspect(thread, false, cells[address + 1]!);
        return;
      case CRASH: {
        const { action } = this.compiled.automata[thread]!.nodes[cells[address + 1]!]!;
        throw new ModelError(action.kind === 'crash' ? action.message : action.kind);
      }
    }
  }

  private test(address: number, base: number, terms: number): 0 | 1 {
    const { cells } = this.code;
    const every = cells[address + 2]!;
    for (let i = 0, term = address + 4; i < terms; i++, term += 4) {
      const value = (this.work[base + cells[term]!]! >>> cells[term + 1]!) & cells[term + 2]!;
      // The first term that decides: a false one for `every`, a true one for `some`.
      if (cells[cells[term + 3]! + value] !== every) return every === 1 ? 0 : 1;
    }
    return every as 0 | 1;
  }

  private fill(thread: number, address: number, depth: number, watched: boolean): void {
    const { cells } = this.code;
    const { wordCount } = this.layout;
    const variables = cells[address + 1]!;
    const base = this.copyDown(depth);
    let end = address + 2;
    let written = watched;
    for (let i = 0; i < variables; i++, end += 4) {
      const at = base + cells[end]!;
      this.work[at] = (this.work[at]! & cells[end + 1]!) | cells[end + 2]!;
      written ||= cells[end + 3] === 1;
    }
    this.follow(thread, end, base / wordCount, written);
  }

  /** Goes along the edge in `cell`, with the new values in working copy `depth`. */
  private follow(thread: number, cell: number, depth: number, watchedSoFar: boolean): void {
    this.passageTimes[cell]!++;
    const edge = this.code.cells[cell]!;
    const target = edge & TARGET_MASK;
    const watched = watchedSoFar || (edge & WATCHED_FLAG) !== 0;
    const before = this.happenings;
    if ((edge & HAPPENINGS_FLAG) !== 0) {
      const { happenings, happeningNumbers } = this.code;
      this.happenings = happenings.join(before, happeningNumbers[cell]!);
    }
    if ((edge & INTERIOR_FLAG) !== 0) {
      const deeper = this.copyDown(depth) / this.layout.wordCount;
      this.step(thread, this.code.starts[thread]![target]!, deeper, watched);
    } else {
      this.report(thread, watched);
      this.emit(thread, target, depth);
    }
    this.happenings = before;
  }

  /** Counts what happened in the step that is about to end, and says if it has to be judged. */
  private report(thread: number, watched: boolean): void {
    const { happenings } = this;
    if (happenings !== NOTHING) this.tally(happenings);
    if (watched || this.code.happenings.lists[happenings]!.programs.length > 0) {
      this.suspect(thread, watched, undefined);
    }
  }

  private suspect(thread: number, watched: boolean, failure: number | undefined): void {
    const { happenings } = this;
    const successor = this.count;
    const choices = failure !== undefined && this.keepChoices ? [...this.path] : NO_CHOICES;
    const known = this.suspects[this.suspectCount++];
    if (known === undefined) {
      this.suspects.push({ successor, thread, watched, happenings, failure, choices });
      return;
    }
    known.successor = successor;
    known.thread = thread;
    known.watched = watched;
    known.happenings = happenings;
    known.failure = failure;
    known.choices = choices;
  }

  private emit(thread: number, target: number, depth: number): void {
    const { wordCount } = this.layout;
    const count = this.count++;
    this.transitions++;
    if (count >= this.movers.length) this.grow();
    const { successors, work } = this;
    const to = count * wordCount;
    const from = depth * wordCount;
    for (let i = 0; i < wordCount; i++) successors[to + i] = work[from + i]!;
    const word = to + this.threadWords[thread]!;
    const shift = this.threadShifts[thread]!;
    successors[word] =
      (successors[word]! & ~(this.threadMasks[thread]! << shift)) | (target << shift);
    this.movers[count] = thread;
    this.happened[count] = this.happenings;
    if (this.keepChoices) this.choices[count] = [...this.path];
  }

  /** Copies working copy `depth` to the next one and returns the address of that. */
  private copyDown(depth: number): number {
    const { wordCount } = this.layout;
    const to = (depth + 1) * wordCount;
    if (depth >= ATOMIC_STEPS_MAX) {
      throw new ModelError(TOO_MANY_STEPS);
    }
    if (to + wordCount > this.work.length) {
      const bigger = new Int32Array(2 * this.work.length);
      bigger.set(this.work);
      this.work = bigger;
    }
    this.work.copyWithin(to, to - wordCount, to);
    return to;
  }

  private grow(): void {
    const successors = new Int32Array(2 * this.successors.length);
    successors.set(this.successors);
    this.successors = successors;
    const movers = new Int32Array(2 * this.movers.length);
    movers.set(this.movers);
    this.movers = movers;
    const happened = new Int32Array(2 * this.happened.length);
    happened.set(this.happened);
    this.happened = happened;
  }
}

/** What is wrong where an access of a thread leaves the domain of its variable. */
export function outOfDomainText(
  { automata, system }: CompiledSystem,
  thread: number,
  node: number,
): string {
  const { action, label } = automata[thread]!.nodes[node]!;
  if (action.kind !== 'access') throw new Error(`node ${node} is no access`);
  const { variable, verb } = action;
  const { name } = system.threads[thread]!;
  const [first, last] = [variable.domain[0], variable.domain.at(-1)];
  return (
    `${variable.name} leaves its domain: ${verb} by ${name}${label ? ` at ${label}` : ''}; ` +
    `expected a value from ${first} to ${last}`
  );
}
