import seedrandom from 'seedrandom';
import type { Move } from '../engine/engine.ts';
import type { System } from '../language/system.ts';
import { Machine, type Transition } from './machine.ts';
import { traceStep } from './trace.ts';

/** A random run, and how much its threads got in each other's way. */
export interface ContendedRun {
  readonly moves: readonly Move[];
  readonly meetings: number;
}

/** What to look for. */
export interface ContentionSearch {
  /** The same seed gives the same runs. */
  readonly seed: string;
  /** How many runs are tried. */
  readonly tries: number;
  /** How many are kept. */
  readonly kept: number;
  /** Runs that do not end are cut here. */
  readonly stepsMax: number;
}

/**
 * The random runs in which threads meet most, best first. At each step every thread that can move
 * is as likely as any other. Two threads meet where one uses a variable that another used last, and
 * one of the two changes it.
 *
 * @throws ModelError if the system breaks the contract of the language
 */
export function contendedRuns(system: System, search: ContentionSearch): readonly ContendedRun[] {
  const { seed, tries, kept, stepsMax } = search;
  const machine = new Machine(system);
  const random = seedrandom(seed);
  const pick = <T>(options: readonly T[]): T => options[Math.floor(random() * options.length)] as T;
  const runs = Array.from({ length: tries }, (): ContendedRun => {
    const moves: Move[] = [];
    const counter = new MeetingCounter();
    let state = machine.initial().state;
    while (moves.length < stepsMax) {
      const able = machine.runners
        .map((_, thread) => machine.stepsOf(state, thread))
        .filter(({ length }) => length > 0);
      if (able.length === 0) break;
      const step = pick(pick(able));
      moves.push(step.move);
      counter.count(machine, step);
      if (step.after === undefined) break;
      state = step.after;
    }
    return { moves, meetings: counter.meetings };
  });
  return runs.toSorted((one, other) => other.meetings - one.meetings).slice(0, kept);
}

class MeetingCounter {
  meetings = 0;
  private readonly lastUse = new Map<string, { thread: number; changes: boolean }>();

  count(machine: Machine, step: Transition): void {
    const { reads, writes } = traceStep(machine, step);
    const { thread } = step.move;
    const changed = new Set(writes.map(({ variable }) => variable));
    for (const variable of new Set([...reads.map((read) => read.variable), ...changed])) {
      const last = this.lastUse.get(variable);
      const changes = changed.has(variable);
      if (last !== undefined && last.thread !== thread && (last.changes || changes)) {
        this.meetings++;
      }
      this.lastUse.set(variable, { thread, changes });
    }
  }
}
