import type { LoopReport, LoopThread, TraceStep } from '../../check/result.ts';
import type { Move } from '../../engine/engine.ts';
import type { LivenessClaim } from '../../language/liveness-claim.ts';
import type { System } from '../../language/system.ts';
import { follow } from '../follow.ts';
import { Machine, type MachineState, stateKey } from '../machine.ts';
import { actionText } from '../operation-text.ts';
import type { Replay } from '../replay.ts';
import { traceStep } from '../trace.ts';
import { breaks } from './breaks.ts';
import { brokenRules, type CycleStep } from './fair-cycle.ts';

/**
 * Histories of a program are finite, and a loop decides on the next one; so it comes back to one
 * after some rounds, where the automaton is back after the first.
 */
const ROUNDS_MAX = 1_000;

/**
 * Runs a lasso by the generators: the moves of the prefix, then those of the loop round after round
 * until the whole state is one that it was before. That is a run without end, which is judged from
 * scratch: whether it is fair, and whether it breaks the claim.
 *
 * @throws ModelError if the system breaks the contract on the way
 */
export function replayLasso(
  system: System,
  claim: LivenessClaim,
  prefix: readonly Move[],
  loop: readonly Move[],
): Replay {
  const machine = new Machine(system);
  const run = new LassoRun(machine);
  for (const [at, move] of prefix.entries()) {
    const found = run.go(move);
    if (found !== undefined) return { result: 'diverged', at, ...found, steps: run.traces };
  }
  const start = run.taken.length;
  const borders = new Map<string, number>();
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const before = borders.get(stateKey(run.state));
    if (before !== undefined && loop.length > 0) {
      return judge(machine, claim, run, start, before, start + loop.length);
    }
    borders.set(stateKey(run.state), run.taken.length);
    for (const [i, move] of loop.entries()) {
      const found = run.go(move);
      const at = prefix.length + i;
      if (found !== undefined) return { result: 'diverged', at, ...found, steps: run.traces };
    }
  }
  return {
    result: 'diverged',
    at: prefix.length + loop.length,
    expected: 'the loop to come back to a state in which it was before',
    found: loop.length === 0 ? 'no moves of a loop' : `none within ${ROUNDS_MAX} rounds`,
    steps: run.traces,
  };
}

class LassoRun {
  readonly taken: CycleStep[] = [];
  readonly traces: TraceStep[] = [];
  state: MachineState;
  private readonly machine: Machine;

  constructor(machine: Machine) {
    this.machine = machine;
    this.state = machine.initial().state;
  }

  /** Makes a move, or says why it is impossible. */
  go(move: Move): { readonly expected: string; readonly found: string } | undefined {
    const { machine, state } = this;
    const followed = follow(machine, state, move);
    if ('divergence' in followed) return followed.divergence;
    const { step } = followed;
    if (step.after === undefined) {
      const found = `a step that ends the run: ${step.failure?.message}`;
      return { expected: 'a step that leads on', found };
    }
    const threads = machine.system.threads.map((_, thread) => thread);
    const enabled = threads.filter((thread) => machine.stepsOf(state, thread).length > 0);
    this.taken.push({ before: state, step, enabled });
    this.traces.push(traceStep(machine, step));
    this.state = step.after;
    return undefined;
  }
}

/**
 * @param start number of the step with which the loop begins
 * @param from number of the step from which on the run repeats itself
 * @param end number of the step behind the first round
 */
function judge(
  machine: Machine,
  claim: LivenessClaim,
  run: LassoRun,
  start: number,
  from: number,
  end: number,
): Replay {
  const cycle = run.taken.slice(from);
  const way = run.taken.slice(0, from + 1).map(({ before }) => before);
  const unfair = brokenRules(machine, claim.fairness, cycle);
  const because = breaks(machine, claim, way, cycle);
  if (unfair.length > 0 || because === undefined) {
    return { result: 'fixed', steps: run.traces.slice(0, end) };
  }
  const loop: LoopReport = {
    steps: run.traces.slice(start, end),
    threads: machine.system.threads.map((_, thread) =>
      partOf(machine, thread, cycle, run.taken.slice(start, end)),
    ),
    changing: changingIn(machine, cycle),
    fairness: claim.fairness,
  };
  return {
    result: 'reproduced',
    because,
    why: { clause: [] },
    steps: run.traces.slice(0, start),
    loop,
  };
}

function partOf(
  { system }: Machine,
  thread: number,
  cycle: readonly CycleStep[],
  round: readonly CycleStep[],
): LoopThread {
  const { name, role } = system.threads[thread]!;
  const steps = round.filter(({ step }) => step.move.thread === thread).length;
  const who = { thread: name, role, steps };
  if (steps > 0) return { ...who, does: 'runs' };
  const place = cycle[0]?.before.places[thread];
  if (place?.operation === undefined) return { ...who, does: 'finished' };
  const times = cycle.filter(({ enabled }) => enabled.includes(thread)).length;
  const { label } = place.operation;
  const action = actionText(place.operation);
  const before = label === undefined ? action : `${label}: ${action}`;
  if (times === 0) return { ...who, does: 'waits', before };
  const always = times === cycle.length;
  return { ...who, does: always ? 'could always move' : 'could move at times', before };
}

function changingIn({ system }: Machine, cycle: readonly CycleStep[]): readonly string[] {
  const [first] = cycle;
  return system.shared.variables
    .filter((_, slot) =>
      cycle.some(({ before }) => before.values[slot] !== first?.before.values[slot]),
    )
    .map(({ name }) => name);
}
