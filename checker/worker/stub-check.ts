import type { CheckResult, ClaimResult, Verdict } from '../check/result.ts';
import { encodeSchedule } from '../check/schedule.ts';
import type { Limits, Progress } from '../engine/engine.ts';
import { naive } from '../generators/naive.ts';
import { replay } from '../generators/replay.ts';
import { ASSERTIONS, DEADLOCK } from '../language/claim.ts';
import { buildSystem, type Model } from '../language/model.ts';
import type { Scope } from '../language/parameter.ts';
export interface CheckOptions {
  readonly engine: 'interpreter' | 'naive';
  readonly only?: readonly string[];
  readonly limits: Limits;
  readonly keepGoing: boolean;
}
export interface CheckProgress extends Progress {
  readonly phase: 'compile' | 'search' | 'trace';
  readonly scope: number;
}
export interface CheckListener {
  onProgress(progress: CheckProgress): 'continue' | 'interrupt';
  onFunction(name: string): void;
}
export function runCheck(model: Model, scopes: readonly Scope[], options: CheckOptions, listener: CheckListener): CheckResult {
  const results = scopes.map((scope, i) => {
    const t = performance.now();
    const system = buildSystem(model, scope);
    listener.onFunction('f');
    const out = naive(system, { limits: options.limits, keepGoing: options.keepGoing, onProgress: (p) => listener.onProgress({ ...p, phase: 'search', scope: i }) });
    const claims: ClaimResult[] = [...system.claims, { id: ASSERTIONS, kind: 'assertion' as const, sentence: 'No assertion fails.' }, { id: DEADLOCK, kind: 'deadlock' as const, sentence: 'Some thread can go on until all have finished.' }].filter(({ id }) => options.only?.includes(id) ?? true).map((c) => {
      const v = out.violations.find((x) => x.claim === c.id);
      const base = { id: c.id, kind: c.kind, sentence: c.sentence, premise: out.premises.get(c.id) ?? 0 };
      if (!v) return { ...base, verdict: out.exhausted ? 'HOLDS' as const : 'UNDECIDED' as const };
      const r = replay(system, c.id, v.schedule);
      if (r.result !== 'reproduced') throw new Error('not reproduced');
      return { ...base, verdict: 'VIOLATED' as const, counterexample: { claim: c.id, because: v.because, schedule: encodeSchedule(model, scope, c.id, v.schedule), threadSwitches: v.schedule.filter((m, k) => k > 0 && v.schedule[k - 1]!.thread !== m.thread).length, steps: r.steps } };
    });
    const verdict: Verdict = out.violations.length ? 'VIOLATED' : out.stopped === 'interrupt' ? 'INTERRUPTED' : out.stopped ? 'STOPPED' : 'EXHAUSTED';
    return { scope, verdict, ...(out.stopped ? { stopped: out.stopped } : {}), states: out.states, transitions: out.transitions, depth: out.depth, stateBits: 0, memoryBytes: 0, seconds: (performance.now() - t) / 1000, claims };
  });
  const worst = (['VIOLATED', 'INTERRUPTED', 'STOPPED', 'EXHAUSTED'] as const).find((v) => results.some((r) => r.verdict === v))!;
  return { model: model.name, modelVersion: model.version, engine: options.engine, verdict: worst, states: results.reduce((a, r) => a + r.states, 0), transitions: results.reduce((a, r) => a + r.transitions, 0), depth: Math.max(...results.map((r) => r.depth)), claims: results[0]!.claims, scopes: results, notModelled: model.notModelled ?? [] };
}
