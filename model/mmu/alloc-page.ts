import { atomic, choose, modelled, type Steps } from '../../checker/index.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';

/** An allocation that succeeds. */
export const alloc_page = modelled('alloc_page', function* (_kvm: Kernel): Steps<boolean> {
  return true;
});

/** An allocation that may fail while the scope has failures left. */
const alloc_page_that_may_fail = modelled('alloc_page', function* (kvm: Kernel): Steps<boolean> {
  return yield* atomic(function* () {
    if (!(yield* kvm.failures_left.test((left) => left > 0))) return true;
    if (yield* choose([true, false])) return true;
    yield* kvm.failures_left.update((left) => left - 1);
    return false;
  });
});

/** One after whose last failure no allocation succeeds any more (domain.md 6.3). */
const alloc_page_until_shortage = modelled('alloc_page', function* (kvm: Kernel): Steps<boolean> {
  return yield* atomic(function* () {
    if (!(yield* kvm.failures_left.test((left) => left > 0))) return false;
    if (yield* choose([true, false])) return true;
    yield* kvm.failures_left.update((left) => left - 1);
    return false;
  });
});

/** What takes the place of `alloc_page`. */
export function failing_alloc_page(
  injected: readonly string[],
): Pick<KernelFunctions, 'alloc_page'> | undefined {
  if (injected.includes('enomem-for-ever')) return { alloc_page: alloc_page_until_shortage };
  return injected.includes('enomem') ? { alloc_page: alloc_page_that_may_fail } : undefined;
}
