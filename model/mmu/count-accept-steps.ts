import { atomic, modelled, type Steps } from '../../checker/index.ts';
import { PG_LEVEL_2M, region_of } from '../gfn.ts';
import { holds_region } from '../gfn-range.ts';
import type { GfnRange, Kernel, KernelFunctions } from '../kernel.ts';

/**
 * The helper that splits, which each accept step calls once it has the write lock (B5, B6), with
 * its calls counted for claim U2, behind a look at a variable that nobody writes meanwhile. It is
 * for scopes whose conversions do not call it too.
 */
export function counted({
  kvm_split_cross_boundary_leafs: split,
}: KernelFunctions): Partial<KernelFunctions> {
  const kvm_split_cross_boundary_leafs = modelled(
    'kvm_split_cross_boundary_leafs',
    function* (kvm: Kernel, range: GfnRange): Steps<number> {
      yield* atomic(function* () {
        yield* kvm.mmu_invalidate_in_progress.test(() => true);
        const word = holds_region(kvm.geometry, range, PG_LEVEL_2M)
          ? kvm.ghost.accept_steps_1G
          : kvm.ghost.accept_steps_2M.at(region_of(kvm.geometry, range.start));
        yield* word.update((steps) => Math.min(steps + 1, kvm.vcpus.length + 1));
      });
      return yield* split(kvm, range);
    },
  );
  return { kvm_split_cross_boundary_leafs };
}
