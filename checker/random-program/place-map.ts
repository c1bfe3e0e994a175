import { actionKey, resultsOf } from '../automaton/action-key.ts';
import type { Automaton, AutomatonNode, Event } from '../automaton/automaton.ts';
import type { Arrival, Place } from '../generators/place.ts';
import type { ThreadRunner } from '../generators/thread-runner.ts';
import type { Action } from '../language/operation.ts';
import { freezeAndKey } from '../language/value.ts';

/** What the compiler was told to keep. */
export interface Kept {
  /** Names of the ghost variables that some claim reads. */
  readonly ghosts: ReadonlySet<string>;
  /** Identities of the functions whose returns are claimed. */
  readonly callees: ReadonlySet<string>;
  /** Whether some position claim reads the marks. */
  readonly marks: boolean;
}

/** Where a thread is between two operations that the automaton knows. */
interface Stop {
  readonly place: Place;
  /** In the middle of an atomic step. */
  readonly interior: boolean;
  /** What happened since the operation before. */
  readonly events: readonly string[];
}

/**
 * Runs a thread on every sequence of results and follows its automaton beside it. Every place must
 * come to one node, however it was reached, and every node must be come to.
 *
 * @param placesMax give up when there are more places
 * @returns the node of each place at which a step may end; `undefined` if there are too many
 * @throws Error if automaton and generators disagree
 * @throws ModelError if the thread breaks the contract
 */
export function mapPlaces(
  runner: ThreadRunner,
  automaton: Automaton,
  kept: Kept,
  placesMax: number,
): ReadonlyMap<Place, number> | undefined {
  const visible = new Map<Place, number>();
  const interior = new Map<Place, number>();
  const queue: { stop: Stop; node: number }[] = [];

  const reach = (stop: Stop, node: number, events: readonly Event[]) => {
    agree('events', stop.events.join(), events.map(eventText).sort().join());
    const nodes = stop.interior ? interior : visible;
    const known = nodes.get(stop.place);
    if (known !== undefined) return agree('the node of a place', node, known);
    nodes.set(stop.place, node);
    queue.push({ stop, node });
  };

  reach(settle(runner, runner.start(), kept), automaton.entry, automaton.entryEvents);
  for (const { stop, node: number } of queue) {
    if (queue.length > placesMax) return undefined;
    const node = automaton.nodes[number];
    if (node === undefined) throw new Error(`there is no node ${number}`);
    compare(stop, node, kept);
    const { operation } = stop.place;
    if (operation === undefined) continue;
    const results = resultsOf(operation.action);
    agree('the number of results', results.length, node.edges.length);
    results.forEach((result, i) => {
      const edge = node.edges[i];
      if (edge === undefined) throw new Error(`node ${number} has no edge ${i}`);
      const next = settle(runner, runner.resume(stop.place, result), kept);
      reach(next, edge.target, edge.events);
    });
  }
  const hit = new Set([...visible.values(), ...interior.values()]);
  agree('the number of nodes hit', hit.size, automaton.nodes.length);
  return visible;
}

/** Runs through the operations that the compiler leaves out. */
function settle(runner: ThreadRunner, first: Arrival, kept: Kept): Stop {
  const events: string[] = [];
  let arrival = first;
  let stepEnds = false;
  for (;;) {
    events.push(...eventsOf(arrival, kept));
    stepEnds ||= arrival.stepEnds;
    const { place } = arrival;
    if (!isLeftOut(place, kept)) return { place, interior: !stepEnds, events: events.sort() };
    arrival = runner.resume(place, undefined);
  }
}

function isLeftOut({ operation }: Place, { ghosts }: Kept): boolean {
  const action = operation?.action;
  return action?.kind === 'access' && action.variable.ghost && !ghosts.has(action.variable.name);
}

function compare({ place, interior }: Stop, node: AutomatonNode, kept: Kept): void {
  const { operation, crash, frames, marks } = place;
  agree('interior', interior, node.interior);
  if (crash !== undefined) {
    agree('the crash', crash, node.action.kind === 'crash' ? node.action.message : 'none');
    return;
  }
  agree('finished', frames.length === 0, node.action.kind === 'finished');
  if (operation === undefined) return;
  const { action } = node;
  if (action.kind === 'finished' || action.kind === 'crash') throw new Error('no operation');
  agree('the operation', actionKey(withoutGhosts(operation.action, kept)), actionKey(action));
  agree('the label', operation.label, node.label);
  if (!kept.marks && node.positions.length === 0) return;
  agree('the marks', marks.map(markText).join(), node.positions.map(markText).join());
}

function withoutGhosts(action: Action, { ghosts }: Kept): Action {
  if (action.kind !== 'fill') return action;
  const stays = action.variables.map(({ ghost, name }) => !ghost || ghosts.has(name));
  return {
    kind: 'fill',
    variables: action.variables.filter((_, i) => stays[i]),
    to: action.to.filter((_, i) => stays[i]),
  };
}

function eventsOf({ returns, passed }: Arrival, { callees }: Kept): string[] {
  const claimed = returns.filter(({ callee }) => callees.has(callee.identity));
  return [
    ...claimed.map(({ callee, args, result }) => returnText(callee.identity, args, result)),
    ...passed.map((claim) => `passed ${claim}`),
  ];
}

function eventText(event: Event): string {
  switch (event.kind) {
    case 'passed':
      return `passed ${event.claim}`;
    case 'left':
      return `left ${markText(event)}`;
    case 'return':
      return returnText(event.identity, event.args, event.result);
  }
}

function returnText(identity: string, args: readonly unknown[], result: unknown): string {
  const values = args.map((value) => freezeAndKey(value, 'an argument'));
  return `${identity}(${values}) = ${freezeAndKey(result, 'a result')}`;
}

function markText({ mark, data }: { mark: string; data: unknown }): string {
  return `${mark} ${freezeAndKey(data, mark)}`;
}

function agree<T>(what: string, generators: T, automaton: T): void {
  if (generators === automaton) return;
  throw new Error(`${what}: ${generators} by the generators, ${automaton} by the automaton`);
}
