import { type AutomatonNode, type Edge, eventKey, positionKey } from '../automaton/automaton.ts';
import type { CompiledProgram, CompiledSystem } from '../automaton/compile.ts';
import { ASSERTIONS } from '../language/claim.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import { watchesOf } from '../search/watches.ts';
import { failsAlways } from './fails-always.ts';

/** What claims forbid whatever the rest of the state is: where it occurs, a claim fails. */
export class Forbidden {
  private readonly compiled: CompiledSystem;
  private readonly values = new Map<Variable<Scalar>, readonly (string | undefined)[]>();
  private readonly watches: ReturnType<typeof watchesOf>;
  private readonly programs = new Map<string, string | undefined>();

  constructor(compiled: CompiledSystem) {
    this.compiled = compiled;
    this.watches = watchesOf(compiled.system);
  }

  /** The claim that fails wherever an assertion of this node fails. */
  byFailure({ action }: AutomatonNode): string | undefined {
    return action.kind === 'failure' ? (action.claim ?? ASSERTIONS) : undefined;
  }

  /** The claim that fails whenever a thread goes along this edge to `target`. */
  byEdge({ events }: Edge, target: AutomatonNode): string | undefined {
    for (const event of events) {
      if (event.kind !== 'return') continue;
      const key = eventKey(event);
      const claim = this.byProgram(`return ${key}`, this.compiled.returns.get(key));
      if (claim !== undefined) return claim;
    }
    for (const position of target.interior ? [] : target.positions) {
      const key = positionKey(position);
      const claim = this.byProgram(`position ${key}`, this.compiled.positions.get(key));
      if (claim !== undefined) return claim;
    }
    return undefined;
  }

  /** The claim that fails whenever the variable has this value. */
  byValue(variable: Variable<Scalar>, value: number): string | undefined {
    let known = this.values.get(variable);
    if (known === undefined) {
      const { invariants } = this.compiled;
      known = variable.domain.map(
        (_, one) =>
          invariants.find(
            ({ root }) => !failsAlways(root) && failsAlways(root, { variable, value: one }),
          )?.claim,
      );
      this.values.set(variable, known);
    }
    return known[value];
  }

  /** The claim that fails whenever one step changes the variable like this. */
  byChange(variable: Variable<Scalar>, from: number, to: number): string | undefined {
    if (from === to) return undefined;
    return this.watches.find((one) => one.variable === variable && !one.allowed[from]![to])?.claim;
  }

  private byProgram(
    key: string,
    programs: readonly CompiledProgram[] | undefined,
  ): string | undefined {
    if (!this.programs.has(key)) {
      this.programs.set(key, programs?.find(({ root }) => failsAlways(root))?.claim);
    }
    return this.programs.get(key);
  }
}
