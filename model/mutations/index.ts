import { goal_before_lock } from './goal-before-lock.ts';
import { in_the_accept_step } from './in-the-accept-step.ts';
import { in_the_paths_around } from './in-the-paths-around.ts';
import type { Mutation } from './mutation.ts';
import { no_lockless_test } from './no-lockless-test.ts';
import { no_stale_check } from './no-stale-check.ts';
import { overwrite_frozen } from './overwrite-frozen.ts';
import { positive_is_an_error } from './positive-is-an-error.ts';
import { set_1G_only } from './set-1g-only.ts';
import { set_2M_only } from './set-2m-only.ts';
import { set_after_unlock } from './set-after-unlock.ts';
import { set_before_split, set_before_split_without_drop } from './set-before-split.ts';
import { split_wrong_root } from './split-wrong-root.ts';
import { test_again_under_lock } from './test-again-under-lock.ts';
import { test_two_levels_up } from './test-two-levels-up.ts';
import { with_conversions } from './with-conversions.ts';
import { with_failures } from './with-failures.ts';

const variant = 'rfc-v2';

/** Rows of both kinds, the first that were built. */
const first_rows: readonly Mutation[] = [
  {
    number: 1,
    name: 'set-before-split-enomem',
    summary: 'sets the bits before a split that may fail for lack of memory',
    variant,
    edit: set_before_split,
    needs: { inject: ['enomem'] },
    hits: ['P1', 'P4'],
    spins: ['L1'],
  },
  {
    number: 2,
    name: 'set-before-split-drop',
    summary: 'sets the bits before a split that drops the lock to allocate',
    variant,
    edit: set_before_split,
    needs: { inject: [] },
    hits: ['P1', 'P4'],
  },
  {
    number: 3,
    name: 'set-before-split-preallocated',
    summary: 'sets the bits before a split that neither fails nor drops the lock',
    variant,
    edit: set_before_split_without_drop,
    needs: { inject: [] },
    hits: [],
  },
  {
    number: 4,
    name: 'set-after-unlock',
    summary: 'sets the bits after the write lock is released',
    variant,
    edit: set_after_unlock,
    needs: {},
    hits: ['P1'],
    spins: ['L1'],
  },
  {
    number: 9,
    name: 'no-second-test',
    summary: 'tests the bit only once, without the lock: the code as it is, so there is no edit',
    variant,
    edit: {},
    needs: {},
    hits: [],
  },
  {
    number: 10,
    name: 'test-again-under-lock',
    summary: 'tests the bit a second time once the lock is held',
    variant,
    edit: test_again_under_lock,
    needs: {},
    hits: [],
  },
  {
    number: 11,
    name: 'no-lockless-test',
    summary: 'takes the lock for every exit of type ACCEPT',
    variant,
    edit: no_lockless_test,
    needs: { utility: ['U2'] },
    hits: ['U2'],
  },
  {
    number: 12,
    name: 'set-2m-only-capped-after',
    summary: 'forgets the 1G word, where the level loop starts at 1G',
    variant,
    edit: set_2M_only,
    needs: { base: 'capped-after' },
    hits: ['P7'],
    spins: ['L1'],
  },
  {
    number: 13,
    name: 'set-2m-only-capped-before',
    summary: 'forgets the 1G word, where the level loop starts at 2M',
    variant,
    edit: set_2M_only,
    needs: { base: 'capped-before' },
    hits: [],
  },
  {
    number: 16,
    name: 'test-two-levels-up',
    summary: 'tests the 1G word for a 4K accept',
    variant,
    edit: test_two_levels_up,
    needs: {},
    hits: ['T5'],
    spins: ['L1'],
  },
  {
    number: 17,
    name: 'set-1g-only',
    summary: 'sets the 1G word only for a 4K accept',
    variant,
    edit: set_1G_only,
    needs: {},
    hits: ['T5'],
  },
  {
    number: 23,
    name: 'goal-before-lock',
    summary: 'decides the goal level before the read lock is taken',
    variant,
    edit: goal_before_lock,
    needs: {},
    hits: ['P3', 'P1'],
    spins: ['L1'],
  },
  {
    number: 36,
    name: 'positive-is-an-error',
    summary: 'takes "did split" for an error and does not set the bits (v2 as posted)',
    variant,
    edit: positive_is_an_error,
    needs: {},
    hits: ['T5'],
  },
  {
    number: 38,
    name: 'split-wrong-root',
    summary: 'splits in the root of the shared gfns (v5 as posted)',
    variant,
    edit: split_wrong_root,
    needs: {},
    hits: ['P1', 'P4'],
  },
  {
    number: 41,
    name: 'overwrite-frozen',
    summary: 'does not honour FROZEN entries',
    variant,
    edit: overwrite_frozen,
    needs: {},
    hits: ['P2', 'P5'],
  },
  {
    number: 43,
    name: 'no-stale-check',
    summary: 'does not notice that an invalidation overtook a fault',
    variant,
    edit: no_stale_check,
    needs: { host: ['zap'] },
    hits: ['P9'],
  },
];

/** The rows of domain.md 8.4 that are built, by their numbers there. */
export const mutations: readonly Mutation[] = [
  ...first_rows,
  ...in_the_accept_step,
  ...in_the_paths_around,
  ...with_conversions,
  ...with_failures,
].sort((a, b) => a.number - b.number);
