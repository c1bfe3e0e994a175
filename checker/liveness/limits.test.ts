import { afterEach, describe, expect, test, vi } from 'vitest';
import peterson from '../../docs/examples/peterson.ts';
import { runCheck } from '../check/check.ts';
import type { Engine, EngineOptions, Progress } from '../engine/engine.ts';
import { EVERYTHING } from '../generators/tiny-system.ts';
import { buildSystem, type Model } from '../language/model.ts';
import { exitCodeOf } from '../report/exit-code.ts';
import { compiledStates } from './compiled-states.ts';
import { exploreLiveness, exploreLivenessCompiled } from './explore-liveness.ts';
import { prepareLiveness } from './prepare-liveness.ts';

const STATES = 115_256;
const system = buildSystem(peterson, { threads: 4 });

const ENGINES: readonly (readonly [string, Engine])[] = [
  ['compiled', exploreLivenessCompiled],
  ['interpreter', exploreLiveness],
];

afterEach(() => {
  vi.restoreAllMocks();
});

test('what it takes to list steps counts as memory', () => {
  const { outcome, listingBytes } = compiledStates(prepareLiveness(system), EVERYTHING);
  // Two numbers of 4 bytes for each edge that is listed in one go, and as many as states have.
  expect(listingBytes).toBeGreaterThan(2 * 4 * 4 * STATES);
  const memoryBytesMax = outcome.memoryBytes + listingBytes;
  const whole = exploreLivenessCompiled(system, EVERYTHING);
  expect(whole.memoryBytes).toBeGreaterThan(memoryBytesMax);
  const stopped = exploreLivenessCompiled(system, { ...EVERYTHING, limits: { memoryBytesMax } });
  expect(stopped).toMatchObject({ stopped: 'memory', exhausted: false, states: STATES });
});

describe.each(ENGINES)('%s: a pass over all states that are stored', (_, engine) => {
  const run = (options: Partial<EngineOptions>) => engine(system, { ...EVERYTHING, ...options });
  let calls: Progress[] = [];
  /** How often a search reports before the pass begins to, and in all. */
  function reports(): { readonly before: number; readonly all: number } {
    calls = [];
    const outcome = run({
      onProgress: (progress) => {
        calls.push(progress);
        return 'continue';
      },
    });
    expect(outcome).toMatchObject({ exhausted: true, violations: [], states: STATES });
    const before = calls.filter(({ memoryBytes }) => memoryBytes < calls.at(-1)!.memoryBytes);
    return { before: before.length, all: calls.length };
  }

  test('ends when it is interrupted, and has proved nothing', () => {
    const { before, all } = reports();
    expect(before).toBeLessThan(all);
    for (const last of [before + 1, all]) {
      let call = 0;
      const outcome = run({ onProgress: () => (++call === last ? 'interrupt' : 'continue') });
      expect(call).toBe(last);
      expect(outcome).toMatchObject({ stopped: 'interrupt', exhausted: false, states: STATES });
    }
  });

  test('ends when its time is over', () => {
    const { all } = reports();
    let call = 0;
    const outcome = run({
      limits: { durationMsMax: 1e6 },
      onProgress: () => {
        if (++call === all) vi.spyOn(performance, 'now').mockReturnValue(1e9);
        return 'continue';
      },
    });
    expect(outcome).toMatchObject({ stopped: 'time', exhausted: false, states: STATES });
  });

  test('does not begin without the memory for it', () => {
    reports();
    const searched = calls.filter(({ memoryBytes }) => memoryBytes < calls.at(-1)!.memoryBytes);
    const memoryBytesMax = Math.max(...searched.map(({ memoryBytes }) => memoryBytes));
    const outcome = run({ limits: { memoryBytesMax } });
    expect(outcome).toMatchObject({ stopped: 'memory', exhausted: false, states: STATES });
  });
});

describe('a check whose claims over infinite runs are not all judged', () => {
  const scopes = [{ threads: 2 }];
  const livenessScopes = [{ threads: 4 }];
  const options = { engine: 'compiled', limits: {}, keepGoing: false, livenessScopes } as const;
  const model = peterson as unknown as Model;

  test('is INTERRUPTED, whatever the other claims are', () => {
    const inPass = { calls: 0 };
    const { verdict, claims } = runCheck(model, scopes, options, {
      onProgress: ({ scope, states }) => {
        const isOver = scope === 1 && states === STATES && ++inPass.calls > 5;
        return isOver ? 'interrupt' : 'continue';
      },
      onFunction: () => {},
      onScope: () => {},
    });
    expect(verdict).toBe('INTERRUPTED');
    expect(exitCodeOf(verdict, null)).toBe(130);
    expect(claims.find(({ id }) => id === 'progress')).not.toMatchObject({ verdict: 'HOLDS' });
  });

  test('is STOPPED by a limit', () => {
    const { verdict } = runCheck(model, scopes, { ...options, limits: { statesMax: 50_000 } });
    expect(verdict).toBe('STOPPED');
    expect(exitCodeOf(verdict, null)).toBe(3);
  });
});
