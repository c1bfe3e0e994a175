import type { CompiledProgram, CompiledSystem } from '../automaton/compile.ts';
import type { Inside } from '../language/operation.ts';
import { matchesData } from '../language/position.ts';
import { freezeAndKey, type Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import { type Watch, watchesOf } from '../search/watches.ts';
import { match } from './match.ts';
import type { Renaming } from './renaming.ts';
import { DecisionComparison, type View } from './same-decision.ts';

/**
 * Whether claims speak of the renamed state as they speak of the state. The renaming has to be a
 * bijection on everything.
 */
export class ClaimImages {
  private readonly compiled: CompiledSystem;
  private readonly variables: readonly Variable<Scalar>[];
  private readonly renaming: Renaming;
  private readonly numbers: ReadonlyMap<Variable<Scalar>, number>;
  private readonly watches: readonly Watch[];
  private readonly decisions: DecisionComparison;
  /** Questions about threads by whom they count. */
  private readonly insides = new Map<string, number>();

  constructor(
    compiled: CompiledSystem,
    variables: readonly Variable<Scalar>[],
    renaming: Renaming,
  ) {
    this.compiled = compiled;
    this.variables = variables;
    this.renaming = renaming;
    this.numbers = new Map(variables.map((variable, i) => [variable, i]));
    this.watches = watchesOf(compiled.system);
    this.decisions = new DecisionComparison(this.renamedView(), this.plainView());
  }

  /** The first claim of all states or steps that the renaming does not map to itself. */
  brokenClaim(): string | undefined {
    const { claims } = this.compiled.system;
    return claims.find(({ id }) => !this.mapsInvariant(id) || !this.mapsStepClaim(id))?.id;
  }

  /** Whether the right programs say of the renamed state what the left ones say of the state. */
  samePrograms(left: readonly CompiledProgram[], right: readonly CompiledProgram[]): boolean {
    const same = (l: CompiledProgram, r: CompiledProgram) =>
      l.claim === r.claim && this.decisions.same(l.root, r.root);
    return match(left, right, same);
  }

  private mapsInvariant(id: string): boolean {
    const programs = this.compiled.invariants.filter(({ claim }) => claim === id);
    return this.samePrograms(programs, programs);
  }

  private mapsStepClaim(id: string): boolean {
    const { variables, values } = this.renaming;
    const watches = this.watches.filter(({ claim }) => claim === id);
    return match(watches, watches, (left, right) => {
      const x = this.numbers.get(left.variable)!;
      const image = values[x]!;
      return (
        variables[x] === this.numbers.get(right.variable) &&
        left.allowed.every((row, before) =>
          row.every((allows, after) => allows === right.allowed[image[before]!]![image[after]!]),
        )
      );
    });
  }

  /** Questions are numbered by what they are about in the renamed state. */
  private plainView(): View {
    return {
      variable: (variable) => this.numbers.get(variable)!,
      value: (_, answer) => answer,
      inside: this.insideNumbers((counted) => counted),
    };
  }

  private renamedView(): View {
    const { threads, variables, values, nodes } = this.renaming;
    const back = values.map((images) => {
      const origins = new Array<number>(images.length);
      images.forEach((image, value) => {
        origins[image] = value;
      });
      return origins;
    });
    return {
      variable: (variable) => variables[this.numbers.get(variable)!]!,
      value: (variable, answer) => back[this.numbers.get(variable)!]![answer]!,
      inside: this.insideNumbers((counted) => {
        const image: number[][] = counted.map(() => []);
        counted.forEach((list, thread) => {
          list.forEach((count, node) => {
            image[threads[thread]!]![nodes[thread]![node]!] = count;
          });
        });
        return image;
      }),
    };
  }

  private insideNumbers(
    imageOf: (counted: readonly (readonly number[])[]) => readonly (readonly number[])[],
  ): View['inside'] {
    const known = new Map<string, number>();
    return (question) => {
      const asked = `${question.mark} ${freezeAndKey(question.data, 'data')}`;
      let number = known.get(asked);
      if (number === undefined) {
        const key = JSON.stringify(imageOf(this.countedBy(question)));
        number = this.insides.get(key) ?? this.variables.length + this.insides.size;
        this.insides.set(key, number);
        known.set(asked, number);
      }
      return number;
    };
  }

  /** By thread and visible node, whether a thread there is counted. */
  private countedBy({ mark, data }: Inside): readonly (readonly number[])[] {
    return this.compiled.automata.map(({ nodes, visibleCount }) =>
      nodes
        .slice(0, visibleCount)
        .map(({ positions }) =>
          Number(positions.some((one) => one.mark === mark && matchesData(data, one.data))),
        ),
    );
  }
}
