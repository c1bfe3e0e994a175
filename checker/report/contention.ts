import type { Automaton, AutomatonNode } from '../automaton/automaton.ts';
import type { CompiledSystem } from '../automaton/compile.ts';
import type { ListStyle } from '../language/list-style.ts';
import { type Access, DISABLED } from '../language/operation.ts';
import { heldAt } from '../ledger/held-locks.ts';
import { withFamilies } from '../ledger/names.ts';
import { TRACE_WIDTH } from './trace-text.ts';
import { wrap } from './wrap.ts';

/** Columns and rule of the tables on the kernel list (report-format.md 4.2). */
const SHARED_COLUMN = 13;
const EXCLUSIVE_COLUMN = 32;
const RULE = '-'.repeat(60);

const LEGEND = [
  '[...] is held whenever the function does this; where nothing stands, no lock',
  'is. A user is listed if its code can do this at all.',
];

/** Who takes something: looks at it or reads under a lock; changes it or writes under a lock. */
type Mode = 'shared' | 'exclusive';

/** One step of one thread that takes a resource. */
interface Use {
  readonly resource: string;
  readonly thread: number;
  readonly mode: Mode;
  readonly functionName: string;
  /** Identities of the lock sides that are held for certain. */
  readonly held: ReadonlySet<string>;
}

/**
 * A table of what threads contend for: resources, shared users and exclusive users, with the locks
 * under which they use it. It is derived from the automata, so a user is listed if its code has
 * such a step at all, whether or not a run ever takes it.
 *
 * @param title what the table is of, in words
 */
export function contentionTable(
  { automata }: Pick<CompiledSystem, 'automata'>,
  title: string,
  { wording }: ListStyle,
): string {
  const uses = automata.flatMap((automaton, thread) => usesIn(automaton, thread));
  const contended = [...new Set(uses.map(({ resource }) => resource))]
    .map((resource) => uses.filter((use) => use.resource === resource))
    .filter(isContended)
    .flat();
  // Elements of an array are one resource for people.
  const names = [...new Set(contended.map(({ resource }) => withFamilies(resource)))].sort();
  const rows = names.flatMap((name) => {
    const own = contended.filter(({ resource }) => withFamilies(resource) === name);
    return [RULE, ...rowsOf(name, own, wording)];
  });
  const shared = `${'Resources'.padEnd(SHARED_COLUMN)}SHARED users`;
  const head = `${shared.padEnd(EXCLUSIVE_COLUMN)}EXCLUSIVE users`;
  const lines = [...wrap(title, TRACE_WIDTH, 2), '', head, ...rows, RULE, '', ...LEGEND];
  return `${lines.join('\n')}\n`;
}

function usesIn(automaton: Automaton, thread: number): readonly Use[] {
  const held = heldAt(automaton);
  return automaton.nodes.flatMap((node, at) =>
    touchedBy(node).map(({ resource, mode }) => ({
      resource,
      mode,
      thread,
      functionName: node.functionName ?? 'the thread',
      held: held[at]!,
    })),
  );
}

/** What the operation at a node uses; giving a lock back is no use of it, and ghosts are none. */
function touchedBy({ action }: AutomatonNode): readonly Pick<Use, 'resource' | 'mode'>[] {
  switch (action.kind) {
    case 'access': {
      const { variable, next, lock } = action;
      if (variable.ghost || lock?.change === -1) return [];
      const isShared = lock === undefined ? next.every(leavesAsIs) : canBeTakenTwice(next);
      return [{ resource: variable.name, mode: isShared ? 'shared' : 'exclusive' }];
    }
    case 'test':
      return action.terms
        .filter(({ variable }) => !variable.ghost)
        .map(({ variable }) => ({ resource: variable.name, mode: 'shared' }));
    case 'fill':
      return action.variables
        .filter(({ ghost }) => !ghost)
        .map(({ name }) => ({ resource: name, mode: 'exclusive' }));
    default:
      return [];
  }
}

function leavesAsIs(to: number, from: number): boolean {
  return to < 0 || to === from;
}

/** Whether somebody else need not wait for a lock that was just taken. */
function canBeTakenTwice(next: Access['next']): boolean {
  return next.some((to) => to >= 0 && next[to] !== DISABLED);
}

/** Several threads use it, and one of them does not share it. */
function isContended(uses: readonly Use[]): boolean {
  const threads = new Set(uses.map(({ thread }) => thread));
  return threads.size > 1 && uses.some(({ mode }) => mode === 'exclusive');
}

function rowsOf(name: string, uses: readonly Use[], wording: ListStyle['wording']): string[] {
  const columns = { shared: SHARED_COLUMN, exclusive: EXCLUSIVE_COLUMN };
  const lines = (['shared', 'exclusive'] as const).flatMap((mode) =>
    usersOf(uses, mode, wording).flatMap((user) =>
      wrap(user, TRACE_WIDTH - columns[mode], 2).map((line) => ' '.repeat(columns[mode]) + line),
    ),
  );
  const [first = '', ...rest] = lines;
  return name.length < SHARED_COLUMN
    ? [name + first.slice(name.length), ...rest]
    : [name, ...lines];
}

/** The functions that use something in a mode, each with the locks that it always holds then. */
function usersOf(
  uses: readonly Use[],
  wanted: Mode,
  wording: ListStyle['wording'],
): readonly string[] {
  const ofMode = uses.filter(({ mode }) => mode === wanted);
  const functions = [...new Set(ofMode.map(({ functionName }) => functionName))].sort();
  return functions.map((functionName) => {
    const own = ofMode.filter((use) => use.functionName === functionName);
    const always = [...own[0]!.held].filter((side) => own.every(({ held }) => held.has(side)));
    const locks = always.sort().map((side) => wording[`acquire ${side}`] ?? side);
    return `${functionName}${locks.length === 0 ? '' : ` [${locks.join(', ')}]`}`;
  });
}
