import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { integer, type Scope, word, words } from '../language/parameter.ts';
import { decodeMoves, encodeMoves } from './moves.ts';
import { decodeSchedule, encodeSchedule } from './schedule.ts';

const model = {
  name: 'kvm',
  version: '1.0',
  parameters: {
    vcpus: integer({ help: '', default: 2, min: 1, max: 4 }),
    variant: word({ help: '', default: 'rfc-v2', words: ['rfc-v2', 'odd +/= name'] }),
    hostOps: words({ help: '', default: [], words: ['zap', 'convert'] }),
  },
};
const defaults: Scope = { vcpus: 2, variant: 'rfc-v2', hostOps: [] };

const move = fc.record({
  thread: fc.oneof(fc.nat(3), fc.nat(60)),
  choices: fc.array(fc.nat(12), { maxLength: 3 }),
});
const moves = fc
  .array(fc.tuple(move, fc.integer({ min: 1, max: 12 })))
  .map((runs) => runs.flatMap(([one, times]) => Array.from({ length: times }, () => one)));
const scope: fc.Arbitrary<Scope> = fc.record({
  vcpus: fc.integer({ min: 1, max: 4 }),
  variant: fc.constantFrom('rfc-v2', 'odd +/= name'),
  hostOps: fc.constantFrom([], ['zap'], ['zap', 'convert']),
});
const claim = fc.oneof(fc.constantFrom('P1', 'deadlock'), fc.string({ minLength: 1 }));

describe('encodeSchedule', () => {
  test('writes only what differs from the defaults, and equal moves as one run', () => {
    const a = { thread: 0, choices: [] };
    const b2 = { thread: 1, choices: [2] };
    const text = encodeSchedule(model, { ...defaults, vcpus: 3 }, 'P1', [a, a, a, b2, b2, a]);
    expect(text).toMatchInlineSnapshot(`"kvm@1.0/vcpus=3/P1/a3b2.2a/j2V-ng"`);
  });

  test('needs no quotes in a shell', () => {
    fc.assert(
      fc.property(scope, claim, moves, (someScope, id, some) => {
        const text = encodeSchedule(model, someScope, id, some);
        expect(text).toMatch(/^[a-z][A-Za-z0-9.,:+=%/@_-]*$/);
      }),
    );
  });
});

describe('decodeSchedule', () => {
  test('reads back what was written', () => {
    fc.assert(
      fc.property(scope, claim, moves, (someScope, id, some) => {
        const text = encodeSchedule(model, someScope, id, some);
        expect(decodeSchedule(text, model)).toEqual({
          scope: someScope,
          claim: id,
          moves: some,
          foundIn: '1.0',
        });
      }),
    );
  });

  test('rejects every change of one character', () => {
    const character = fc.string({ minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(scope, moves, fc.nat(), character, (someScope, some, place, other) => {
        const text = encodeSchedule(model, someScope, 'P1', some);
        const at = place % text.length;
        fc.pre(text[at] !== other);
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        expect(() => decodeSchedule(changed, model)).toThrow(/^schedule [^\n]*$/);
        const shorter = text.slice(0, at) + text.slice(at + 1);
        expect(() => decodeSchedule(shorter, model)).toThrow(/^schedule [^\n]*$/);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['', 'schedule has 2 parts between slashes'],
    ['no slashes', 'schedule has 2 parts between slashes'],
  ])('says of %j what a schedule looks like', (text, message) => {
    expect(() => decodeSchedule(text, model)).toThrow(message);
  });

  test('names the model that the schedule is of', () => {
    const text = encodeSchedule({ ...model, name: 'peterson' }, defaults, 'P1', []);
    expect(() => decodeSchedule(text, model)).toThrow(
      'schedule is of model peterson, but the model loaded is kvm',
    );
  });

  test('names a parameter or value that the model does not have', () => {
    const wider = {
      ...model,
      parameters: {
        vcpus: integer({ help: '', default: 2, min: 1, max: 9 }),
        zaps: integer({ help: '', default: 0, min: 0, max: 9 }),
      },
    };
    const zaps = encodeSchedule(wider, { vcpus: 2, zaps: 1 }, 'P1', []);
    expect(() => decodeSchedule(zaps, model)).toThrow('schedule sets --zaps, which model kvm 1.0');
    const vcpus = encodeSchedule(wider, { vcpus: 9, zaps: 0 }, 'P1', []);
    expect(() => decodeSchedule(vcpus, model)).toThrow(
      'schedule sets --vcpus 9: expected a whole number from 1 to 4',
    );
  });

  test('takes the version as a note', () => {
    const text = encodeSchedule({ ...model, version: '0.9' }, defaults, 'P1', []);
    expect(decodeSchedule(text, model).foundIn).toBe('0.9');
  });
});

describe('decodeMoves', () => {
  test.each(['3', 'a0', 'a1', 'aa', 'a.02', '_1_', 'a-', 'a9x!'])('refuses %j', (text) => {
    expect(decodeMoves(text)).toBeUndefined();
  });

  test('reads back what was written', () => {
    fc.assert(
      fc.property(moves, (some) => {
        expect(decodeMoves(encodeMoves(some))).toEqual(some);
      }),
    );
  });
});
