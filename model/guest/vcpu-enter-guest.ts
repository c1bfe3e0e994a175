import { atomic, modelled, type Steps } from '../../checker/index.ts';
import type { Kernel } from '../kernel.ts';
import type { Turn } from './turn.ts';

/** Why an instruction did not come to its end: an exit, and of which type, or an interrupt. */
export type Stop = 'exit' | 'exit: pending' | 'interrupted';

/** What the guest sees at the end of one: a status other than success is a refusal. */
export type Result = 'done' | 'refused';

export function is_stop(outcome: Stop | Result | 'dead'): outcome is Stop {
  return outcome === 'exit' || outcome === 'exit: pending' || outcome === 'interrupted';
}

/**
 * vcpu_enter_guest() and the instruction that the guest executes again after an exit, in one step.
 * A dead VM is not entered (domain.md 4.4, S6.4).
 */
export const vcpu_enter_guest = modelled(
  'vcpu_enter_guest',
  function* (kvm: Kernel, turn: Turn): Steps<Stop | Result | 'dead'> {
    return yield* atomic(function* () {
      if (yield* kvm.vm_dead.read()) return 'dead';
      return yield* execute(kvm, turn);
    });
  },
);

/** Executes the instruction of a turn; a prefault has none. */
export function* execute(kvm: Kernel, turn: Turn): Steps<Stop | Result> {
  switch (turn.does) {
    case 'accept': {
      const result = yield* kvm.tdg_mem_page_accept(kvm, turn.gfn, turn.level);
      if (result === 'exit' || result === 'interrupted') return result;
      return result === 'TDX_SUCCESS' ? 'done' : 'refused';
    }
    case 'release':
      yield* kvm.tdg_mem_page_release(kvm, turn.gfn);
      return 'done';
    case 'touch':
      return yield* kvm.td_access(kvm, turn.gfn);
    case 'prefault':
    case 'stop':
      return 'done';
  }
}
