import { type PlainState, rename } from './canonical.ts';
import type { Renaming } from './renaming.ts';
import { type GraphState, keyOf, type StateGraph } from './state-graph.ts';

/** For tests: what a renaming breaks in the reachable states; nothing if it is a symmetry. */
export function brokenBy(graph: StateGraph, renaming: Renaming): string | undefined {
  const { states, initial } = graph;
  if (keyOf(rename(initial, renaming)) !== keyOf(initial)) return 'the initial state';
  for (const [key, from] of states) {
    const image = states.get(keyOf(rename(from.state, renaming)));
    if (image === undefined) return `${key}: its image is not reachable`;
    if (image.level !== from.level) return `${key}: its image is at another level`;
    if (`${image.failed}` !== `${from.failed}`) return `${key}: its image fails other claims`;
    if (`${movesOf(from, renaming)}` !== `${movesOf(image)}`) {
      return `${key}: its image has other successors`;
    }
  }
  return undefined;
}

/** For tests: how many orbits the states have, by closing each under the generators. */
export function orbitCount({ states }: StateGraph, generators: readonly Renaming[]): number {
  const seen = new Set<string>();
  let orbits = 0;
  for (const [key, { state }] of states) {
    if (seen.has(key)) continue;
    orbits++;
    seen.add(key);
    const orbit = [state];
    for (const member of orbit) {
      for (const generator of generators) {
        const image = rename(member, generator);
        if (seen.has(keyOf(image))) continue;
        seen.add(keyOf(image));
        orbit.push(image);
      }
    }
  }
  return orbits;
}

/**
 * For tests: whether some renaming of the nodes makes this renaming of threads, variables and
 * values a symmetry of the reachable states. Nodes are renamed as the first path to them says;
 * where no thread chooses, there is no other way.
 */
export function isSymmetric(graph: StateGraph, given: Omit<Renaming, 'nodes'>): boolean {
  const { states, initial, prepared } = graph;
  const nodes = prepared.compiled.automata.map(({ visibleCount }) =>
    new Array<number>(visibleCount).fill(-1),
  );
  const renaming = { ...given, nodes };
  const learn = (thread: number, node: number, image: number) => {
    if (nodes[thread]![node] === -1) nodes[thread]![node] = image;
  };
  initial.nodes.forEach((node, thread) => {
    learn(thread, node, initial.nodes[given.threads[thread]!]!);
  });
  // The states are in no order that helps, so they are visited as a search does.
  const queue = [initial];
  const seen = new Set([keyOf(initial)]);
  for (const state of queue) {
    const image = states.get(keyOf(rename(state, renaming)));
    for (const { thread, to } of states.get(keyOf(state))!.moves) {
      if (to === undefined || seen.has(keyOf(to))) continue;
      seen.add(keyOf(to));
      queue.push(to);
      const mover = given.threads[thread]!;
      const { values } = rename(to, renaming);
      const taken = nodes[thread]!;
      const match = image?.moves.find(
        (move) =>
          move.thread === mover &&
          `${move.to?.values}` === `${values}` &&
          !taken.includes(move.to!.nodes[mover]!),
      );
      if (match !== undefined) learn(thread, to.nodes[thread]!, match.to!.nodes[mover]!);
    }
  }
  return brokenBy(graph, renaming) === undefined;
}

function movesOf({ moves }: GraphState, renaming?: Renaming): readonly string[] {
  const image = (state: PlainState) => (renaming === undefined ? state : rename(state, renaming));
  return moves
    .map(({ thread, to, failed }) => {
      const mover = renaming === undefined ? thread : renaming.threads[thread];
      return `${mover}>${to === undefined ? '-' : keyOf(image(to))}!${failed}`;
    })
    .sort();
}
