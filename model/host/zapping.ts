import { atomic, during, type Steps } from '../../checker/index.ts';
import { gfns_in } from '../gfn-range.ts';
import type { GfnRange, Kernel } from '../kernel.ts';

/** The marked stretch in which the host holds the write lock and may zap what is in a range. */
export const ZAPPING = 'zapping';

/**
 * Runs `body` with the write lock held. If it returns 0, what it was to zap is gone, and the guest
 * has to accept it again.
 */
export function* zapping(
  kvm: Kernel,
  range: GfnRange,
  label: string,
  body: () => Steps<number>,
): Steps<number> {
  yield* kvm.mmu_lock.writer.acquire().at(label);
  return yield* during(ZAPPING, { start: range.start, end: range.end }, function* () {
    const ret = yield* body();
    yield* atomic(function* () {
      yield* kvm.mmu_lock.writer.release().at(label);
      if (ret !== 0) return;
      for (const gfn of gfns_in(range)) yield* kvm.ghost.accepted.at(gfn).write(false);
    });
    return ret;
  });
}
