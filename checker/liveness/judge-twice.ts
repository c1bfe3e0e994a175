import type { LoopReport } from '../check/result.ts';
import { naiveLiveness } from '../generators/liveness/naive-liveness.ts';
import { replay } from '../generators/replay.ts';
import { EVERYTHING } from '../generators/tiny-system.ts';
import type { LivenessClaim } from '../language/liveness-claim.ts';
import type { System } from '../language/system.ts';
import { exploreLiveness } from './explore-liveness.ts';

/** For tests: a lasso as the search found it. */
export interface FoundLasso {
  readonly prefix: number;
  readonly loop: number;
  readonly isShortest: boolean;
  /** By thread, what it does while the loop goes round. */
  readonly does: readonly LoopReport['threads'][number]['does'][];
}

/**
 * For tests: the lasso of each claim that fails; by the search, which has to agree with the naive
 * explorer, and by the replay, which has to confirm both.
 */
export function judgeTwice(
  system: System,
  liveness: readonly LivenessClaim[],
): ReadonlyMap<string, FoundLasso> {
  const whole = { ...system, liveness };
  const found = exploreLiveness(whole, EVERYTHING);
  const reference = naiveLiveness(whole, EVERYTHING);
  const failing = ({ violations }: typeof found) => violations.map(({ claim }) => claim).sort();
  if (failing(found).join() !== failing(reference).join()) {
    throw new Error(`the search says ${failing(found)}, the naive explorer ${failing(reference)}`);
  }
  const lassos = new Map<string, FoundLasso>();
  for (const { claim, schedule, loop } of [...reference.violations, ...found.violations]) {
    if (loop === undefined) continue;
    const replayed = replay(whole, claim, schedule, loop.moves);
    if (replayed.result !== 'reproduced' || replayed.loop === undefined) {
      throw new Error(`the replay of ${claim} is ${replayed.result}`);
    }
    lassos.set(claim, {
      prefix: schedule.length,
      loop: loop.moves.length,
      isShortest: loop.isShortest,
      does: replayed.loop.threads.map(({ does }) => does),
    });
  }
  return lassos;
}
