import type { Why } from '../check/result.ts';
import { decodeSchedule } from '../check/schedule.ts';
import { Machine } from '../generators/machine.ts';
import { type Recording, record } from '../generators/recording.ts';
import { buildSystem, type Model } from '../language/model.ts';
import type { Scope } from '../language/parameter.ts';
import type { Presentation } from '../language/presentation.ts';
import { count } from './claims-table.ts';
import {
  type CheckDocument,
  type ClaimEntry,
  type CounterexampleEntry,
  type ScopeEntry,
  stepsOf,
} from './document.ts';
import { showScope } from './headline.ts';
import type { CanaryEntry, LedgerDocument } from './ledger-document.ts';

/** A remark on a step, which counts from 1. */
export interface StepNote {
  readonly step: number;
  readonly text: string;
}

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
  /** What makes some steps matter. */
  readonly notes?: readonly StepNote[];
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

/** One scope of a check, in words. */
export interface SearchedScope {
  readonly scope: string;
  readonly verdict: string;
  readonly extent: string;
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
  /** What was searched, scope by scope. */
  readonly scopes: readonly SearchedScope[];
  readonly claims: readonly ClaimEntry[];
  /** What the check had to see; absent if nothing had to be, or a claim fails. */
  readonly ledger?: LedgerDocument;
  readonly canary?: CanaryEntry;
  readonly runs: readonly Run[];
  /** Set if the page is served by what can run the system. */
  readonly live?: LiveSystem;
  readonly notModelled: readonly string[];
}

/** What the page of a check shows: each counterexample, run again by the generators. */
export function exhibitOf(document: CheckDocument, model: Model): Exhibit {
  const { verdict, counterexample } = document;
  const found = [...(counterexample === null ? [] : [counterexample])];
  return {
    model: { name: model.name, version: model.version, summary: model.summary },
    verdict,
    ...(verdict === 'EXHAUSTED' ? { tone: 'good' } : {}),
    ...(verdict === 'VIOLATED' ? { tone: 'bad' } : {}),
    command: document.command,
    extent: extentOf(document),
    scopes: [
      ...document.scopes.map((one) => ({
        scope: scopeText(one),
        verdict: one.verdict,
        extent: extentOf(one),
      })),
      ...document.scopesNotReached.map((one) => ({
        scope: scopeText(one),
        verdict: 'not reached',
        extent: '',
      })),
    ],
    claims: document.claims,
    ...(document.ledger === null ? {} : { ledger: document.ledger }),
    ...(document.canary === null ? {} : { canary: document.canary }),
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
    notes: notesOf(entry),
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

function notesOf(entry: CounterexampleEntry): readonly StepNote[] {
  if (!('prefix' in entry)) return windowNotes(entry.why);
  const [first, last] = [entry.prefix.length + 1, entry.prefix.length + entry.loop.length];
  return [{ step: last, text: `and step ${first} again, for ever` }];
}

/** The race window: what a thread saw, when that ceased to be true, and that it went by it. */
function windowNotes({ window }: Why): readonly StepNote[] {
  if (window === undefined) return [];
  const { thread, variable, read, was, stale, acted } = window;
  return [
    { step: read, text: `sees ${variable} = ${was}` },
    { step: stale, text: `stale from here: what ${thread} saw` },
    ...(acted === undefined ? [] : [{ step: acted, text: `goes by ${variable} = ${was}` }]),
  ];
}

function scopeText({ part, scope }: Pick<ScopeEntry, 'part' | 'scope'>): string {
  return `${part === 'liveness' ? 'liveness, ' : ''}${showScope(scope)}`;
}

function extentOf(of: { states: number; transitions: number; depth: number }): string {
  const { states, transitions, depth } = of;
  return `${count(states)} states, ${count(transitions)} transitions, depth ${depth}`;
}

/** How a scope is named and drawn. */
export function viewOf(model: Model, scope: Scope): Pick<Run, 'scope' | 'presentation'> {
  const presentation = model.presentation?.(scope);
  return { scope: showScope(scope), ...(presentation === undefined ? {} : { presentation }) };
}
