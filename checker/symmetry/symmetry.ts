import type { CompiledSystem } from '../automaton/compile.ts';
import { variablesRead } from '../automaton/decision.ts';
import { layOut } from '../search/layout.ts';
import { guessSwaps } from './guess.ts';
import { stepsOf } from './steps.ts';
import { composesWith, type ThreadSwap } from './thread-swap.ts';
import type { Outline } from './unifier.ts';
import { verify } from './verify.ts';

/** Threads any of which may be renamed to any other. */
export interface ThreadClass {
  /** Two or more, in order. */
  readonly threads: readonly number[];
  /**
   * Of each two neighbours in `threads`. Together with those of other classes they are verified to
   * compose as swaps do, so every product of them with the same effect on the threads is the same
   * renaming.
   */
  readonly swaps: readonly ThreadSwap[];
}

export interface Symmetry {
  readonly classes: readonly ThreadClass[];
  /** One line for each two threads that were tried and refused. */
  readonly reasons: readonly string[];
}

/** Finds the interchangeable threads of a system, verified on the compiled system alone. */
export function findSymmetry(compiled: CompiledSystem): Symmetry {
  const classes: { threads: number[]; swaps: ThreadSwap[] }[] = [];
  const reasons: string[] = [];
  const { variables } = layOut(compiled);
  const { automata, system, invariants, returns, positions } = compiled;
  const programs = [...invariants, ...[...returns.values(), ...positions.values()].flat()];
  const watched = system.claims.flatMap((claim) => (claim.kind === 'step' ? claim.variables : []));
  const outline: Outline = {
    threadNames: system.threads.map(({ name }) => name),
    variables,
    steps: stepsOf(compiled, variables),
    entries: automata.map(({ entry }) => entry),
    visibleCounts: automata.map(({ visibleCount }) => visibleCount),
    judged: new Set([...programs.flatMap(({ root }) => variablesRead(root)), ...watched]),
  };
  for (const thread of automata.keys()) {
    const others = classes.flatMap(({ swaps }) => swaps);
    const joined = classes.some((one) => {
      const last = one.threads.at(-1)!;
      const swap = findSwap(compiled, outline, last, thread, others);
      if (typeof swap === 'string') {
        reasons.push(`${outline.threadNames[last]} and ${outline.threadNames[thread]}: ${swap}`);
        return false;
      }
      one.threads.push(thread);
      one.swaps.push(swap);
      return true;
    });
    if (!joined) classes.push({ threads: [thread], swaps: [] });
  }
  return { classes: classes.filter(({ threads }) => threads.length > 1), reasons };
}

/** The first guess that is verified, or why the first was not. */
function findSwap(
  compiled: CompiledSystem,
  outline: Outline,
  a: number,
  b: number,
  others: readonly ThreadSwap[],
): ThreadSwap | string {
  let reason: string | undefined;
  for (const guess of guessSwaps(outline, a, b)) {
    if ('conflict' in guess) {
      reason ??= guess.conflict;
      continue;
    }
    const refusal = verify(compiled, outline.variables, outline.steps, guess.renaming);
    if (refusal === undefined) {
      const nodes = guess.renaming.nodes.map((list, t) => list.slice(0, outline.visibleCounts[t]));
      const swap = { a, b, ...guess.renaming, nodes };
      if (composesWith(swap, others)) return swap;
    }
    reason ??= refusal ?? 'this swap does not compose with the others';
  }
  return reason!;
}
