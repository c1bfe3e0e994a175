import type { Fact, TraceStep, Why } from '../check/result.ts';
import { DEADLOCK, type Judgement } from '../language/claim.ts';
import type { Steps } from '../language/operation.ts';
import { matchesData } from '../language/position.ts';
import { freezeAndKey, type Plain, showValue } from '../language/value.ts';
import { runClaim } from './claim-run.ts';
import { failingClause } from './failing-clause.ts';
import type { Machine, MachineState, Transition } from './machine.ts';
import { actionText } from './operation-text.ts';
import { slotOf } from './perform.ts';
import { raceWindow } from './race-window.ts';
import { positionFails, returnFails } from './wording.ts';

/** A run that ends in a violation. */
export interface FailedRun {
  readonly claim: string;
  readonly because: string;
  /** The state before the first step, and the one after each. */
  readonly states: readonly [MachineState, ...MachineState[]];
  readonly steps: readonly TraceStep[];
  /** Absent if the initial state violates the claim. */
  readonly last: Transition | undefined;
}

/** A program that fails, and what brought it up: the rest of the clause. */
interface Culprit {
  readonly facts: readonly Fact[];
  readonly program?: () => Steps<Judgement>;
}

/** Why the claim fails: the smallest failing clause, and the race that led there. */
export function whyOf(machine: Machine, run: FailedRun): Why {
  const clause = clauseOf(machine, run);
  const variables = clause.flatMap(({ variable }) => variable ?? []);
  const window = raceWindow(run.steps, new Set(variables));
  return window === undefined ? { clause } : { clause, window };
}

function clauseOf(machine: Machine, run: FailedRun): readonly Fact[] {
  const { claim, states } = run;
  const { facts, program } = culpritOf(machine, run);
  if (program === undefined) return facts;
  const state = states.at(-1)!;
  const { variables, insides } = failingClause(claim, program, machine, state);
  return [
    ...facts,
    ...variables.map((variable) => {
      const slot = slotOf(machine.layout, variable, () => `claim ${claim}`);
      const valueIn = ({ values }: MachineState) => values[slot];
      const text = `${variable.name} = ${showValue(variable.domain[state.values[slot]!])}`;
      return { text, variable: variable.name, since: sinceWhen(states, valueIn) };
    }),
    ...insides.map(({ mark, data }) => {
      const countIn = ({ places }: MachineState) =>
        places.filter(({ marks }) =>
          marks.some((other) => other.mark === mark && matchesData(data, other.data)),
        ).length;
      const count = countIn(state);
      const threads = count === 1 ? '1 thread is' : `${count === 0 ? 'no' : count} threads are`;
      const text = `${threads} inside ${stretch(mark, data)}`;
      return { text, since: sinceWhen(states, countIn) };
    }),
  ];
}

/** The first program that fails, in the order in which claims are judged. */
function culpritOf(machine: Machine, run: FailedRun): Culprit {
  const { claim: id, states, steps, last, because } = run;
  const state = states.at(-1)!;
  const whole: Culprit = { facts: [{ text: because, since: steps.length }] };
  const claim = machine.system.claims.find((candidate) => candidate.id === id);
  if (claim === undefined) return id === DEADLOCK ? deadlockOf(machine, run) : whole;
  const fails = (program: () => Steps<Judgement>) =>
    runClaim(id, program, machine, state) === false;
  switch (claim.kind) {
    case 'invariant': {
      const observer = claim.observers.find(({ program }) => fails(program));
      return observer === undefined ? whole : { facts: [], program: observer.program };
    }
    case 'position':
      for (const [thread, { marks }] of state.places.entries()) {
        for (const mark of marks.filter((candidate) => candidate.mark === claim.mark)) {
          const program = () => claim.program(mark.data);
          if (!fails(program)) continue;
          const name = machine.system.threads[thread]!.name;
          const key = keyOf(mark.mark, mark.data);
          const isInside = ({ places }: MachineState) =>
            places[thread]!.marks.some((other) => keyOf(other.mark, other.data) === key);
          const text = positionFails(name, mark).replace(' inside ', ' is inside ');
          return { facts: [{ text, since: sinceWhen(states, isInside) }], program };
        }
      }
      return whole;
    case 'return':
      for (const event of last?.returns ?? []) {
        const program = () => claim.program(event.args, event.result);
        if (event.callee !== claim.callee || !fails(program)) continue;
        const text = returnFails(machine.system.threads[event.thread]!.name, event);
        return { facts: [{ text, since: steps.length }], program };
      }
      return whole;
    case 'step':
    case 'assertion':
      return whole;
  }
}

/** What each thread that has not finished waits for, since its last step. */
function deadlockOf({ system }: Machine, { states, steps }: FailedRun): Culprit {
  const facts = states.at(-1)!.places.flatMap(({ operation }, thread) => {
    if (operation === undefined) return [];
    const { name } = system.threads[thread]!;
    const since = 1 + steps.findLastIndex((step) => step.thread === name);
    return [{ text: `${name} waits: ${actionText(operation)}`, since }];
  });
  return { facts };
}

/** The number of the step since which `look` sees what it sees at the end. */
function sinceWhen(states: readonly MachineState[], look: (state: MachineState) => unknown) {
  const now = look(states.at(-1)!);
  return states.findLastIndex((state) => look(state) !== now) + 1;
}

function stretch(mark: string, data: Plain): string {
  return data === undefined ? mark : `${mark} with ${showValue(data)}`;
}

function keyOf(mark: string, data: Plain): string {
  return `${mark}=${freezeAndKey(data, mark)}`;
}
