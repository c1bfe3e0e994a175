import { atomic, modelled, type Steps } from '../../checker/index.ts';
import type { Kernel } from '../kernel.ts';
import type { Turn } from './turn.ts';

/** Why an instruction did not come to its end: an exit, and of which type, or an interrupt. */
export type Stop = 'exit' | 'exit: pending' | 'interrupted';

/**
 * vcpu_enter_guest() and the instruction that the guest executes again after an exit, in one step.
 * A dead VM is not entered (domain.md 4.4, S6.4).
 */
export const vcpu_enter_guest = modelled(
  'vcpu_enter_guest',
  function* (kvm: Kernel, turn: Turn): Steps<Stop | 'done' | 'dead'> {
    return yield* atomic(function* () {
      if (yield* kvm.vm_dead.read()) return 'dead';
      return yield* execute(kvm, turn);
    });
  },
);

/** Executes the instruction of a turn; a prefault has none. */
export function* execute(kvm: Kernel, turn: Turn): Steps<Stop | 'done'> {
  switch (turn.does) {
    case 'accept': {
      const result = yield* kvm.tdg_mem_page_accept(kvm, turn.gfn, turn.level);
      return result === 'exit' || result === 'interrupted' ? result : 'done';
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
