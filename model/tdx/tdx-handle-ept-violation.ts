import {
  atomic,
  branch,
  choose,
  done,
  during,
  loop,
  modelled,
  next,
  type Steps,
} from '../../checker/index.ts';
import { EIO, RET_PF_RETRY } from '../errno.ts';
import type { Gfn } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Fault } from '../mmu/fault.ts';
import type { Exit } from './exit.ts';
import { unexpected_pending } from './unexpected-pending.ts';

/**
 * tdx_handle_ept_violation() of a private gfn (domain.md 3.1, A1 to A7). The accept step runs once
 * for each exit; the loop repeats the fault path only.
 */
export const tdx_handle_ept_violation = modelled(
  'tdx_handle_ept_violation',
  function* (kvm: Kernel, vcpu: Vcpu, exit: Exit): Steps<number> {
    if (exit.type === 'PENDING_EPT_VIOLATION') return yield* unexpected_pending(kvm);
    if ((yield* accept_step(kvm, vcpu, exit)) !== 0) return RET_PF_RETRY;

    return yield* retry_locally(kvm, vcpu, exit.gfn);
  },
);

/** A4, in a marked stretch with the exit as data. */
export const ACCEPT_STEP = 'accept step';

export function* accept_step(kvm: Kernel, vcpu: Vcpu, exit: Exit): Steps<number> {
  return yield* during(ACCEPT_STEP, exit, () =>
    kvm.tdx_check_accept_level(kvm, vcpu, exit).at('A4'),
  );
}

/** The marked stretch of the loop that faults again without an exit. */
export const LOCAL_RETRY = 'local retry';

/** A6: faults again until that comes to something, or the vCPU has something else to do. */
export function* retry_locally(kvm: Kernel, vcpu: Vcpu, gfn: Gfn): Steps<number> {
  const fault: Fault = { gfn, prefetch: false };
  const retry = loop<undefined, number>(undefined, function* () {
    const ret = yield* kvm.kvm_tdp_mmu_page_fault(kvm, vcpu, fault).at('A6a');
    if (ret !== RET_PF_RETRY) {
      yield* branch('A6b');
      return done(ret);
    }
    switch (yield* reason_to_leave(kvm, gfn)) {
      case 'event':
      case 'slot':
        return done(RET_PF_RETRY);
      case 'dead':
        return done(-EIO);
      case 'none':
        return next(undefined);
    }
  });
  return yield* during(LOCAL_RETRY, { gfn }, () => retry);
}

/**
 * A6c, a free choice as events and signals come at any time, and A6d, in one step; A6e, without
 * which a slot could not be deleted: that waits for the vCPU to leave, and faults retry till it is
 * done.
 */
export function* reason_to_leave(kvm: Kernel, gfn: Gfn): Steps<'event' | 'dead' | 'slot' | 'none'> {
  const reason = yield* atomic(function* () {
    if (yield* choose([false, true]).at('A6c')) return 'event';
    return (yield* kvm.vm_dead.read().at('A6d')) ? 'dead' : 'none';
  });
  if (reason !== 'none') return reason;
  return (yield* kvm.gfn_to_memslot(kvm, gfn, 'A6e')) === 'INVALID' ? 'slot' : 'none';
}
