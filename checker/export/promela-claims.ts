import { positionKey } from '../automaton/automaton.ts';
import type { CompiledProgram } from '../automaton/compile.ts';
import type { Claim } from '../language/claim.ts';
import type { Prepared } from '../search/explore.ts';
import { comment } from './promela-comment.ts';
import { ConditionPrinter } from './promela-conditions.ts';
import { anyOf } from './promela-expressions.ts';
import type { PromelaNames } from './promela-names.ts';

/** The macro that stands for all claims together. */
const ALL = 'claims';

/** Whether a claim speaks of single states. Returns and single changes are none. */
export function isOfStates({ kind }: Claim): boolean {
  return kind === 'invariant' || kind === 'position';
}

/**
 * The claims on single states as macros, with a never claim that comes to its end where the one
 * chosen by `-DCLAIM=...` fails, and a comment that names the others.
 */
export function claimsText(prepared: Prepared, names: PromelaNames): readonly string[] {
  const { claims } = prepared.compiled.system;
  const left = claims.filter(({ kind }) => kind === 'step' || kind === 'return');
  const notes = left.map(({ id, kind }) => comment(`not exported: ${id}, a claim on a ${kind}`));
  const stated = claims.filter(isOfStates);
  if (stated.length === 0) return notes;
  const printer = new ConditionPrinter(prepared, names);
  const macros = stated.flatMap((claim) => [
    comment(`${claim.id}: ${claim.sentence}`),
    `#define ${names.claims.get(claim.id)} (${claimText(prepared, printer, claim)})`,
  ]);
  const all = stated.map(({ id }) => names.claims.get(id)).join(' && ');
  return [
    ...notes,
    ...['#ifdef CLAIM', ...printer.counts(), ...macros, `#define ${ALL} (${all})`],
    ...['never {', '  do', '  :: CLAIM', '  :: !(CLAIM) -> break', '  od', '}', '#endif'],
  ];
}

function claimText({ compiled }: Prepared, printer: ConditionPrinter, { id, kind }: Claim): string {
  const { invariants, positions } = compiled;
  const own = (programs: readonly CompiledProgram[] = []) =>
    programs.filter(({ claim }) => claim === id).map(({ root }) => printer.decision(root));
  const conditions =
    kind === 'invariant'
      ? own(invariants)
      : [...positions].flatMap(([key, programs]) => {
          const inside = printer.count((position) => positionKey(position) === key);
          return own(programs).map((holds) => anyOf([`${inside} == 0`, holds]));
        });
  return conditions.length < 2
    ? (conditions[0] ?? 'true')
    : conditions.map((condition) => `(${condition})`).join(' && \\\n  ');
}
