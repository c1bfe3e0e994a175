import type { Prepared } from '../search/explore.ts';
import type { Passage } from '../search/passages.ts';
import { ACCESS_TABLE } from '../search/thread-code.ts';
import { Components } from './components.ts';

/** From one node of a thread to another, or from one value of a variable to another. */
type Arc = readonly [from: number, to: number];

interface Move {
  readonly cell: number;
  /** Each of them is taken where the passage is. */
  readonly sure: readonly Arc[];
  /** One of them is, for each variable that is filled. */
  readonly possible: readonly Arc[];
}

/**
 * The passages that may lie on a cycle of states, by cell; too many rather than too few. Wherever a
 * cycle of states comes back to where it began, so does each thread in its automaton, and each
 * variable among its values. So what leaves a component of one of these small graphs for good is on
 * no cycle; without it there are fewer arcs, and so on until nothing has to go.
 *
 * @param isTaken whether a passage occurs in a run at all; may answer yes for others too
 */
export function repeatable(
  prepared: Prepared,
  isTaken: (cell: number, passage: Passage) => boolean,
): ReadonlySet<number> {
  const places = new Places(prepared);
  let moves = [...prepared.code.passages].flatMap(([cell, passage]) =>
    isTaken(cell, passage) ? places.moveOf(cell, passage) : [],
  );
  for (let before = Infinity; moves.length < before; ) {
    before = moves.length;
    const arcs = moves.flatMap(({ sure, possible }) => [...sure, ...possible]);
    const partOf = componentsOf(places.count, arcs);
    moves = moves.filter(({ sure }) => sure.every(([from, to]) => partOf[from] === partOf[to]));
  }
  return new Set(moves.map(({ cell }) => cell));
}

/** Numbers the nodes of all threads and the values of all variables, one behind the other. */
class Places {
  readonly count: number;
  private readonly prepared: Prepared;
  private readonly threads: readonly number[];
  private readonly variables = new Map<unknown, number>();

  constructor(prepared: Prepared) {
    const { compiled, layout } = prepared;
    this.prepared = prepared;
    let count = 0;
    const next = (size: number) => {
      count += size;
      return count - size;
    };
    this.threads = compiled.automata.map(({ nodes }) => next(nodes.length));
    for (const one of layout.variables) this.variables.set(one, next(one.domain.length));
    this.count = count;
  }

  /** Nothing for a thread that waits or fails. */
  moveOf(cell: number, { thread, node, action, edge }: Passage): Move | [] {
    if (edge === undefined) return [];
    const first = this.threads[thread]!;
    const walk: Arc = [first + node, first + edge.target];
    switch (action.kind) {
      case 'access': {
        const base = this.variables.get(action.variable)!;
        const start = this.prepared.code.starts[thread]![node]!;
        const from = (cell - start - ACCESS_TABLE - 1) / 2;
        return { cell, sure: [walk, [base + from, base + action.next[from]!]], possible: [] };
      }
      case 'fill': {
        const possible = action.variables.flatMap((one, i) => {
          const base = this.variables.get(one)!;
          return one.domain.map((_, from): Arc => [base + from, base + action.to[i]!]);
        });
        return { cell, sure: [walk], possible };
      }
      default:
        return { cell, sure: [walk], possible: [] };
    }
  }
}

/** The number of its component, by place. */
function componentsOf(places: number, arcs: readonly Arc[]): Int32Array {
  const offsets = new Uint32Array(places + 1);
  for (const [from] of arcs) offsets[from + 1]!++;
  for (let place = 0; place < places; place++) offsets[place + 1]! += offsets[place]!;
  const ends = offsets.slice();
  const targets = new Int32Array(arcs.length);
  for (const [from, to] of arcs) targets[ends[from]!++] = to;
  const components = new Components({ states: places, offsets, targets });
  components.decompose(components.beginWithAll());
  return components.part;
}
