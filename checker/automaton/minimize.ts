import { actionKey } from './action-key.ts';
import { type Automaton, type AutomatonNode, type Edge, eventKey } from './automaton.ts';
import { positionsKey, type Resolved } from './resolve.ts';

/**
 * Merges nodes with equal futures by partition refinement (Moore, "Gedanken-experiments on
 * sequential machines", 1956), and numbers the result canonically: visible nodes first, each group
 * in breadth-first order from the entry.
 */
export function minimize({ nodes, entryEvents, entryWaypoints }: Resolved): Automaton {
  const classes = refine(nodes);
  const representatives: AutomatonNode[] = [];
  classes.forEach((c, i) => {
    representatives[c] ??= nodes[i] as AutomatonNode;
  });
  const order = breadthFirst(representatives, classes);
  const visible = order.filter((c) => !(representatives[c] as AutomatonNode).interior);
  const interior = order.filter((c) => (representatives[c] as AutomatonNode).interior);
  const numbers = new Map([...visible, ...interior].map((c, i) => [c, i]));
  const renumber = (edge: Edge): Edge => ({
    ...edge,
    target: numbers.get(classes[edge.target] as number) as number,
  });
  return {
    nodes: [...visible, ...interior].map((c) => {
      const node = representatives[c] as AutomatonNode;
      return { ...node, edges: node.edges.map(renumber) };
    }),
    visibleCount: visible.length,
    entry: numbers.get(classes[0] as number) as number,
    entryEvents,
    entryWaypoints,
  };
}

function refine(nodes: readonly AutomatonNode[]): readonly number[] {
  let { classes, count } = partition(nodes.map(ownKey));
  for (;;) {
    const refined = partition(
      nodes.map((node, i) => {
        let key = `${classes[i]}`;
        for (const { target } of node.edges) key += `,${classes[target]}`;
        return key;
      }),
    );
    if (refined.count === count) return classes;
    ({ classes, count } = refined);
  }
}

function partition(keys: readonly string[]): { classes: readonly number[]; count: number } {
  const indices = new Map<string, number>();
  const classes = keys.map((key) => {
    let index = indices.get(key);
    if (index === undefined) {
      index = indices.size;
      indices.set(key, index);
    }
    return index;
  });
  return { classes, count: indices.size };
}

/** What a node does, without where it leads. */
function ownKey({
  action,
  label,
  functionName,
  interior,
  positions,
  edges,
}: AutomatonNode): string {
  const does =
    action.kind === 'finished'
      ? 'finished'
      : action.kind === 'crash'
        ? `crash ${action.message}`
        : actionKey(action);
  const along = edges.map(({ events, waypoints }) => [
    events.map(eventKey),
    waypoints.map((one) => [one.functionName, one.label]),
  ]);
  const where = JSON.stringify([functionName, label, along]);
  return `${does}|${interior}|${positionsKey(positions)}|${where}`;
}

function breadthFirst(
  representatives: readonly AutomatonNode[],
  classes: readonly number[],
): readonly number[] {
  const entry = classes[0] as number;
  const order = [entry];
  const seen = new Set(order);
  for (const c of order) {
    for (const { target } of (representatives[c] as AutomatonNode).edges) {
      const to = classes[target] as number;
      if (!seen.has(to)) {
        seen.add(to);
        order.push(to);
      }
    }
  }
  return order;
}
