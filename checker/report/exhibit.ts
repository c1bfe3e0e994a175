import { decodeSchedule } from '../check/schedule.ts';
import { Machine } from '../generators/machine.ts';
import { type Recording, record } from '../generators/recording.ts';
import { buildSystem, type Model } from '../language/model.ts';
import type { Scope } from '../language/parameter.ts';
import type { Presentation } from '../language/presentation.ts';
import {
  type CheckDocument,
  type ClaimEntry,
  type CounterexampleEntry,
  stepsOf,
} from './document.ts';
import { showScope } from './headline.ts';

/** A run to be looked at step by step. */
export interface Run {
  /** Short and unique in its exhibit, e.g. the claim that it violates. */
  readonly name: string;
  readonly scope: string;
  readonly recording: Recording;
  /** Absent if the model has none. */
  readonly presentation?: Presentation;
  /** What its last step violates, or its loop; absent if nothing. */
  readonly violation?: {
    readonly claim: string;
    readonly sentence: string;
    readonly source: string | null;
    readonly because: string;
  };
  /** The steps from this index on repeat for ever. */
  readonly loopStart?: number;
  /** The command that replays it. */
  readonly replay?: string;
}

/** A system that can be run from the page. */
export interface LiveSystem {
  readonly scope: string;
  readonly presentation?: Presentation;
  readonly variables: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly claims: readonly { readonly id: string; readonly sentence: string }[];
}

/** Everything that a page shows: what was asked, what came out, and runs. */
export interface Exhibit {
  readonly model: { readonly name: string; readonly version: string; readonly summary: string };
  /** The verdict word, or what else the page is about. */
  readonly verdict: string;
  /** Whether the verdict is good or bad; neither if absent. */
  readonly tone?: 'good' | 'bad';
  /** The command that makes this page's run again. */
  readonly command: string;
  /** How much was searched, in words. */
  readonly extent: string;
  readonly claims: readonly ClaimEntry[];
  readonly runs: readonly Run[];
  /** Set if the page is served by what can run the system. */
  readonly live?: LiveSystem;
  readonly notModelled: readonly string[];
}

/** What the page of a check shows: each counterexample, run again by the generators. */
export function exhibitOf(document: CheckDocument, model: Model): Exhibit {
  const { verdict, states, transitions, depth, counterexample } = document;
  const found = [...(counterexample === null ? [] : [counterexample])];
  return {
    model: { name: model.name, version: model.version, summary: model.summary },
    verdict,
    ...(verdict === 'EXHAUSTED' ? { tone: 'good' } : {}),
    ...(verdict === 'VIOLATED' ? { tone: 'bad' } : {}),
    command: document.command,
    extent: `${states} states, ${transitions} transitions, depth ${depth}`,
    claims: document.claims,
    runs: [...found, ...document.furtherCounterexamples].map((entry) =>
      runOf(entry, document, model),
    ),
    notModelled: document.notModelled,
  };
}

function runOf(entry: CounterexampleEntry, { claims }: CheckDocument, model: Model): Run {
  const { claim, because, replay, schedule } = entry;
  const { scope } = decodeSchedule(schedule, model);
  const judged = claims.find(({ id }) => id === claim);
  return {
    name: claim,
    ...viewOf(model, scope),
    recording: record(
      new Machine(buildSystem(model, scope)),
      stepsOf(entry).map(({ move }) => move),
    ).recording,
    violation: {
      claim,
      sentence: judged?.sentence ?? '',
      source: judged?.source ?? null,
      because,
    },
    ...('prefix' in entry ? { loopStart: entry.prefix.length } : {}),
    replay,
  };
}

/** How a scope is named and drawn. */
export function viewOf(model: Model, scope: Scope): Pick<Run, 'scope' | 'presentation'> {
  const presentation = model.presentation?.(scope);
  return { scope: showScope(scope), ...(presentation === undefined ? {} : { presentation }) };
}
