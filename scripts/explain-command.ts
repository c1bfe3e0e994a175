import { readFileSync } from 'node:fs';
import type { CheckOptions } from '../checker/check/check.ts';
import { type Explanation, explain, findWeakenings } from '../checker/explain/explain.ts';
import { completeScope } from '../checker/language/model.ts';
import type { Scope } from '../checker/language/parameter.ts';
import type { Site } from '../checker/language/site.ts';
import { explainedCode } from '../checker/report/explained-code.ts';
import { showScope } from '../checker/report/headline.ts';
import { diagramLines, PLAIN_STYLE } from '../checker/report/list-report.ts';
import type { LoadedModel } from './loaded-model.ts';
import { TOOL } from './tool.ts';
import { UsageError } from './usage-error.ts';

export const FORMS = ['table', 'code'] as const;

/** What is explained, and how much of it is shown. */
export interface ExplainFlags {
  /** Names of functions; those that the model names if absent. */
  readonly functions?: readonly string[];
  /** Draw the race that appears without each thing. */
  readonly races: boolean;
  /** A list of what was taken away, or the functions with comments. */
  readonly as: (typeof FORMS)[number];
}

const OPTIONS: CheckOptions = { engine: 'compiled', limits: {}, keepGoing: false };

/** Takes one thing at a time away from the functions, and says which claim fails without it. */
export function explainCommand(
  { model }: LoadedModel,
  { functions, races, as }: ExplainFlags,
  given: Partial<Scope>,
): number {
  const { explained, listStyle: style = PLAIN_STYLE } = model;
  const wanted = functions ?? explained?.functions ?? [];
  if (wanted.length === 0) {
    throw new UsageError('--functions: expected names, as the model says of none what to explain');
  }
  const scopes = (explained?.scopes ?? [{}]).map((scope) =>
    completeScope(model.parameters, { ...scope, ...given }),
  );
  const { weakenings, listings } = findWeakenings(model, scopes, (name) => wanted.includes(name));
  const missing = functions?.find((name) => !listings.has(name));
  if (missing !== undefined) {
    throw new UsageError(`--functions ${missing}: expected functions that the model calls`);
  }
  if (listings.size === 0) {
    throw new UsageError(`--functions: none of ${wanted.join(', ')} is called; expected others`);
  }
  const explanations = explain(model, scopes, weakenings, OPTIONS);
  if (as === 'code') {
    const by = `${TOOL}, model ${model.name} ${model.version}`;
    const subject = { by, scopes, listings, explanations: [...explanations], style };
    process.stdout.write(explainedCode({ ...subject, sourceLine }));
    return 0;
  }
  const shown = scopes.map((one) => `  ${showScope(one)}\n`).join('');
  process.stdout.write(`explain ${model.name}: ${[...listings.keys()].join(', ')}\n\n`);
  process.stdout.write(`scopes tried, until a claim fails:\n${shown}`);
  let last = '';
  for (const one of explanations) {
    const { functionName } = one.weakening;
    if (functionName !== last) process.stdout.write(`\n${functionName}()\n`);
    last = functionName;
    process.stdout.write(lineOf(one));
    if (races && one.outcome.kind === 'bearing') {
      const violation = one.outcome.race;
      const drawn = diagramLines({ violation }, { style, tabs: false });
      process.stdout.write(`\n${drawn.join('\n')}\n\n`);
    }
  }
  return 0;
}

/** The text at a place in the source of the model; nothing if it cannot be read. */
function sourceLine({ file, line }: Site): string | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n')[line - 1];
  } catch {
    return undefined;
  }
}

function lineOf({ weakening, outcome }: Explanation): string {
  return `  ${weakening.summary}\n      ${told(outcome)}\n`;
}

function told(outcome: Explanation['outcome']): string {
  switch (outcome.kind) {
    case 'bearing': {
      const { race, alone } = outcome;
      const { claim, steps, threadSwitches } = race;
      const switched = threadSwitches === 1 ? '1 switch' : `${threadSwitches} switches`;
      const other =
        alone === undefined ? '' : `; ${alone.claim} in ${alone.steps.length}, by one thread alone`;
      return `LOAD-BEARING: ${claim} fails in ${steps.length} steps, ${switched}${other}`;
    }
    case 'needed':
      return `cannot be taken away alone: ${outcome.message}`;
    case 'idle':
      return 'no claim notices in these scopes';
  }
}
