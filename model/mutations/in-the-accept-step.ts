import { clear_after_2M_accept } from './clear-after-2m-accept.ts';
import { ignore_exit_type } from './ignore-exit-type.ts';
import type { Mutation } from './mutation.ts';
import { only_4K_accepts } from './only-4k-accepts.ts';
import { range_not_rounded } from './range-not-rounded.ts';
import { set_same_level } from './set-same-level.ts';
import {
  set_then_lock_then_split,
  set_then_lock_then_split_supported,
} from './set-then-lock-then-split.ts';
import { set_under_read_lock } from './set-under-read-lock.ts';
import { split_result_is_bool } from './split-result-is-bool.ts';
import { test_same_level } from './test-same-level.ts';

const variant = 'rfc-v2';

/** Rows that edit the accept step, or what it splits with. */
export const in_the_accept_step: readonly Mutation[] = [
  {
    number: 5,
    name: 'set-under-read-lock',
    summary: 'splits under the write lock, and then sets the bits under the read lock',
    variant,
    edit: set_under_read_lock,
    needs: {},
    hits: ['P1'],
  },
  {
    number: 7,
    name: 'set-then-lock-then-split',
    summary: 'sets the bits atomically first, then takes the write lock and splits',
    variant,
    edit: set_then_lock_then_split,
    needs: {},
    hits: ['P4', 'P1'],
  },
  {
    number: 8,
    name: 'set-then-lock-then-split-supported',
    summary: 'the same where a future TDX module lets the fault path split',
    variant: 'shared-lock',
    edit: set_then_lock_then_split_supported,
    needs: {},
    hits: [],
  },
  {
    number: 14,
    name: 'test-same-level',
    summary: 'tests the word of the accepted level instead of the one above',
    variant,
    edit: test_same_level,
    needs: {},
    hits: ['P13'],
  },
  {
    number: 15,
    name: 'set-same-level',
    summary: 'sets the word of the accepted level instead of the one above',
    variant,
    edit: set_same_level,
    needs: {},
    hits: ['P13'],
  },
  {
    number: 22,
    name: 'clear-after-2m-accept',
    summary: 'clears the bit when the guest accepts at 2M',
    variant,
    edit: clear_after_2M_accept,
    needs: {},
    hits: ['T1'],
  },
  {
    number: 37,
    name: 'split-result-is-bool',
    summary: 'keeps the answer of the split in a bool, so that -ENOMEM is 1',
    variant,
    edit: split_result_is_bool,
    needs: { inject: ['enomem'] },
    hits: ['P1', 'P4'],
  },
  {
    number: 46,
    name: 'ignore-exit-type',
    summary: 'takes the level bits of every exit, whatever its type',
    variant,
    edit: ignore_exit_type,
    needs: { utility: ['U1'] },
    hits: ['U1'],
  },
  {
    number: 49,
    name: 'range-not-rounded',
    summary: 'does not round the range of the accept, which the TDX module has aligned',
    variant,
    edit: range_not_rounded,
    needs: {},
    hits: [],
  },
  {
    number: 50,
    name: 'only-4k-accepts',
    summary: 'handles 4K accepts only, as the draft of Jun and Jul 2025 does',
    variant,
    edit: only_4K_accepts,
    needs: {},
    hits: ['T5'],
  },
];
