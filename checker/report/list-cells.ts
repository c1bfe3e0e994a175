import type { TraceOperation, TraceStep } from '../check/result.ts';
import type { ListStyle } from '../language/list-style.ts';
import { type CallNode, callTrees } from './call-tree.ts';
import type { Run } from './list-run.ts';
import type { Cell } from './trace-cells.ts';

/** A diagram for the list shows no more events than this, if it can: calls and operations. */
export const EVENTS_MAX = 20;

/** What stands at the end of a loop. */
const ROUND_AGAIN = '(for ever)';

/** A diagram before it is drawn. */
export interface Diagram {
  readonly cells: readonly Cell[];
  /** Names of the variables that are spoken of, locks left out. */
  readonly named: readonly string[];
  /** What stands in parentheses below each thread. */
  readonly roles: ReadonlyMap<string, string>;
  /** Steps that touch nothing shared, and are not shown. */
  readonly folded: number;
  /** Steps that do, but are not what the failure is about, and are not shown either. */
  readonly omitted: number;
}

/**
 * How much an operation matters.
 *
 * - `why`: it is part of the failing clause or of the race window, or ends the trace or decides its
 *   end, or says what a thread is asked to do.
 * - `change`: it changes what another thread or the failing clause depends on.
 * - `lock`: it takes a lock or gives it back.
 * - `look`: it looks at what another thread changes.
 * - `own`: none of these.
 */
const RANKS = ['why', 'change', 'lock', 'look', 'own'] as const;
type Rank = (typeof RANKS)[number];

interface Event {
  readonly thread: string;
  /** From 1. */
  readonly step: number;
  readonly frames: TraceOperation['frames'];
  readonly operation: TraceOperation;
  readonly rank: Rank;
}

/**
 * What a report for the list shows of a run: all steps that touch something shared, or fewer where
 * that would be more than `EVENTS_MAX` events.
 */
export function listDiagram(run: Run, style: ListStyle): Diagram {
  const events = eventsOf(run);
  const shown = (['look', 'lock', 'change', 'why'] as const).map((least) =>
    diagramOf(
      run,
      events.filter(({ rank }) => RANKS.indexOf(rank) <= RANKS.indexOf(least)),
      events,
      style,
    ),
  );
  return shown.find((diagram) => eventCount(diagram) <= EVENTS_MAX) ?? shown.at(-1)!;
}

/** How many calls and operations a diagram shows. */
export function eventCount({ cells }: Pick<Diagram, 'cells'>): number {
  return cells.filter(({ text }) => text !== '...' && text !== ROUND_AGAIN).length;
}

function eventsOf(run: Run): readonly Event[] {
  const { steps, why, loopStart } = run;
  const shared = sharedVariables(run);
  const { window } = why;
  const looked = lookedAtLast(run);
  const decisive = new Set([
    ...why.clause.map(({ since }) => since),
    ...(window === undefined ? [] : [window.read, window.stale, window.acted ?? 0]),
    // Where the values come from that the last step goes by, or the loop.
    ...looked.map((variable) => 1 + steps.findLastIndex(changes(variable))),
    ...(loopStart === undefined ? [steps.length] : []),
  ]);
  return steps.flatMap(({ thread, operations }, i) =>
    operations.map((operation, at): Event => {
      const { frames, reads, writes } = operation;
      const isLast = at === operations.length - 1 && i === steps.length - 1;
      const touched = [...reads, ...writes].map(({ variable }) => variable);
      const touches = touched.some((variable) => shared.has(variable));
      const keeps = i >= (loopStart ?? Infinity) && touched.some((name) => looked.includes(name));
      const decides = keeps || (decisive.has(i + 1) && (touches || isLast));
      const rank = isTask(operation) || decides ? 'why' : rankOf(operation, touches);
      return { thread, step: i + 1, frames, operation, rank };
    }),
  );
}

