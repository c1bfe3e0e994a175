import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RaceWindow, TraceOperation, TraceStep } from '../check/result.ts';
import { raceWindow } from './race-window.ts';

/** `a reads x 0`, `b writes x 0 1`, `a acquires m 0 1`: one step each. */
function trace(text: string): TraceStep[] {
  return text.split(', ').map((line) => {
    const [thread = '', verb, variable = '', from = '', to = ''] = line.split(' ');
    const reads = verb === 'writes' ? [] : [{ variable, value: from }];
    const writes = verb === 'reads' ? [] : [{ variable, from, to }];
    const action = { reads: 'read', writes: 'write', acquires: 'acquire' }[verb ?? ''];
    const operation: TraceOperation = {
      frames: [],
      action: `${action} ${variable}`,
      reads,
      writes,
      branches: [],
    };
    const move = { thread: 0, choices: [] };
    return { thread, role: 'r', frames: [], operations: [operation], reads, writes, move };
  });
}

function windowOf(text: string, ...focus: string[]): RaceWindow | undefined {
  return raceWindow(trace(text), new Set(focus));
}

describe('raceWindow', () => {
  test('is from look to act, with the last safe step and the one that made it stale', () => {
    expect(
      windowOf('a reads x 0, b reads x 0, b writes x 0 1, b reads y 5, a writes x 1 1'),
    ).toEqual({
      thread: 'a',
      variable: 'x',
      read: 1,
      was: '0',
      lastSafe: 2,
      stale: 3,
      is: '1',
      acted: 5,
    });
  });

  test('has no act if the thread did nothing since but take a lock', () => {
    const window = windowOf('a reads x 0, b writes x 0 1, a acquires m 0 1');
    expect(window).toMatchObject({ lastSafe: 1, stale: 2 });
    expect(window).not.toHaveProperty('acted');
  });

  test.each([
    ['looks again', 'a reads x 0, b writes x 0 1, a reads x 1'],
    ['changed it itself', 'a reads x 0, a writes x 0 1, a reads y 0'],
    ['has stored what it goes by', 'a reads x 0, a writes x 0 1, b writes x 1 2'],
    ['is alone', 'a reads x 0, a reads y 0'],
    ['saw what it became again', 'a reads x 0, b writes x 0 1, b writes x 1 0, a reads x 0'],
    ['holds a lock', 'a acquires m 0 1, b writes m 1 2, a reads y 0'],
  ])('is none where the thread %s', (_, text) => {
    expect(windowOf(text)).toBeUndefined();
  });

  test('is about a variable of the failing clause if there is one, else the last to open', () => {
    const both = 'a reads x 0, a reads y 0, b writes x 0 1, b writes y 0 1, a reads z 0';
    expect(windowOf(both)).toMatchObject({ variable: 'y' });
    expect(windowOf(both, 'x', 'z')).toMatchObject({ variable: 'x' });
  });

  test('agrees with a twin that follows what each thread knows', () => {
    const step = fc.record({
      thread: fc.constantFrom('a', 'b', 'c'),
      variable: fc.constantFrom('x', 'y'),
      to: fc.option(fc.constantFrom('0', '1'), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
        const values: Record<string, string> = { x: '0', y: '0' };
        const lines = steps.map(({ thread, variable, to }) => {
          const from = values[variable]!;
          if (to === undefined) return `${thread} reads ${variable} ${from}`;
          values[variable] = to;
          return `${thread} writes ${variable} ${from} ${to}`;
        });
        const found = raceWindow(trace(lines.join(', ')), new Set());
        const stale = staleAtTheEnd(trace(lines.join(', ')));
        // A thread is stale at the end exactly if there is a window, except that a value may
        // have come back by then.
        if (found === undefined) expect([...stale]).toEqual([]);
        if (found !== undefined) {
          const { thread, variable, read, was, stale: at, is, lastSafe } = found;
          const all = trace(lines.join(', '));
          expect(all[read - 1]).toMatchObject({ thread, reads: [{ variable, value: was }] });
          expect(all[at - 1]!.thread).not.toBe(thread);
          expect(all[at - 1]!.writes).toMatchObject([{ variable, to: is }]);
          expect(is).not.toBe(was);
          expect(read <= lastSafe && lastSafe === at - 1).toBe(true);
        }
      }),
    );
  });
});

/** `thread variable` for each thread whose last look shows another value than there is. */
function staleAtTheEnd(steps: readonly TraceStep[]): Set<string> {
  const values = new Map<string, string>();
  const known = new Map<string, string>();
  for (const { thread, reads, writes } of steps) {
    for (const { variable, value } of reads) {
      values.set(variable, value);
      known.set(`${thread} ${variable}`, value);
    }
    for (const { variable, to } of writes) {
      values.set(variable, to);
      known.delete(`${thread} ${variable}`);
    }
  }
  const stale = [...known].filter(([key, value]) => values.get(key.split(' ')[1]!) !== value);
  return new Set(stale.map(([key]) => key));
}
