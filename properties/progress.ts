import { inside, type LivenessClaim, leaves, noCycle } from '../checker/index.ts';
import { EXITED, REENTERING, type Reentering } from '../model/guest/run-vcpu.ts';
import type { Turn } from '../model/guest/turn.ts';
import type { Kernel } from '../model/kernel.ts';
import type { Vcpu } from '../model/memory.ts';
import { ACCEPT_STEP, LOCAL_RETRY } from '../model/tdx/tdx-handle-ept-violation.ts';

/**
 * What must happen in the end, if vCPUs that can run do, and mmu_lock has a queue. x86 has queued
 * rwlocks, so a waiting writer holds new readers back (domain.md 7 item 9). To model the queue
 * would multiply the states; that nobody is overtaken for ever says the same of infinite runs, as
 * it is up to the scheduler how late a vCPU comes to the queue. Strongly fair grants would be less:
 * readers that overlap for ever keep a writer out, as the lock is never free. Zaps and failures are
 * finite by the scope. A guest that is interrupted (A6c) may be so for ever.
 */
export function progress(kvm: Kernel): readonly LivenessClaim[] {
  return [
    leaves<Turn>(
      {
        id: 'L1',
        fairness: 'locks',
        sentence: 'An ACCEPT of the guest that exits gets a result in the end.',
        source: "domain.md 8.3 L1; Yan Zhao, 7 Aug 2025: else 'repeated faults'",
        blindSpot: 'A guest that does not execute the instruction again, or for ever does so anew.',
      },
      EXITED,
      ({ does }) => does === 'accept',
    ),
    noCycle(
      {
        id: 'L2',
        fairness: 'locks',
        sentence:
          'Between two exits of a vCPU for the same ACCEPT something has changed: there is no ' +
          'cycle of states in which it executes an ACCEPT again.',
        source: 'domain.md 8.3 L2',
        blindSpot: 'A change that does not help.',
      },
      kvm.vcpus,
      function* ({ id }: Vcpu) {
        const again: Reentering = { vcpu: id, does: 'accept' };
        return (yield* inside(REENTERING, again)) > 0;
      },
      function* () {
        return false;
      },
      ({ id }) => `vCPU${id}`,
      ({ id }) => `vCPU${id} executes an ACCEPT again, and all is as it was when it last did`,
    ),
    leaves(
      {
        id: 'L3',
        fairness: 'locks',
        sentence: 'The loop that faults again without an exit ends.',
        source: 'domain.md 8.3 L3',
        blindSpot: 'That of a prefault.',
      },
      LOCAL_RETRY,
    ),
    leaves(
      {
        id: 'L4',
        fairness: 'locks',
        sentence: 'The accept step ends.',
        source: 'domain.md 8.3 L4',
      },
      ACCEPT_STEP,
    ),
  ];
}
