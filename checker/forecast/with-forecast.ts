import type { CheckListener, CheckOptions } from '../check/check.ts';
import type { CheckResult } from '../check/result.ts';
import type { Model } from '../language/model.ts';
import { type ForecastBudget, forecast } from './forecast.ts';

/** What may be spent after a limit has ended a search: little. */
const BUDGET: ForecastBudget = { states: 500_000, durationMsMax: 20_000 };

/** The same result; where a limit has ended the search of a scope, with how big that is. */
export function withForecast(
  model: Model,
  result: CheckResult,
  { symmetry, simulation, limits: { memoryBytesMax } }: CheckOptions,
  listener: CheckListener,
): CheckResult {
  const last = result.scopes.at(-1);
  const isCut = last?.stopped !== undefined && last.stopped !== 'interrupt';
  if (!isCut || last.part === 'liveness' || simulation !== undefined) return result;
  if (result.verdict === 'VIOLATED') return result;
  const budget = { ...BUDGET, ...(memoryBytesMax === undefined ? {} : { memoryBytesMax }) };
  // The model was compiled before, so no function of it can hang now: the watchdog may sleep.
  const quiet = { ...listener, onFunction: () => {} };
  return { ...result, forecast: forecast(model, last.scope, budget, symmetry, quiet) };
}
