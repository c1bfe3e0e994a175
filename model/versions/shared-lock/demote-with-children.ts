import { atomic, fill, type Steps } from '../../../checker/index.ts';
import { mirror_sptep } from '../../entry.ts';
import { type Gfn, gfns_beside, PG_LEVEL_2M, PG_LEVEL_4K } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';
import type { seamcall_or_bug, seamcall_or_busy } from '../../tdx/seamcall-or-bug.ts';

/**
 * DEMOTE under the read lock, with the parent FROZEN (domain.md 6.6 Z4). The children of the new
 * table were written before; here they appear with DEMOTE, as nobody walks past a FROZEN entry.
 *
 * @param make_call what becomes of a busy module
 */
export function* demote_with_children(
  kvm: Kernel,
  gfn: Gfn,
  make_call: typeof seamcall_or_busy | typeof seamcall_or_bug,
): Steps<number> {
  const children = gfns_beside(kvm.geometry, gfn).map((child) =>
    mirror_sptep(kvm, child, PG_LEVEL_4K),
  );
  return yield* atomic(function* () {
    const ret = yield* make_call(kvm, 'TDH.MEM.PAGE.DEMOTE', gfn, PG_LEVEL_2M, 'F15');
    if (ret === 0) yield* fill(children, 'leaf');
    return ret;
  });
}
