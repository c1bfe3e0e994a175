import type { ClaimText } from './claim.ts';
import type { Steps } from './operation.ts';
import type { Plain } from './value.ts';

/**
 * Which infinite runs a liveness claim speaks of; in all others the scheduler is to blame.
 *
 * - `none`: all of them.
 * - `weak`: a thread that from some point on can always move, moves again and again.
 * - `locks`: weak, and no thread waits for ever for a lock that is taken again and again. This is
 *   what a lock with a queue does, and what a reader/writer lock does whose waiting writer holds
 *   new readers back: whoever has queued up is overtaken finitely often.
 * - `strong`: a thread that can move again and again, moves again and again.
 */
export type Fairness = 'none' | 'weak' | 'locks' | 'strong';

/** What people read of a liveness claim, and its assumption. */
export interface LivenessText extends ClaimText {
  readonly fairness: Fairness;
}

interface LivenessClaimBase extends LivenessText {
  readonly kind: 'liveness';
}

/** No thread stays inside `during(mark, ...)` for ever. */
export interface LeavesClaim extends LivenessClaimBase {
  readonly shape: 'leaves';
  readonly mark: string;
  /** Whether the claim speaks of a stretch with this data. */
  readonly concerns: (data: Plain) => boolean;
}

/** Two questions about states, of one thing that a claim is about. */
export interface Pair {
  /** What they look at, e.g. `gfn 3`. */
  readonly about: string;
  /** What is said where the claim fails for it. */
  readonly broken: string;
  readonly first: () => Steps<boolean>;
  readonly second: () => Steps<boolean>;
}

/** Whenever `first` holds, `second` holds then or later. */
export interface LeadsToClaim extends LivenessClaimBase {
  readonly shape: 'leads to';
  readonly pairs: readonly Pair[];
}

/** Where `first` holds again and again, `second` does too. */
export interface NoCycleClaim extends LivenessClaimBase {
  readonly shape: 'no cycle';
  readonly pairs: readonly Pair[];
}

/**
 * What holds of every infinite run that is fair. A run that ends is judged by invariants and by the
 * claim on deadlocks: doing nothing is no run.
 */
export type LivenessClaim = LeavesClaim | LeadsToClaim | NoCycleClaim;

/**
 * No thread stays for ever in a stretch marked by `during(mark, data, ...)`: each time that it
 * enters it also leaves, be it to enter again at once.
 *
 * @param concerns picks stretches by their data; all if absent
 */
export function leaves<D extends Plain>(
  text: LivenessText,
  mark: string,
  concerns: (data: D) => boolean = () => true,
): LeavesClaim {
  return {
    kind: 'liveness',
    shape: 'leaves',
    ...text,
    mark,
    concerns: concerns as unknown as LeavesClaim['concerns'],
  };
}

/**
 * Whenever `premise` holds of an entry, `conclusion` holds of it in that state or a later one.
 *
 * @param broken what to say of an entry where it fails
 */
export function leadsTo<E>(
  text: LivenessText,
  entries: readonly E[],
  premise: (entry: E) => Steps<boolean>,
  conclusion: (entry: E) => Steps<boolean>,
  about: (entry: E) => string = String,
  broken = (entry: E) => `${about(entry)}: the premise was met, and the conclusion never is`,
): LeadsToClaim {
  const pairs = pairsOf(entries, premise, conclusion, { about, broken });
  return { kind: 'liveness', shape: 'leads to', ...text, pairs };
}

/**
 * No run has infinitely many states in which `happens` holds of an entry, and only finitely many in
 * which `without` does: no cycle in which the one happens without the other.
 *
 * @param broken what to say of an entry where it fails
 */
export function noCycle<E>(
  text: LivenessText,
  entries: readonly E[],
  happens: (entry: E) => Steps<boolean>,
  without: (entry: E) => Steps<boolean>,
  about: (entry: E) => string = String,
  broken = (entry: E) => `${about(entry)}: the one happens again and again, the other never`,
): NoCycleClaim {
  const pairs = pairsOf(entries, happens, without, { about, broken });
  return { kind: 'liveness', shape: 'no cycle', ...text, pairs };
}

function pairsOf<E>(
  entries: readonly E[],
  first: (entry: E) => Steps<boolean>,
  second: (entry: E) => Steps<boolean>,
  words: { readonly [name in 'about' | 'broken']: (entry: E) => string },
): readonly Pair[] {
  return entries.map((entry) => ({
    about: words.about(entry),
    broken: words.broken(entry),
    first: () => first(entry),
    second: () => second(entry),
  }));
}
