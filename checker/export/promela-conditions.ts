import type { Position } from '../automaton/automaton.ts';
import type { Decision } from '../automaton/decision.ts';
import { matchesData } from '../language/position.ts';
import type { Prepared } from '../search/explore.ts';
import { allOf, anyOf, membership, termText } from './promela-expressions.ts';
import type { PromelaNames } from './promela-names.ts';

/** Prints what is asked of states, and counts of threads as macros of their own. */
export class ConditionPrinter {
  private readonly prepared: Prepared;
  private readonly names: PromelaNames;
  /** The names of numbers of threads, by what they count. */
  private readonly countNames = new Map<string, string>();
  private readonly texts = new Map<Decision, string>();

  constructor(prepared: Prepared, names: PromelaNames) {
    this.prepared = prepared;
    this.names = names;
  }

  /** The numbers of threads that what was printed so far asks for. */
  counts(): readonly string[] {
    return [...this.countNames].map(([sum, name]) => `#define ${name} (${sum})`);
  }

  /** That a program says yes, or nothing, of a state. */
  decision(decision: Decision): string {
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

  /** The name of the number of threads, or of one alone, at nodes with such a position. */
  count(matches: (position: Position) => boolean, only?: number): string {
    const places = this.prepared.compiled.automata.flatMap(({ nodes, visibleCount }, thread) =>
      [...nodes.keys()]
        .slice(0, only === undefined || only === thread ? visibleCount : 0)
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
