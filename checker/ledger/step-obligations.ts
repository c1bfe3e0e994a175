import { resultsOf } from '../automaton/action-key.ts';
import type { AutomatonNode, Edge } from '../automaton/automaton.ts';
import type { CompiledSystem } from '../automaton/compile.ts';
import {
  actionName,
  isGhostly,
  type Passed,
  passageKey,
  stepKey,
  waypointKey,
} from '../engine/coverage.ts';
import { DISABLED, type StepAction } from '../language/operation.ts';
import { showValue } from '../language/value.ts';
import { withFamilies } from './names.ts';
import type { Obligation } from './obligation.ts';

/** One node at which a step stands, with the results that it can have there. */
interface Instance {
  readonly thread: number;
  readonly key: string;
  readonly node: AutomatonNode;
  readonly action: StepAction;
}

/**
 * What the code of a system can do, each of which a check has to have seen: for every step each of
 * its results after which the code goes on differently, for every lock that it was waited for, and
 * every labelled branch and call. Steps of one function and label on variables of one family are
 * one step, whatever the arguments.
 */
export function stepObligations(compiled: CompiledSystem): readonly Obligation[] {
  const steps = new Map<string, Instance[]>();
  const waypoints = new Map<string, Obligation>();
  const pass = ({ waypoints: passed }: Pick<Edge, 'waypoints'>) => {
    for (const { functionName, label } of passed) {
      const name = `${functionName} ${label}`;
      const keys = [waypointKey(functionName, label)];
      waypoints.set(name, { kind: 'branch', name, functionName, keys });
    }
  };
  compiled.automata.forEach(({ nodes, entryWaypoints }, thread) => {
    pass({ waypoints: entryWaypoints });
    for (const node of nodes) {
      const { action, functionName = '', label } = node;
      node.edges.forEach(pass);
      if (action.kind === 'finished' || action.kind === 'crash' || isGhostly(action)) continue;
      const name = nameOf(functionName, label, action);
      const instances = steps.get(name) ?? [];
      steps.set(name, instances);
      const key = stepKey({ functionName, label, action });
      instances.push({ thread, key, node, action });
    }
  });
  return [
    ...waypoints.values(),
    ...[...steps].flatMap(([name, instances]) => obligationsOf(name, instances)),
  ];
}

/** How a step is called, e.g. `kvm_tdp_mmu_map_entry F14 read mirror_2M[]`. */
export function nameOf(
  functionName: string,
  label: string | undefined,
  action: StepAction,
): string {
  return [
    functionName,
    ...(label === undefined ? [] : [label]),
    withFamilies(actionName(action)),
  ].join(' ');
}

function obligationsOf(name: string, instances: readonly Instance[]): readonly Obligation[] {
  const functionName = instances[0]!.node.functionName ?? '';
  const make = (kind: Obligation['kind'], suffix: string, outcomes: readonly Passed[]) => ({
    kind,
    name: name + suffix,
    functionName,
    keys: keysOf(instances, outcomes),
  });
  if (instances.some(({ action }) => action.kind === 'failure')) {
    return [make('step', ' fails', ['fails'])];
  }
  const groups = groupsOf(instances);
  const took = groups.map((results) => {
    const isBranch = groups.length > 1;
    const shown = results.map(({ result }) => showValue(result)).join(' or ');
    return make(isBranch ? 'branch' : 'step', isBranch ? ` = ${shown}` : '', results);
  });
  return isLock(instances) ? [...took, make('wait', ' waits', ['waits'])] : took;
}

type Result = Exclude<Passed, string>;

/** The results of a step, those together after which the code goes on in the same way. */
function groupsOf(instances: readonly Instance[]): readonly (readonly Result[])[] {
  const ways = new Map<string, { readonly result: Result; readonly ways: string[] }>();
  instances.forEach(({ thread, node, action }, i) => {
    resultsOf(action).forEach((result, edge) => {
      const shown = showValue(result);
      const known = ways.get(shown) ?? { result: { result }, ways: [] };
      ways.set(shown, known);
      const { target, waypoints, events } = node.edges[edge]!;
      known.ways.push(JSON.stringify([i, thread, target, waypoints, events.length]));
    });
  });
  const groups = new Map<string, Result[]>();
  for (const { result, ways: list } of ways.values()) {
    const key = list.join();
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()];
}

function keysOf(instances: readonly Instance[], outcomes: readonly Passed[]): readonly string[] {
  const steps = new Set(instances.map(({ key }) => key));
  return [...steps].flatMap((step) => outcomes.map((outcome) => passageKey(step, outcome)));
}

/** Whether the step takes a lock that somebody else may hold. */
function isLock(instances: readonly Instance[]): boolean {
  return instances.some(
    ({ action }) =>
      action.kind === 'access' && action.lock?.change === 1 && action.next.includes(DISABLED),
  );
}
