import { DEADLOCK } from '../language/claim.ts';
import type { System } from '../language/system.ts';
import { Expander } from '../search/expander.ts';
import { type Prepared, prepare, Search } from '../search/explore.ts';
import type { Field } from '../search/layout.ts';
import { StateJudge } from '../search/state-judge.ts';
import { StepJudge } from '../search/step-judge.ts';
import type { PlainState } from './canonical.ts';

/** One transition. A failed assertion leads nowhere. */
export interface GraphMove {
  readonly thread: number;
  readonly to: PlainState | undefined;
  /** The claims that fail with it. */
  readonly failed: readonly string[];
}

export interface GraphState {
  readonly state: PlainState;
  readonly level: number;
  /** The claims that fail in it. */
  readonly failed: readonly string[];
  readonly moves: readonly GraphMove[];
}

/** For tests: every reachable state by `keyOf`, as the search without symmetry sees them. */
export interface StateGraph {
  readonly prepared: Prepared;
  readonly initial: PlainState;
  readonly states: ReadonlyMap<string, GraphState>;
}

export function keyOf({ values, nodes }: PlainState): string {
  return `${values}|${nodes}`;
}

/** Explores a system; `undefined` if it has more states than `statesMax`. */
export function stateGraph(system: System, statesMax = Infinity): StateGraph | undefined {
  const prepared = prepare(system);
  const { compiled, layout, code } = prepared;
  const { wordCount } = layout;
  const onProgress = () => 'continue' as const;
  const search = new Search(prepared, { limits: { statesMax }, keepGoing: true, onProgress });
  if (search.run().stopped !== undefined) return undefined;

  const decode = (words: Int32Array, at: number): PlainState => {
    const read = ({ word, shift, mask }: Field) => (words[at + word]! >>> shift) & mask;
    return { values: layout.variableFields.map(read), nodes: layout.threadFields.map(read) };
  };
  const expander = new Expander(compiled, layout, code, true);
  const stateJudge = new StateJudge(compiled, layout);
  const stepJudge = new StepJudge(compiled, layout, code.happenings, stateJudge);
  const claimsOf = (failed: readonly { readonly claim: string }[]) =>
    failed.map(({ claim }) => claim).sort();

  const expand = (log: Int32Array, at: number) => {
    const count = expander.expand(log, at);
    const { successors, movers, suspects, suspectCount } = expander;
    const judged = suspects.slice(0, suspectCount).map((suspect) => {
      const to = suspect.successor * wordCount;
      const failed = claimsOf(stepJudge.judgeStep(suspect, log, at, successors, to));
      return { ...suspect, failed };
    });
    const moves: GraphMove[] = Array.from({ length: count }, (_, i) => ({
      thread: movers[i]!,
      to: decode(successors, i * wordCount),
      failed: judged.find((one) => one.failure === undefined && one.successor === i)?.failed ?? [],
    }));
    for (const { failure, thread, failed } of judged) {
      if (failure !== undefined) moves.push({ thread, to: undefined, failed });
    }
    return moves;
  };

  const states = new Map<string, GraphState>();
  const { slices, levelStarts } = search.store;
  slices.forEach(({ log, count }, slice) => {
    for (let position = 0; position < count; position++) {
      const at = position * wordCount;
      const state = decode(log, at);
      const moves = expand(log, at);
      const failed = claimsOf(stateJudge.judge(log, at));
      if (moves.length === 0 && !expander.finished) failed.push(DEADLOCK);
      const level = levelStarts.findLastIndex((starts) => starts[slice]! <= position);
      states.set(keyOf(state), { state, level, failed, moves });
    }
  });
  const initial = [...states.values()].find(({ level }) => level === 0)!.state;
  return { prepared, initial, states };
}
