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
 * For tests: whether a system behaves as before if two of its threads trade names, by bisimulation.
 * Every symmetry by renaming is one of these, but not the other way round.
 */
export function behavesSymmetrically({ states, initial }: StateGraph, a: number, b: number) {
  const trade = (thread: number) => (thread === a ? b : thread === b ? a : thread);
  const list = [...states.values()];
  const keep = (thread: number) => thread;
  const copies = [keep, trade].flatMap((name) => list.map((one) => ({ one, name })));
  const indices = new Map(list.map(({ state }, i) => [keyOf(state), i]));
  let classes = partition(copies.map(({ one }) => `${one.failed}`));
  for (;;) {
    const refined = partition(
      copies.map(({ one, name }, i) => {
        const offset = i < list.length ? 0 : list.length;
        const moves = one.moves.map(({ thread, to, failed }) => {
          const target = to === undefined ? '-' : classes[indices.get(keyOf(to))! + offset];
          return `${name(thread)}>${target}!${failed}`;
        });
        return `${classes[i]} ${[...new Set(moves)].sort()}`;
      }),
    );
    if (new Set(refined).size === new Set(classes).size) break;
    classes = refined;
  }
  const start = indices.get(keyOf(initial))!;
  return classes[start] === classes[start + list.length];
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

function partition(keys: readonly string[]): readonly number[] {
  const numbers = new Map<string, number>();
  return keys.map((key) => {
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key)!;
  });
}
