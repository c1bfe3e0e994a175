import { describe, expect, test } from 'vitest';
import { compile } from '../automaton/compile.ts';
import { defineModel, modelled, thread } from '../index.ts';
import type { LockSide } from '../language/lock.ts';
import { buildSystem, completeScope, type Model } from '../language/model.ts';
import type { Scope } from '../language/parameter.ts';
import { contentionTable } from './contention.ts';
import lostUpdate from './fixtures/lost-update.ts';
import relay from './fixtures/relay.ts';
import { PLAIN_STYLE } from './list-report.ts';

function tableOf(model: Model, given: Partial<Scope>): string {
  const compiled = compile(buildSystem(model, completeScope(model.parameters, given)));
  return contentionTable(compiled, model.name, model.listStyle ?? PLAIN_STYLE);
}

test('a lock and what it protects; a thread of its own is no contention', async () => {
  await expect(tableOf(relay, { threads: 2 })).toMatchFileSnapshot('goldens/contention-relay.txt');
});

describe('a variable without a lock', () => {
  test('is looked at by some and changed by others', async () => {
    await expect(tableOf(lostUpdate, { threads: 2 })).toMatchFileSnapshot(
      'goldens/contention-lost-update.txt',
    );
  });

  test('is changed at once where nobody looks first', () => {
    const [, users = ''] = tableOf(lostUpdate, { variant: 'atomic' }).split('counter');
    expect(users.split('---')[0]!.trim()).toBe('increment');
  });
});

test('one thread contends with nobody', () => {
  const rows = tableOf(relay, { threads: 1 }).split('\n').slice(3, -4);
  expect(rows).toEqual(['-'.repeat(60)]);
});

test('a reader shares, also where there is room for one only', () => {
  const hold = modelled('hold', function* (side: LockSide) {
    yield* side.hold(function* () {});
  });
  const guarded = defineModel({
    name: 'guarded',
    version: '1',
    summary: '',
    parameters: {},
    build(shared) {
      const lock = shared.rwLock('lock', { readers: 1 });
      const threads = [lock.reader, lock.writer].map((side, i) => thread(`t${i}`, '', hold, side));
      return { threads, claims: [] };
    },
  });
  expect(tableOf(guarded, {}).split('\n').slice(4, 6)).toEqual([
    'lock         hold',
    `${' '.repeat(32)}hold`,
  ]);
});
