import { atomic, every, modelled, type Steps, waitUntil } from '../../checker/index.ts';
import type { Kernel } from '../kernel.ts';

/**
 * synchronize_srcu() of `kvm->srcu`: waits for every read section that has begun, and for none that
 * begins later.
 */
export const synchronize_srcu = modelled('synchronize_srcu', function* (kvm: Kernel): Steps<void> {
  const sections = kvm.vcpus.map(({ srcu }) => srcu);
  yield* atomic(function* () {
    for (const srcu of sections) {
      yield* srcu.update((section) => (section === 'inside' ? 'delays' : section));
    }
  });
  yield* waitUntil(every(sections.map((srcu) => srcu.isNot('delays'))));
});