function rankOf(operation: TraceOperation, touches: boolean): Rank {
  if (isOnLock(operation)) return 'lock';
  if (!touches) return 'own';
  return operation.writes.some(({ from, to }) => from !== to) ? 'change' : 'look';
}

/**
 * What the end goes by, where no race says what matters: what the last step looks at; of a loop,
 * what it looks at and never changes, as long as something before it did.
 */
function lookedAtLast({ steps, why, loopStart }: Run): string[] {
  if (why.window !== undefined) return [];
  if (loopStart === undefined) return steps.at(-1)?.reads.map(({ variable }) => variable) ?? [];
  return lookedAtInLoop(steps, loopStart).filter((name) =>
    steps.slice(0, loopStart).some(changes(name)),
  );
}

function lookedAtInLoop(steps: readonly TraceStep[], loopStart: number): string[] {
  const loop = steps.slice(loopStart);
  const looked = loop.flatMap(({ reads }) => reads.map(({ variable }) => variable));
  return [...new Set(looked)].filter((name) => !loop.some(changes(name)));
}

function changes(variable: string): (step: TraceStep) => boolean {
  return ({ writes }) =>
    writes.some((write) => write.variable === variable && write.from !== write.to);
}

/**
 * What one thread changes and another one touches, what the failing clause speaks of, and maybe
 * what the last step, or the loop, looks at.
 */
function sharedVariables(run: Run): ReadonlySet<string> {
  const { steps, why, loopStart } = run;
  const users = new Map<string, Set<string>>();
  const changed = new Set<string>();
  for (const { thread, reads, writes } of steps) {
    for (const { variable } of [...reads, ...writes]) {
      users.set(variable, (users.get(variable) ?? new Set()).add(thread));
    }
    for (const { variable, from, to } of writes) if (from !== to) changed.add(variable);
  }
  const contended = [...changed].filter((variable) => users.get(variable)!.size > 1);
  const named = why.clause.flatMap(({ variable }) => variable ?? []);
  const looked = loopStart === undefined ? lookedAtLast(run) : lookedAtInLoop(steps, loopStart);
  return new Set([...contended, ...named, ...looked]);
}

/** A choice of the function that a thread runs: what it is asked to do. */
function isTask({ action, frames }: TraceOperation): boolean {
  return action === 'choose' && frames.length === 1;
}

function isOnLock({ action }: TraceOperation): boolean {
  return /^(acquire|release) /.test(action);
}

function diagramOf(
  { steps, why, loopStart }: Run,
  wanted: readonly Event[],
  all: readonly Event[],
  style: ListStyle,
): Diagram {
  const tasks = new Map(
    steps.map(({ thread }) => [
      thread,
      all.filter((event) => event.thread === thread && isTask(event.operation)),
    ]),
  );
  // A thread with one task is called after it.
  const inHeader = (event: Event) =>
    isTask(event.operation) && tasks.get(event.thread)!.length === 1 && event.step !== steps.length;
  const shown = wanted.filter((event) => !inHeader(event));
  const trees = callTrees(shown);
  const begun = new Set<CallNode<Event>>();
  const cells: Cell[] = [];
  const named = new Set<string>();
  let folded = 0;
  let omitted = 0;
  const depths = new Map<string, number>();
  steps.forEach(({ thread }, i) => {
    const step = i + 1;
    const here = shown.filter((event) => event.step === step);
    const hidden = all.filter((event) => event.step === step && !inHeader(event));
    if (here.length === 0) {
      const isOwn = hidden.every(({ rank }) => rank === 'own');
      // A task that is named in the header, and its instruction.
      if (isOwn && all.some((event) => event.step === step && inHeader(event))) return;
      if (isOwn) folded++;
      else omitted++;
      const last = cells.at(-1);
      const goesOn = last?.thread === thread && last.text === '...';
      if (goesOn && i !== loopStart) return;
      cells.push({ thread, step, depth: depths.get(thread) ?? 0, text: '...' });
      return;
    }
    for (const event of here) {
      const node = trees.get(event)!;
      for (const call of pathTo(node)) {
        if (begun.has(call) || isOneLine(call)) continue;
        begun.add(call);
        cells.push({ thread, step, depth: call.depth, text: `${call.frame!.name}()` });
      }
      const depth = node.frame === undefined || isOneLine(node) ? node.depth : node.depth + 1;
      const cell = isOneLine(node) ? wordsOfCall(node, event, style) : wordsOf(event, style);
      const stale =
        why.window?.stale === step &&
        event.operation.writes.some(({ variable }) => variable === why.window?.variable)
          ? `${why.window.thread} is stale`
          : undefined;
      const remark = [cell.remark, stale].filter((part) => part !== undefined).join(': ');
      cells.push({ thread, step, depth, text: cell.text, ...(remark === '' ? {} : { remark }) });
      depths.set(thread, depth);
      for (const name of spokenOf(event.operation, `${cell.text} ${remark}`)) named.add(name);
    }
  });
  if (loopStart !== undefined) {
    const { thread } = steps.at(-1)!;
    cells.push({ thread, step: steps.length, depth: 0, text: ROUND_AGAIN });
  }
  return { cells, named: [...named], roles: rolesOf(steps, tasks), folded, omitted };
}

