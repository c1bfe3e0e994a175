import {
  flagName,
  type Parameters,
  type Scope,
  showParameterValue,
} from '../language/parameter.ts';

/** One way in which a scope can be smaller: a number lowered step by step, or a word left out. */
export interface Dimension {
  readonly parameter: string;
  /** The values from the smallest to that of the scope; of a word, without it and with it. */
  readonly values: readonly (number | string)[];
  /** The flag and value that are one step smaller, for people. */
  readonly smaller: string;
}

/** The scopes that are no bigger than one in any parameter, by how far they are from the least. */
export class Lattice {
  readonly dimensions: readonly Dimension[];
  private readonly scope: Scope;

  /** @param fixed parameters that are not lowered */
  constructor(parameters: Parameters, scope: Scope, fixed: readonly string[] = []) {
    this.scope = scope;
    this.dimensions = Object.entries(parameters).flatMap(([name, parameter]): Dimension[] => {
      if (fixed.includes(name)) return [];
      const value = scope[name] ?? parameter.default;
      const flag = `--${flagName(name)}`;
      if (parameter.kind === 'integer' && typeof value === 'number') {
        const values = Array.from(
          { length: value - parameter.min + 1 },
          (_, i) => parameter.min + i,
        );
        const smaller = `${flag} ${value - 1}`;
        return values.length < 2 ? [] : [{ parameter: name, values, smaller }];
      }
      if (parameter.kind !== 'words' || !Array.isArray(value)) return [];
      return (value as readonly string[]).map((word) => ({
        parameter: name,
        values: ['', word],
        smaller: `${flag} ${showParameterValue(value.filter((other) => other !== word))}`,
      }));
    });
  }

  /** The scope itself. */
  get top(): Point {
    return this.dimensions.map(({ values }) => values.length - 1);
  }

  /** A scope of the lattice. */
  scopeAt(point: Point): Scope {
    const scope: Record<string, Scope[string]> = { ...this.scope };
    this.dimensions.forEach(({ parameter, values }, i) => {
      const value = values[point[i]!]!;
      if (typeof value === 'number') scope[parameter] = value;
      else if (value === '') {
        const gone = values.at(-1);
        scope[parameter] = (scope[parameter] as readonly string[]).filter((word) => word !== gone);
      }
    });
    return scope;
  }

  /** Every point, those with the fewest steps from the smallest first. */
  points(): readonly Point[] {
    let points: Point[] = [[]];
    for (const { values } of this.dimensions) {
      points = points.flatMap((point) => values.map((_, step) => [...point, step]));
    }
    return points.sort((one, other) => sum(one) - sum(other));
  }
}

/** For each dimension the number of steps from the smallest value. */
export type Point = readonly number[];

/** The point that is one step smaller in a dimension, or nothing if there is none. */
export function below(point: Point, dimension: number): Point | undefined {
  return point[dimension]! > 0 ? point.with(dimension, point[dimension]! - 1) : undefined;
}

export function keyOf(point: Point): string {
  return point.join();
}

function sum(point: Point): number {
  return point.reduce((total, step) => total + step, 0);
}
