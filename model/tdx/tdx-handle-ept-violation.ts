import {
  atomic,
  branch,
  choose,
  done,
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
    if ((yield* kvm.tdx_check_accept_level(kvm, vcpu, exit).at('A4')) !== 0) return RET_PF_RETRY;

    return yield* retry_locally(kvm, vcpu, exit.gfn);
  },
);

/** A6: faults again until that comes to something, or the vCPU has something else to do. */
export function* retry_locally(kvm: Kernel, vcpu: Vcpu, gfn: Gfn): Steps<number> {
  const fault: Fault = { gfn, prefetch: false };
  return yield* loop(undefined, function* () {
    const ret = yield* kvm.kvm_tdp_mmu_page_fault(kvm, vcpu, fault).at('A6a');
    if (ret !== RET_PF_RETRY) {
      yield* branch('A6b');
      return done(ret);
    }
    switch (yield* reason_to_leave(kvm)) {
      case 'event':
        return done(RET_PF_RETRY);
      case 'dead':
        return done(-EIO);
      case 'none':
        return next(undefined);
    }
  });
}

/** A6c, a free choice as events and signals come at any time, and A6d, in one step. */
export function* reason_to_leave(kvm: Kernel): Steps<'event' | 'dead' | 'none'> {
  return yield* atomic(function* () {
    if (yield* choose([false, true]).at('A6c')) return 'event';
    return (yield* kvm.vm_dead.read().at('A6d')) ? 'dead' : 'none';
  });
}
