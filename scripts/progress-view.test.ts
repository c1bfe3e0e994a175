import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { CheckProgress } from '../checker/check/check.ts';
import { type ProgressView, progressView } from './progress-view.ts';

/** Shows progress at each of the given times, in ms, and answers with what was written. */
function written(
  times: readonly number[],
  use: (view: ProgressView, time: number) => void,
  isTTY = false,
): string {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 200, rows: 24 });
  let now = 0;
  const view = progressView(stream, 2, () => now);
  for (const time of times) {
    now = time;
    use(view, time);
  }
  view.end();
  return (stream.read() as Buffer | null)?.toString() ?? '';
}

/** A thousand states per second, with a frontier that shrinks after 12 s. */
function progressAt(time: number): CheckProgress {
  return {
    phase: 'search',
    scope: 1,
    states: time,
    transitions: 2 * time,
    depth: Math.floor(time / 1000),
    frontier: time < 12_000 ? time : 24_000 - time,
    memoryBytes: time * 1024,
  };
}

const everySecond = Array.from({ length: 25 }, (_, i) => i * 1000);

test('a run of less than a second says nothing', () => {
  expect(written([0, 500, 999], (view, time) => view.show(progressAt(time)))).toBe('');
});

test('away from a terminal there is a complete line every 10 s', () => {
  const text = written(everySecond, (view, time) => view.show(progressAt(time)));
  expect(text.split('\n').map((line) => line.split(', '))).toEqual([
    [
      'search of scope 2/2: 10,000 states',
      'frontier 10,000 (growing)',
      'depth 10',
      '1,000 states/s',
      '10 MiB',
      '10 s',
    ],
    [
      'search of scope 2/2: 20,000 states',
      'frontier 4,000 (shrinking)',
      'depth 20',
      '1,000 states/s',
      '20 MiB',
      '20 s',
    ],
    ['timing: 24.0 s in all', 'start of the worker included'],
    [''],
  ]);
});

test('on a terminal there is one live line', () => {
  const text = written(
    [0, 500, 1000, 1050, 1200],
    (view, time) => view.show(progressAt(time)),
    true,
  );
  const lines = text.match(/search of scope 2\/2: [\d,]+ states/g);
  expect(lines).toEqual(['search of scope 2/2: 1,000 states', 'search of scope 2/2: 1,200 states']);
});
