import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { paintFor } from './paint.ts';

const noTerminal = Object.assign(new PassThrough(), {
  isTTY: false,
}) as unknown as NodeJS.WriteStream;

test('a flag beats the terminal', () => {
  expect(paintFor(noTerminal, true)('bad', 'VIOLATED')).toBe('\u001b[31mVIOLATED\u001b[39m');
  expect(paintFor(noTerminal, false)('bad', 'VIOLATED')).toBe('VIOLATED');
});
