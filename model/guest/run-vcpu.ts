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
import type { Program } from './program.ts';
import { show_turn, type Turn } from './turn.ts';
import { execute, is_stop, type Result, type Stop } from './vcpu-enter-guest.ts';

/** The marked stretch of a vCPU that has not finished. */
export const RUNNING = 'running';

/** The marked stretch from the exit of an instruction to its result, with the turn as data. */
export const EXITED = 'exited';

/** The marked stretch in which a vCPU is about to execute an instruction again. */
export const REENTERING = 'reentering';

/** What is known of a vCPU that is about to execute an instruction again. */
export type Reentering = { readonly vcpu: number; readonly does: Turn['does'] };

/** Where a vCPU is in its program. */
type Place = {
  /** How often it still begins the program. */
  readonly rounds: number;
  /** The operation that is next. */
  readonly at: number;
  /** Whether fallbacks are due. */
  readonly refused: boolean;
};

/** One vCPU: `rounds` times the program of its guest and of the VMM that may prefault it. */
export const run_vcpu = modelled(
  'run_vcpu',
  function* (kvm: Kernel, vcpu: Vcpu, program: Program, rounds: number): Steps<undefined> {
    return yield* during(RUNNING, {}, () => run_program(kvm, vcpu, program, rounds));
  },
);

function* run_program(kvm: Kernel, vcpu: Vcpu, program: Program, rounds: number): Steps<undefined> {
  const start: Place = { rounds, at: 0, refused: false };
  return yield* loop(start, function* (place) {
    if (place.rounds === 0) return done(undefined);
    const { turns, is_fallback } = program[place.at]!;
    // One step, as an instruction of the guest never waits.
    const { turn, outcome } = yield* atomic(function* () {
      const chosen = yield* choose(turns, show_turn);
      yield* note_accept(kvm, chosen);
      return { turn: chosen, outcome: yield* execute(kvm, chosen) };
    });
    if (turn.does === 'stop') return done(undefined);
    const ended = yield* rest_of(kvm, vcpu, turn, outcome);
    if (ended === 'dead') return done(undefined);
    const refused = is_fallback ? place.refused : ended === 'refused';
    return next(next_due(program, { ...place, at: place.at + 1, refused }));
  });
}

/** The next operation that is due from `place` on, in this round or in the next one. */
function next_due(program: Program, place: Place): Place {
  const { rounds, at, refused } = place;
  if (at === program.length) return { rounds: rounds - 1, at: 0, refused: false };
  const is_due = refused || program[at]?.is_fallback !== true;
  return is_due ? place : next_due(program, { ...place, at: at + 1 });
}

/** What a turn comes to after the step in which it began. */
function* rest_of(
  kvm: Kernel,
  vcpu: Vcpu,
  turn: Turn,
  outcome: Stop | Result,
): Steps<Result | 'dead'> {
  if (turn.does === 'prefault') {
    const ret = yield* kvm.kvm_tdp_map_page(kvm, vcpu, turn.gfn);
    return ret === -EIO ? 'dead' : 'done';
  }
  if (outcome === 'done' || outcome === 'refused') return outcome;
  return yield* during(EXITED, turn, () => resume(kvm, vcpu, turn, outcome));
}

/**
 * Handles exits of one instruction until it does not exit or userspace gets an error. Userspace is
 * taken to give up the instruction, not to resume the vCPU.
 */
const resume = modelled(
  'vcpu_run',
  function* (kvm: Kernel, vcpu: Vcpu, turn: Turn, first: Stop): Steps<Result | 'dead'> {
    const again: Reentering = { vcpu: vcpu.id, does: turn.does };
    return yield* loop(first, function* (stop) {
      if (stop !== 'interrupted') {
        const ret = yield* kvm.tdx_handle_ept_violation(kvm, vcpu, exit_of(turn, stop));
        if (ret <= 0) return done(ret === -EIO ? 'dead' : 'done');
      }
      const outcome = yield* during(REENTERING, again, () => kvm.vcpu_enter_guest(kvm, turn));
      return is_stop(outcome) ? next(outcome) : done(outcome);
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
