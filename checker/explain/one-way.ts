import type { CompiledSystem } from '../automaton/compile.ts';
import { choose } from '../language/choose.ts';
import type { LockSide } from '../language/lock.ts';
import type { StepAction, Steps } from '../language/operation.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import { heldAt } from '../ledger/held-locks.ts';
import { withFamilies } from '../ledger/names.ts';
import type { Parts, Rule, Weakening } from './weakening.ts';

/** Variables that are set at some time, if ever, and then stay as they are. */
export interface OneWayBits {
  /** Their names, as a family: `flag[]`. */
  readonly family: string;
  /** The functions that set them. */
  readonly setBy: ReadonlySet<string>;
  /** The sides of locks that are held wherever they are set, by identity. */
  readonly held: readonly string[];
}

/**
 * The families of variables that every step of a system leaves alone or sets to one and the same
 * value, which is not the first. Ghosts and locks are not among them.
 */
export function oneWayBits({ automata }: CompiledSystem): readonly OneWayBits[] {
  const families = new Map<string, { values: Set<Scalar>; isBit: boolean } & Found>();
  for (const automaton of automata) {
    const held = heldAt(automaton);
    automaton.nodes.forEach(({ action, functionName }, at) => {
      if (action.kind === 'finished' || action.kind === 'crash') return;
      for (const { variable, values } of changesOf(action)) {
        const family = withFamilies(variable.name);
        const found = families.get(family) ?? {
          ...{ values: new Set<Scalar>(), isBit: true, setBy: new Set<string>() },
          held: [...held[at]!],
        };
        families.set(family, found);
        for (const value of values) found.values.add(value);
        found.isBit &&= !variable.ghost && !values.includes(variable.domain[variable.initial]!);
        found.held = found.held.filter((side) => held[at]!.has(side));
        if (functionName !== undefined) found.setBy.add(functionName);
      }
    });
  }
  return [...families]
    .filter(([, { isBit, values }]) => isBit && values.size === 1)
    .map(([family, { setBy, held }]) => ({ family, setBy, held }));
}

interface Found {
  setBy: Set<string>;
  held: readonly string[];
}

/** Which variables a step may give another value, and which. */
function changesOf(
  action: StepAction,
): readonly { readonly variable: Variable<Scalar>; readonly values: readonly Scalar[] }[] {
  if (action.kind === 'fill') {
    return action.variables.map((variable, i) => ({
      variable,
      values: [variable.domain[action.to[i]!]!],
    }));
  }
  if (action.kind !== 'access') return [];
  const { variable, next } = action;
  const values = next.flatMap((to, from) => (to >= 0 && to !== from ? variable.domain[to]! : []));
  return values.length === 0 ? [] : [{ variable, values }];
}

/**
 * The bits can be cleared again: whenever the function begins, one of them may be, under the locks
 * that are held wherever they are set.
 */
export function clearable(
  functionName: string,
  site: string,
  { family, held }: OneWayBits,
): Weakening {
  const rule = ({ variables, sides }: Parts): Rule => {
    const bits = variables.filter(({ name }) => withFamilies(name) === family);
    const locks = held.map((identity) => sides.get(identity)!);
    let isBegun = false;
    return function* (operation) {
      if (!isBegun) {
        isBegun = true;
        const names = bits.map(({ name }) => name);
        const picked = yield* choose(['nothing', ...names], (name) => `clear ${name}`);
        const bit = bits.find(({ name }) => name === picked);
        if (bit !== undefined) yield* clear(bit, locks);
      }
      return yield operation;
    };
  };
  const under = held.length === 0 ? '' : `, under ${held.join(' and ')}`;
  const change = `with ${family} made clearable${under}`;
  return { functionName, kind: 'bit', site, change, summary: `${site} ${change}`, rule };
}

function* clear(bit: Variable<Scalar>, locks: readonly LockSide[]): Steps<void> {
  for (const side of locks) yield* side.acquire();
  yield* bit.write(bit.domain[bit.initial]!);
  for (const side of locks.toReversed()) yield* side.release();
}
