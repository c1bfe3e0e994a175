import { type Code, get, i32, i64, type Local, NOTHING, type ValueType } from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';

/** More cases than this are told apart by halving the range of the values. */
export const CASES_IN_A_ROW = 4;

/**
 * Runs the case of a value.
 *
 * @param caseOf for each value from 0 on, the number of its case
 * @param cases where there are more than `CASES_IN_A_ROW`, each may be written several times
 * @param type of what the cases leave on the stack, if anything
 */
export function dispatch(
  f: FunctionBuilder,
  value: Local,
  caseOf: readonly number[],
  cases: readonly (() => Code)[],
  type?: ValueType,
): Code {
  const used = [...new Set(caseOf)];
  return used.length > CASES_IN_A_ROW
    ? halve(f, value, 0, caseOf, cases, type)
    : inARow(f, value, caseOf, used, cases, type);
}

function inARow(
  f: FunctionBuilder,
  value: Local,
  caseOf: readonly number[],
  left: readonly number[],
  cases: readonly (() => Code)[],
  type: ValueType | undefined,
): Code {
  const [first, ...others] = left;
  if (first === undefined) return NOTHING;
  if (others.length === 0) return cases[first]!();
  const values = caseOf.flatMap((number, v) => (number === first ? [v] : []));
  return branch(f, type, isOneOf(value, values, caseOf.length), cases[first]!, () =>
    inARow(f, value, caseOf, others, cases, type),
  );
}

function halve(
  f: FunctionBuilder,
  value: Local,
  from: number,
  caseOf: readonly number[],
  cases: readonly (() => Code)[],
  type: ValueType | undefined,
): Code {
  if (caseOf.every((number) => number === caseOf[0])) return cases[caseOf[0]!]!();
  const middle = caseOf.length >> 1;
  const half = (start: number, part: readonly number[]) => () =>
    halve(f, value, from + start, part, cases, type);
  return branch(
    f,
    type,
    i32.lt_u(get(value), i32.const(from + middle)),
    half(0, caseOf.slice(0, middle)),
    half(middle, caseOf.slice(middle)),
  );
}

function branch(
  f: FunctionBuilder,
  type: ValueType | undefined,
  condition: Code,
  then: () => Code,
  otherwise: () => Code,
): Code {
  return type === undefined
    ? f.if(condition, then, otherwise)
    : f.ifValue(type, condition, then, otherwise);
}

/** Whether the value, which is below `size`, is one of `values`, which are in order. */
export function isOneOf(value: Local, values: readonly number[], size: number): Code {
  if (values.length === 0) return i32.const(0);
  if (values.length === size) return i32.const(1);
  if (values.length === 1) return i32.eq(get(value), i32.const(values[0]!));
  if (size <= 64) {
    const bits = values.reduce((mask, v) => mask | (1n << BigInt(v)), 0n);
    return i32.and(i32.wrap(i64.shr_u(i64.const(bits), i64.extend(get(value)))), i32.const(1));
  }
  return runsOf(values)
    .map(([from, to]) => {
      const offset = i32.sub(get(value), i32.const(from));
      return i32.lt_u(offset, i32.const(to - from + 1));
    })
    .reduce((any, one) => i32.or(any, one));
}

/** Numbers in order as runs, first and last of each. */
function runsOf(values: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const v of values) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === v - 1) last[1] = v;
    else runs.push([v, v]);
  }
  return runs;
}
