import type { Judgement } from '../language/claim.ts';
import type { Inside, Operation, Steps } from '../language/operation.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import { runClaim } from './claim-run.ts';
import type { Machine, MachineState } from './machine.ts';
import { slotOf } from './perform.ts';

/** What a program of a claim fails for. */
export interface FailingClause {
  readonly variables: readonly Variable<Scalar>[];
  /** The threads that it counted. */
  readonly insides: readonly Inside[];
}

/** More runs of a program than this are not worth a shorter clause. */
const RUNS_MAX = 20_000;

/** Thrown where a program looks at a variable whose value is left open. */
class Open {
  readonly variable: Variable<Scalar>;

  constructor(variable: Variable<Scalar>) {
    this.variable = variable;
  }
}

/**
 * The smallest failing clause of a program that fails in `state`: of the variables that it looked
 * at, some that make it fail with the values they have, whatever the values of all others are, and
 * none of which could be left out. Threads stay where they are.
 */
export function failingClause(
  claim: string,
  program: () => Steps<Judgement>,
  machine: Machine,
  state: MachineState,
): FailingClause {
  const looked = new Set<Variable<Scalar>>();
  const insides = new Set<Inside>();
  runClaim(claim, program, machine, state, (operation) => {
    for (const variable of variablesOf(operation)) looked.add(variable);
    if (operation.action.kind === 'inside') insides.add(operation.action);
  });
  let kept = [...looked];
  // What a program asks last is mostly one of several ways to fail; what it asks first, a premise.
  for (const variable of [...looked].reverse()) {
    const fewer = kept.filter((other) => other !== variable);
    if (failsFor(claim, program, machine, state, new Set(fewer))) kept = fewer;
  }
  return { variables: kept, insides: [...insides] };
}

/** Whether the program fails for all values of the variables that are not `fixed`. */
function failsFor(
  claim: string,
  program: () => Steps<Judgement>,
  machine: Machine,
  state: MachineState,
  fixed: ReadonlySet<Variable<Scalar>>,
): boolean {
  let runs = 0;
  const fails = (values: readonly number[], known: ReadonlySet<Variable<Scalar>>): boolean => {
    if (++runs > RUNS_MAX) return false;
    try {
      const judgement = runClaim(claim, program, machine, { ...state, values }, (operation) => {
        const open = variablesOf(operation).find((variable) => !known.has(variable));
        if (open !== undefined) throw new Open(open);
      });
      return judgement === false;
    } catch (error) {
      if (!(error instanceof Open)) throw error;
      const { variable } = error;
      const slot = slotOf(machine.layout, variable, () => `claim ${claim}`);
      const more = new Set([...known, variable]);
      return variable.domain.every((_, value) => fails(values.with(slot, value), more));
    }
  };
  return fails(state.values, fixed);
}

function variablesOf({ action }: Operation): readonly Variable<Scalar>[] {
  if (action.kind === 'access') return [action.variable];
  return action.kind === 'test' ? action.terms.map(({ variable }) => variable) : [];
}
