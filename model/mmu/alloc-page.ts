import { atomic, choose, modelled, type Steps } from '../../checker/index.ts';
import type { Kernel } from '../kernel.ts';

/** An allocation that succeeds. */
export const alloc_page = modelled('alloc_page', function* (_kvm: Kernel): Steps<boolean> {
  return true;
});

/** An allocation that may fail while the scope has failures left. */
export const alloc_page_that_may_fail = modelled(
  'alloc_page',
  function* (kvm: Kernel): Steps<boolean> {
    return yield* atomic(function* () {
      if (!(yield* kvm.failures_left.test((left) => left > 0))) return true;
      if (yield* choose([true, false])) return true;
      yield* kvm.failures_left.update((left) => left - 1);
      return false;
    });
  },
);
