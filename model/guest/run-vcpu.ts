import {
  atomic,
  choose,
  done,
  during,
  loop,
  modelled,
  next,
  type Steps,
} from '../../checker/index.ts';
import { EIO } from '../errno.ts';
import { PG_LEVEL_2M, region_of } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Exit } from '../tdx/exit.ts';
import { show_turn, type Turn } from './turn.ts';
import { execute, type Stop } from './vcpu-enter-guest.ts';

/** The marked stretch of a vCPU that has not finished. */
export const RUNNING = 'running';

/** One vCPU: up to `operations` turns of its guest and of the VMM that may prefault it. */
export const run_vcpu = modelled(
  'run_vcpu',
  function* (
    kvm: Kernel,
    vcpu: Vcpu,
    turns: readonly Turn[],
    operations: number,
  ): Steps<undefined> {
    return yield* during(RUNNING, {}, () => take_turns(kvm, vcpu, turns, operations));
  },
);

function* take_turns(
  kvm: Kernel,
  vcpu: Vcpu,
  turns: readonly Turn[],
  operations: number,
): Steps<undefined> {
  return yield* loop(operations, function* (left) {
    if (left === 0) return done(undefined);
    // One step, as an instruction of the guest never waits.
    const { turn, outcome } = yield* atomic(function* () {
      const chosen = yield* choose(turns, show_turn);
      yield* note_accept(kvm, chosen);
      return { turn: chosen, outcome: yield* execute(kvm, chosen) };
    });
    if (turn.does === 'stop') return done(undefined);
    if (turn.does === 'prefault') {
      const ret = yield* kvm.kvm_tdp_map_page(kvm, vcpu, turn.gfn);
      return ret === -EIO ? done(undefined) : next(left - 1);
    }
    if (outcome === 'done') return next(left - 1);
    if ((yield* resume(kvm, vcpu, turn, outcome)) === 'dead') return done(undefined);
    return next(left - 1);
  });
}

/**
 * Handles exits of one instruction until it does not exit or userspace gets an error. Userspace is
 * taken to give up the instruction, not to resume the vCPU.
 */
const resume = modelled(
  'vcpu_run',
  function* (kvm: Kernel, vcpu: Vcpu, turn: Turn, first: Stop): Steps<'done' | 'dead'> {
    return yield* loop(first, function* (stop) {
      if (stop !== 'interrupted') {
        const ret = yield* kvm.tdx_handle_ept_violation(kvm, vcpu, exit_of(turn, stop));
        if (ret <= 0) return done(ret === -EIO ? 'dead' : 'done');
      }
      const outcome = yield* kvm.vcpu_enter_guest(kvm, turn);
      return outcome === 'done' || outcome === 'dead' ? done(outcome) : next(outcome);
    });
  },
);

function* note_accept(kvm: Kernel, turn: Turn): Steps<void> {
  if (turn.does !== 'accept' || turn.level > PG_LEVEL_2M) return;
  const { accepted_at_2M, accepted_at_4K } = kvm.ghost;
  const at_this_size = turn.level === PG_LEVEL_2M ? accepted_at_2M : accepted_at_4K;
  yield* at_this_size.at(region_of(kvm.geometry, turn.gfn)).write(true);
}

/** What the module tells KVM when the instruction of `turn` exits. */
function exit_of(turn: Turn, stop: Exclude<Stop, 'interrupted'>): Exit {
  if (turn.does === 'accept') return { type: 'ACCEPT', gfn: turn.gfn, level: turn.level };
  if (turn.does === 'touch') {
    const type = stop === 'exit' ? 'NONE' : 'PENDING_EPT_VIOLATION';
    return { type, gfn: turn.gfn };
  }
  throw new TypeError(`a turn that does ${turn.does} executes no instruction; expected one`);
}
