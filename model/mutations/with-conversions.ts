import { clear_when_shared, clear_without_lock } from './clear-when-shared.ts';
import type { Mutation } from './mutation.ts';
import { set_after_unlock } from './set-after-unlock.ts';
import { split_result_is_bool } from './split-result-is-bool.ts';
import { test_whole_word } from './test-whole-word.ts';

const variant = 'rfc-v2';

/** The rows of domain.md 8.4 that conversions show. */
export const with_conversions: readonly Mutation[] = [
  {
    number: 6,
    name: 'set-without-lock',
    summary: 'sets the bits without a lock: the edit of 4, where MIXED changes too',
    variant,
    edit: set_after_unlock,
    needs: { host: ['convert'], base: 'capped-after' },
    hits: ['P8', 'P9-leaf', 'T1'],
  },
  {
    number: 18,
    name: 'test-whole-word',
    summary: 'tests whether the word is 0, not whether the bit is set',
    variant,
    edit: test_whole_word,
    needs: { host: ['convert'] },
    hits: ['T5'],
  },
  {
    number: 19,
    name: 'clear-when-shared',
    summary: 'clears the bit when memory becomes shared, under the write lock',
    variant,
    edit: clear_when_shared,
    needs: { host: ['convert'] },
    hits: ['T1'],
  },
  {
    number: 21,
    name: 'clear-without-lock',
    summary: 'clears the bit when memory becomes shared, without a lock',
    variant,
    edit: clear_without_lock,
    needs: { host: ['convert'] },
    hits: ['P8'],
  },
  {
    number: 55,
    name: 'zap-after-failed-split',
    summary: 'a conversion goes on to zap when the split has failed, as its result is a bool',
    variant,
    edit: split_result_is_bool,
    needs: { host: ['convert'], inject: ['enomem'] },
    hits: ['P10'],
  },
];
