import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { CheckProgress } from '../checker/check/check.ts';
import { type ChecksProgress, checksProgress } from './checks-progress.ts';

/** What a view writes when it is told of progress at these seconds, and that all has ended. */
function written(seconds: readonly number[], progress: ChecksProgress, endsAt: number): string {
  const stream = new PassThrough();
  let now = 0;
  const view = checksProgress(stream, () => now * 1000);
  for (const at of seconds) {
    now = at;
    view.show(progress);
  }
  now = endsAt;
  view.end();
  return String(stream.read() ?? '');
}

const one: CheckProgress = {
  phase: 'search',
  scope: 0,
  states: 1_000,
  transitions: 2_000,
  depth: 3,
  frontier: 500,
  memoryBytes: 3 * 2 ** 20,
};
const progress: ChecksProgress = { done: 2, total: 9, running: [one, { ...one, states: 234 }] };

test('a line has the sums over all that run, and comes every 10 s at most', () => {
  const line = (at: number) =>
    `2 of 9 checks, 2 at work: 1,234 states, frontier 1,000, 6 MiB, ${at} s\n`;
  const text = written([1, 9, 10, 11, 19.9, 20], progress, 21);
  expect(text).toBe(`${line(10)}${line(20)}timing: 21.0 s in all\n`);
});

test('a run of less than a second says nothing', () => {
  expect(written([0.1, 0.5], progress, 0.9)).toBe('');
});
