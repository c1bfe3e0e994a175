import { type Position, positionKey } from '../automaton/automaton.ts';
import type { CompiledProgram } from '../automaton/compile.ts';
import type { Decision } from '../automaton/decision.ts';
import type { Claim } from '../language/claim.ts';
import { matchesData } from '../language/position.ts';
import type { Prepared } from '../search/explore.ts';
import { comment } from './promela-comment.ts';
import { allOf, anyOf, membership, termText } from './promela-expressions.ts';
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
  const { claims, liveness = [] } = prepared.compiled.system;
  const left = claims.filter(({ kind }) => kind === 'step' || kind === 'return');
  const notes = [
    ...left.map(({ id, kind }) => comment(`not exported: ${id}, a claim on a ${kind}`)),
    ...liveness.map(({ id }) => comment(`not exported: ${id}, a claim over infinite runs`)),
  ];
  const stated = claims.filter(isOfStates);
  if (stated.length === 0) return notes;
  const printer = new ClaimPrinter(prepared, names);
  const macros = stated.flatMap((claim) => [
    comment(`${claim.id}: ${claim.sentence}`),
    `#define ${names.claims.get(claim.id)} (${printer.claim(claim)})`,
  ]);
  const all = stated.map(({ id }) => names.claims.get(id)).join(' && ');
  return [
    ...notes,
    ...['#ifdef CLAIM', ...printer.counts(), ...macros, `#define ${ALL} (${all})`],
    ...['never {', '  do', '  :: CLAIM', '  :: !(CLAIM) -> break', '  od', '}', '#endif'],
  ];
}

class ClaimPrinter {
  private readonly prepared: Prepared;
  private readonly names: PromelaNames;
  /** The names of numbers of threads, by what they count. */
  private readonly countNames = new Map<string, string>();
  private readonly texts = new Map<Decision, string>();

  constructor(prepared: Prepared, names: PromelaNames) {
    this.prepared = prepared;
    this.names = names;
  }

  /** The numbers of threads that the claims printed so far ask for. */
  counts(): readonly string[] {
    return [...this.countNames].map(([sum, name]) => `#define ${name} (${sum})`);
  }

  claim({ id, kind }: Claim): string {
    const { invariants, positions } = this.prepared.compiled;
    const own = (programs: readonly CompiledProgram[] = []) =>
      programs.filter(({ claim }) => claim === id).map(({ root }) => this.decision(root));
    const conditions =
      kind === 'invariant'
        ? own(invariants)
        : [...positions].flatMap(([key, programs]) => {
            const inside = this.count((position) => positionKey(position) === key);
            return own(programs).map((holds) => anyOf([`${inside} == 0`, holds]));
          });
    return conditions.length < 2
      ? (conditions[0] ?? 'true')
      : conditions.map((condition) => `(${condition})`).join(' && \\\n  ');
  }

  private decision(decision: Decision): string {
    let text = this.texts.get(decision);
    if (text === undefined) {
      text = this.print(decision);
      this.texts.set(decision, text);
    }
    return text;
  }

  private print(decision: Decision): string {
    if (decision.kind === 'judge') return String(decision.judgement !== false);
    if (decision.kind === 'crash') return 'false';
    const { action } = decision;
    const targets = decision.targets.map((target) => this.decision(target));
    switch (action.kind) {
      case 'access': {
        const name = this.names.variables.get(action.variable)!;
        return byNumber(
          name,
          action.outcome.map((result) => targets[result]!),
        );
      }
      case 'test': {
        const terms = action.terms.map((term) => termText(term, this.names));
        const holds = action.quantifier === 'every' ? allOf(terms) : anyOf(terms);
        return byTruth(holds, targets[1]!, targets[0]!);
      }
      case 'inside': {
        const { mark, data } = action;
        return byNumber(
          this.count((position) => position.mark === mark && matchesData(data, position.data)),
          targets,
        );
      }
    }
  }

  /** The name of the number of threads at nodes with such a position. */
  private count(matches: (position: Position) => boolean): string {
    const places = this.prepared.compiled.automata.flatMap(({ nodes, visibleCount }, thread) =>
      [...nodes.keys()]
        .slice(0, visibleCount)
        .filter((node) => nodes[node]!.positions.some(matches))
        .map((node) => `${this.names.threads[thread]}@${this.names.labels[thread]![node]}`),
    );
    const sum = places.join(' + ') || '0';
    const name = this.countNames.get(sum) ?? `inside_${this.countNames.size}`;
    this.countNames.set(sum, name);
    return name;
  }
}

/** `results[n]` where the number in `name` is n. */
function byNumber(name: string, results: readonly string[]): string {
  return anyOf(
    [...new Set(results)].map((result) =>
      allOf([
        membership(
          name,
          results.map((other) => other === result),
        ),
        result,
      ]),
    ),
  );
}

function byTruth(condition: string, yes: string, no: string): string {
  if (yes === no) return yes;
  return anyOf([allOf([condition, yes]), allOf([`!(${condition})`, no])]);
}
