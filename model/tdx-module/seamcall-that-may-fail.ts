import { atomic, choose, modelled, type Steps } from '../../checker/index.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Injection } from '../memory.ts';
import type { Seamcall, SeamcallStatus } from './status.ts';

/** The kinds of failure that a SEAMCALL can be made to answer with. */
export const SEAMCALL_FAILURES: readonly Injection[] = [
  'busy',
  'busy-again',
  'interrupted',
  'seamcall-error',
];

/** A SEAMCALL that may fail, and then does nothing, while the scope has failures left. */
export const seamcall_that_may_fail = modelled(
  'seamcall',
  function* (kvm: Kernel, call: Seamcall, gfn: Gfn, level: Level): Steps<SeamcallStatus> {
    const { seamcall_of_module } = kvm;
    if (seamcall_of_module === undefined) throw new TypeError('no module is there; expected one');
    return yield* atomic(function* () {
      if (yield* kvm.failures_left.test((left) => left > 0)) {
        const failures = yield* failures_of(kvm, call);
        const failure = yield* choose(['none', ...failures]);
        if (failure !== 'none') {
          yield* kvm.failures_left.update((left) => left - 1);
          return failure;
        }
      }
      return yield* seamcall_of_module(kvm, call, gfn, level);
    });
  },
);

/** What a call may answer now, by the kinds of failure that are injected. */
function* failures_of(kvm: Kernel, call: Seamcall): Steps<readonly SeamcallStatus[]> {
  const chosen = (kind: Injection) => kvm.injected.includes(kind);
  const busy = chosen('busy-again') || (chosen('busy') && (yield* vcpus_may_hold_locks(kvm)));
  return [
    ...(busy ? (['TDX_OPERAND_BUSY'] as const) : []),
    ...(chosen('interrupted') && call === 'TDH.MEM.PAGE.DEMOTE'
      ? (['TDX_INTERRUPTED_RESTARTABLE'] as const)
      : []),
    ...(chosen('seamcall-error') ? (['TDX_SEAMCALL_VMFAILINVALID'] as const) : []),
  ];
}

/** Whether a vCPU may be in the guest or on its way there, with a lock of the module. */
function* vcpus_may_hold_locks(kvm: Kernel): Steps<boolean> {
  return yield* kvm.wait_for_sept_zap.test((kept_out) => !kept_out);
}
