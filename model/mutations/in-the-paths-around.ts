import { accept_step_in_loop } from './accept-step-in-loop.ts';
import { merge_on_mirror } from './merge-on-mirror.ts';
import type { Mutation } from './mutation.ts';
import { no_track } from './no-track.ts';
import { request_not_reset } from './request-not-reset.ts';
import { retry_for_ever } from './retry-for-ever.ts';
import { slot_over_srcu_drop } from './slot-over-srcu-drop.ts';
import { split_under_read_lock } from './split-under-read-lock.ts';
import { yield_again } from './yield-again.ts';

const variant = 'rfc-v2';

/** Rows that edit the exit handler, the fault path or the split, or belong to RFC v1. */
export const in_the_paths_around: readonly Mutation[] = [
  {
    number: 25,
    name: 'split-under-read-lock',
    summary: 'splits in the fault path with the TDX module of today: BLOCK, TRACK, DEMOTE',
    variant: 'shared-lock',
    edit: split_under_read_lock,
    needs: { inject: ['busy'], failures: 2 },
    hits: ['P5', 'P11'],
  },
  {
    number: 30,
    name: 'yield-again',
    summary: 'may yield again and again at the same gfn (no forward progress rule)',
    variant,
    edit: yield_again,
    needs: {},
    hits: [],
    spins: ['L4'],
  },
  {
    number: 31,
    name: 'no-track',
    summary: 'leaves out TRACK and the kick between BLOCK and DEMOTE',
    variant,
    edit: no_track,
    needs: {},
    hits: ['P5', 'P6'],
  },
  {
    number: 40,
    name: 'merge-on-mirror',
    summary: 'lets a leaf replace a table in the mirror root, where the bit is missing',
    variant: 'rfc-v2-posted',
    edit: merge_on_mirror,
    needs: {},
    hits: ['P6'],
  },
  {
    number: 44,
    name: 'per-vcpu-request',
    summary: 'remembers the accept level per vCPU: RFC v1 as it is, so there is no edit',
    variant: 'rfc-v1',
    edit: {},
    needs: {},
    hits: [],
    spins: ['L1'],
  },
  {
    number: 45,
    name: 'request-not-reset',
    summary: 'does not forget the request of an older exit',
    variant: 'rfc-v1',
    edit: request_not_reset,
    needs: {},
    hits: [],
    spins: ['L1'],
  },
  {
    number: 51,
    name: 'retry-for-ever',
    summary: 'retries locally without a look at events and signals',
    variant,
    edit: retry_for_ever,
    needs: {},
    hits: [],
  },
  {
    number: 52,
    name: 'accept-step-in-loop',
    summary: 'repeats the accept step in the local retry loop',
    variant,
    edit: accept_step_in_loop,
    needs: {},
    hits: [],
  },
  {
    number: 54,
    name: 'slot-over-srcu-drop',
    summary: 'keeps the slot that it looked up over a drop of SRCU in the accept step',
    variant,
    edit: slot_over_srcu_drop,
    needs: { host: ['memslot'] },
    hits: ['P13'],
  },
];
