import { ContractError } from '../language/model-error.ts';
import { type Access, DISABLED, type Fill, type PositionMark } from '../language/operation.ts';
import {
  type AutomatonNode,
  type Edge,
  type Event,
  type Position,
  positionKey,
  type Waypoint,
} from './automaton.ts';
import type { LinkedNode } from './link.ts';

/** What the claims of a check read, beyond the variables that threads read. */
export interface Wanted {
  readonly marks: ReadonlySet<string>;
  /** Names of ghost variables. */
  readonly ghosts: ReadonlySet<string>;
  /** Those of the marks of which it matters when a thread leaves the stretch. */
  readonly left: ReadonlySet<string>;
}

/** What the automaton knows at a point that the code there does not say. */
interface Context {
  /** How many atomic blocks are open. */
  readonly atomicDepth: number;
  /** The first operation of the block is done. */
  readonly underWay: boolean;
  readonly positions: readonly Position[];
  /** Lock sides held, in order of acquisition. */
  readonly held: readonly string[];
}

const START: Context = { atomicDepth: 0, underWay: false, positions: [], held: [] };

/** An automaton before minimization; node 0 is the entry. */
export interface Resolved {
  readonly nodes: readonly AutomatonNode[];
  readonly entryEvents: readonly Event[];
  readonly entryWaypoints: readonly Waypoint[];
}

/**
 * Removes what is no step (block borders, marks, jumps, ghosts nobody reads) by following it, and
 * checks on the way what needs the whole path: locks are given back by who holds them, only the
 * first operation of an atomic block waits, a loop does something.
 *
 * @throws ContractError
 */
export function resolve(thread: string, root: LinkedNode, wanted: Wanted): Resolved {
  const indices = new Map<string, number>();
  const queue: { node: LinkedNode; context: Context }[] = [];

  const settle = (from: LinkedNode, before: Context): Edge => {
    const events: Event[] = [];
    const waypoints: Waypoint[] = [];
    const seen = new Set<string>();
    let [node, context] = [from, before];
    for (;;) {
      checkGhost(thread, node, context);
      if (node.what.kind === 'waypoint') waypoints.push(node.what);
      const passed = passThrough(node, context, wanted, events);
      if (passed === undefined) break;
      const key = `${node.id}|${contextKey(context)}`;
      if (seen.has(key)) {
        throw new ContractError(
          `${thread} repeats a loop that does nothing; expected an operation in each turn`,
        );
      }
      seen.add(key);
      context = passed;
      node = node.targets[0] as LinkedNode;
    }
    const key = `${node.id}|${contextKey(context)}`;
    let target = indices.get(key);
    if (target === undefined) {
      target = queue.length;
      indices.set(key, target);
      queue.push({ node, context });
    }
    return { target, events, waypoints };
  };

  const { events: entryEvents, waypoints: entryWaypoints } = settle(root, START);
  const nodes: AutomatonNode[] = [];
  for (let i = 0; i < queue.length; i++) {
    const { node, context } = queue[i] as (typeof queue)[number];
    const action = actionOf(thread, node, wanted);
    const interior = context.underWay;
    check(thread, action, node.label, context);
    const after = afterwards(thread, action, context);
    const edges = node.targets.map((target) => settle(target, after));
    const { label, functionName } = node;
    nodes.push({ action, label, functionName, interior, positions: context.positions, edges });
  }
  return { nodes, entryEvents, entryWaypoints };
}

function contextKey({ atomicDepth, underWay, positions, held }: Context): string {
  return `${atomicDepth}${underWay}${positionsKey(positions)}${held.join()}`;
}

/** A text that is equal exactly for equal positions. */
export function positionsKey(positions: readonly Position[]): string {
  return positions.map((position) => `${positionKey(position)};`).join('');
}

/** The context behind a node that is no step; `undefined` for one that is. */
function passThrough(
  { what }: LinkedNode,
  context: Context,
  wanted: Wanted,
  events: Event[],
): Context | undefined {
  switch (what.kind) {
    case 'jump':
    case 'waypoint':
      return context;
    case 'event':
      events.push(what.event);
      return context;
    case 'passed':
      events.push(what);
      return context;
    case 'atomic': {
      const atomicDepth = context.atomicDepth + (what.edge === 'begin' ? 1 : -1);
      return { ...context, atomicDepth, underWay: atomicDepth > 0 && context.underWay };
    }
    case 'position': {
      if (!wanted.marks.has(what.mark)) return context;
      const positions = move(context.positions, what);
      const key = positionKey(what);
      const left = what.edge === 'leave' && !positions.some((one) => positionKey(one) === key);
      if (left && wanted.left.has(what.mark)) {
        events.push({ kind: 'left', mark: what.mark, data: what.data });
      }
      return { ...context, positions };
    }
    case 'access':
      return what.variable.ghost && !wanted.ghosts.has(what.variable.name) ? context : undefined;
    case 'fill':
      return withoutGhosts(what, wanted).variables.length === 0 ? context : undefined;
    default:
      return undefined;
  }
}

