import type { CheckOptions } from '../checker/check/check.ts';
import { type Explanation, explain } from '../checker/explain/explain.ts';
import { completeScope } from '../checker/language/model.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { showScope } from '../checker/report/headline.ts';
import { traceText } from '../checker/report/trace-text.ts';
import type { LoadedModel } from './loaded-model.ts';
import { UsageError } from './usage-error.ts';

/** What is explained, and how much of it is shown. */
export interface ExplainFlags {
  /** Names of functions; those that the model names if absent. */
  readonly functions?: readonly string[];
  /** Draw the race that appears without each thing. */
  readonly races: boolean;
}

const OPTIONS: CheckOptions = { engine: 'compiled', limits: {}, keepGoing: false };

/** Takes one thing at a time away from the functions, and says which claim fails without it. */
export function explainCommand(
  { model }: LoadedModel,
  { functions, races }: ExplainFlags,
  given: Partial<Scope>,
): number {
  const { explained } = model;
  const wanted = functions ?? explained?.functions ?? [];
  if (wanted.length === 0) {
    throw new UsageError('--functions: expected names, as the model says of none what to explain');
  }
  const scopes = (explained?.scopes ?? [{}]).map((scope) =>
    completeScope(model.parameters, { ...scope, ...given }),
  );
  const shown = scopes.map((one) => `  ${showScope(one)}\n`).join('');
  process.stdout.write(`explain ${model.name}: ${wanted.join(', ')}\n\n`);
  process.stdout.write(`scopes tried, until a claim fails:\n${shown}`);
  const seen = new Set<string>();
  const isWanted = (name: string) => wanted.includes(name);
  for (const one of explain(model, scopes, isWanted, OPTIONS)) {
    const { functionName } = one.weakening;
    if (!seen.has(functionName)) process.stdout.write(`\n${functionName}()\n`);
    seen.add(functionName);
    process.stdout.write(lineOf(one));
    if (races && one.outcome.kind === 'bearing') {
      process.stdout.write(`\n${traceText(one.outcome.race.steps).join('\n')}\n\n`);
    }
  }
  const missing = wanted.find((name) => !seen.has(name));
  if (missing !== undefined) {
    throw new UsageError(`--functions ${missing}: expected functions that the model calls`);
  }
  return 0;
}

function lineOf({ weakening, outcome }: Explanation): string {
  return `  ${weakening.summary}\n      ${told(outcome)}\n`;
}

function told(outcome: Explanation['outcome']): string {
  switch (outcome.kind) {
    case 'bearing': {
      const { claim, steps, threadSwitches } = outcome.race;
      return `LOAD-BEARING: ${claim} fails in ${steps.length} steps, ${threadSwitches} switches`;
    }
    case 'needed':
      return `cannot be taken away alone: ${outcome.message}`;
    case 'idle':
      return 'no claim notices in these scopes';
  }
}
