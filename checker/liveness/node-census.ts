import type { Prepared } from '../search/explore.ts';
import type { States } from './graph.ts';

/**
 * By thread and node, in how many states the thread is there.
 *
 * @returns `counts[thread][node]`
 */
export function nodeCensus({ compiled, layout }: Prepared, states: States): Float64Array[] {
  const counts = compiled.automata.map(({ visibleCount }) => new Float64Array(visibleCount));
  states.each((_, words, at) => {
    for (let thread = 0; thread < counts.length; thread++) {
      const { word, shift, mask } = layout.threadFields[thread]!;
      counts[thread]![(words[at + word]! >>> shift) & mask]!++;
    }
  });
  return counts;
}