function move(positions: readonly Position[], mark: PositionMark): readonly Position[] {
  if (mark.edge === 'enter') return [...positions, { mark: mark.mark, data: mark.data }];
  const last = positions.findLastIndex((position) => position.mark === mark.mark);
  return positions.toSpliced(last, 1);
}

function withoutGhosts(action: Fill, { ghosts }: Wanted): Fill {
  const kept = action.variables.map(({ ghost, name }) => !ghost || ghosts.has(name));
  return kept.every(Boolean)
    ? action
    : {
        kind: 'fill',
        variables: action.variables.filter((_, i) => kept[i]),
        to: action.to.filter((_, i) => kept[i]),
      };
}

function actionOf(thread: string, { what }: LinkedNode, wanted: Wanted): AutomatonNode['action'] {
  switch (what.kind) {
    case 'fill':
      return withoutGhosts(what, wanted);
    case 'access':
    case 'test':
    case 'choose':
    case 'failure':
    case 'finished':
    case 'crash':
      return what;
    case 'inside':
      throw new ContractError(`${thread} asks who is inside ${what.mark}; only claims may ask`);
    default:
      throw new Error(`${what.kind} should have been passed through`);
  }
}

function check(
  thread: string,
  action: AutomatonNode['action'],
  label: string | undefined,
  context: Context,
): void {
  const place = `${thread}${label === undefined ? '' : ` at ${label}`}`;
  if (context.underWay && mayWait(action)) {
    throw new ContractError(
      `${place}: the middle of an atomic block may wait (${actionKeyOf(action)}); ` +
        'expected it to come first in the block',
    );
  }
  if (action.kind === 'finished' && context.held.length > 0) {
    throw new ContractError(`${thread} finishes while it holds ${context.held.join(', ')}`);
  }
}

/**
 * A ghost may not change what the threads do: neither by its value nor by being a step. This is
 * checked even where nobody reads it, as the same schedule must run whichever claims are chosen.
 */
function checkGhost(thread: string, { what, label }: LinkedNode, context: Context): void {
  const place = `${thread}${label === undefined ? '' : ` at ${label}`}`;
  const read = ghostRead(what);
  if (read !== undefined) {
    throw new ContractError(
      `${place} depends on the ghost variable ${read}; expected only claims to read it`,
    );
  }
  const written =
    what.kind === 'access' ? [what.variable] : what.kind === 'fill' ? what.variables : [];
  const ghost = written.find((variable) => variable.ghost);
  if (ghost !== undefined && !context.underWay && written.every((variable) => variable.ghost)) {
    throw new ContractError(
      `${place} changes the ghost variable ${ghost.name} in a step of its own; ` +
        'expected it in an atomic block behind another operation',
    );
  }
}

function actionKeyOf(action: AutomatonNode['action']): string {
  return action.kind === 'access' ? `${action.verb} ${action.variable.name}` : action.kind;
}

function mayWait(action: LinkedNode['what']): boolean {
  if (action.kind === 'test') return action.waits;
  // A release is only reached by a thread that holds the lock, so it never waits.
  return action.kind === 'access' && action.lock?.change !== -1 && action.next.includes(DISABLED);
}

function ghostRead(action: LinkedNode['what']): string | undefined {
  if (action.kind === 'test') return action.terms.find((t) => t.variable.ghost)?.variable.name;
  if (action.kind !== 'access' || !action.variable.ghost) return undefined;
  return action.results.length > 1 || mayWait(action) ? action.variable.name : undefined;
}

function afterwards(thread: string, action: AutomatonNode['action'], context: Context): Context {
  const underWay = context.atomicDepth > 0;
  const lock = action.kind === 'access' ? action.lock : undefined;
  return { ...context, underWay, held: holding(thread, lock, context.held) };
}

function holding(thread: string, lock: Access['lock'], held: readonly string[]): readonly string[] {
  if (lock === undefined) return held;
  const name = lock.side.identity;
  if (lock.change === 1) return [...held, name];
  const last = held.lastIndexOf(name);
  if (last < 0) {
    throw new ContractError(
      `${thread} releases ${name}, which it does not hold; expected every lock to be given back ` +
        'once, by the thread that took it, and a dropped one to be taken again first',
    );
  }
  return held.toSpliced(last, 1);
}