/** The variables of an operation whose names stand in the words for it. */
function spokenOf(operation: TraceOperation, words: string): string[] {
  if (isOnLock(operation)) return [];
  return [...operation.reads, ...operation.writes]
    .map(({ variable }) => variable)
    .filter((variable) => words.split(/[ :,]/).includes(variable));
}

function rolesOf(
  steps: readonly TraceStep[],
  tasks: ReadonlyMap<string, readonly Event[]>,
): ReadonlyMap<string, string> {
  return new Map(
    steps.map(({ thread, role }) => {
      const [task, ...more] = tasks.get(thread) ?? [];
      const result = more.length === 0 ? task?.operation.result : undefined;
      return [thread, result ?? role];
    }),
  );
}

/** The calls around, outermost first, with the call itself; those without a name left out. */
function pathTo(node: CallNode<Event>): readonly CallNode<Event>[] {
  const before = node.parent === undefined ? [] : pathTo(node.parent);
  return node.frame === undefined ? before : [...before, node];
}

/** Whether a call is shown with the only thing that happens in it. */
function isOneLine({ frame, children }: CallNode<Event>): boolean {
  const [only] = children;
  if (frame === undefined || only === undefined || children.length > 1) return false;
  return 'operation' in only && !isOnLock(only.operation);
}

type Words = Pick<Cell, 'text' | 'remark'>;

/** `name()  // what happens in it`. */
function wordsOfCall({ frame }: CallNode<Event>, { operation }: Event, style: ListStyle): Words {
  const { action, result, reads, writes } = operation;
  const [change] = writes;
  const [look] = reads;
  const remark =
    style.wording[action] ??
    (change !== undefined && writes.length === 1
      ? `${change.variable}: ${change.from} -> ${change.to}`
      : look !== undefined && reads.length === 1
        ? `${look.variable} is ${look.value}`
        : (result ?? action));
  return { text: `${frame!.name}()`, remark };
}

/** An operation as a line of its own. */
function wordsOf({ operation }: Event, { wording }: ListStyle): Words {
  const { action, result, reads, writes } = operation;
  const known = wording[action];
  if (known !== undefined) return { text: known };
  if (isTask(operation)) return { text: result ?? action };
  const [verb, variable] = action.split(' ');
  const [change] = writes;
  if (change !== undefined && writes.length === 1) {
    const { from, to } = change;
    if (verb === 'write') return { text: `${variable} = ${to}`, remark: `was ${from}` };
    return { text: action, remark: from === to ? `stays ${from}` : `${from} -> ${to}` };
  }
  const [look] = reads;
  if (look !== undefined && reads.length === 1) return { text: action, remark: look.value };
  return result === undefined ? { text: action } : { text: action, remark: result };
}
