import type { Automaton, Position } from '../automaton/automaton.ts';
import type { LeavesClaim, LivenessClaim } from '../language/liveness-claim.ts';
import { freezeAndKey } from '../language/value.ts';
import type { Prepared } from '../search/explore.ts';
import { comment } from './promela-comment.ts';
import { ConditionPrinter } from './promela-conditions.ts';
import { allOf } from './promela-expressions.ts';
import type { PromelaNames } from './promela-names.ts';

/** How the runs begin and go on that break a claim for one thread, or one thing it is about. */
interface Trap {
  /** Holds in the state from which on `stays` does. */
  readonly from: string;
  readonly stays: string;
  /** Holds again and again. */
  readonly recurs: string;
}

const ASSUMED: Readonly<Record<LivenessClaim['fairness'], string>> = {
  none: 'assumes nothing: pan -a',
  weak: 'assumes weak fairness: pan -a -f',
  locks: 'assumes locks with queues too; pan -a -f only weak fairness, so it may find more',
  strong: 'assumes strong fairness; pan -a -f only weak fairness, so it may find more',
};

/**
 * Claims over infinite runs as never claims, chosen by `-DLIVE_<name of the claim>`, each with an
 * acceptance cycle exactly where a cycle breaks the claim under no or weak fairness.
 *
 * @param liveness those that the system was compiled with
 */
export function livenessText(
  prepared: Prepared,
  names: PromelaNames,
  liveness: readonly LivenessClaim[],
): readonly string[] {
  const { liveness: all = [] } = prepared.compiled.system;
  return all.flatMap((claim) => {
    if (!liveness.includes(claim)) {
      return [comment(`not exported: ${claim.id}, a claim over infinite runs`)];
    }
    if (claim.shape === 'leaves' && mayEnterAgain(prepared, claim)) {
      return [
        comment(`not exported: ${claim.id}, as a step leaves its stretch and enters it again`),
      ];
    }
    const printer = new ConditionPrinter(prepared, names);
    const traps = trapsOf(prepared, printer, claim);
    return [
      comment(`${claim.id}: ${claim.sentence} (${ASSUMED[claim.fairness]})`),
      `#ifdef ${liveName(names, claim)}`,
      ...printer.counts(),
      ...never(traps),
      '#endif',
    ];
  });
}

/** The macro that chooses a claim. */
export function liveName({ claims }: PromelaNames, { id }: LivenessClaim): string {
  return `LIVE_${claims.get(id)}`;
}

function trapsOf(
  prepared: Prepared,
  printer: ConditionPrinter,
  claim: LivenessClaim,
): readonly Trap[] {
  const { automata, questions } = prepared.compiled;
  if (claim.shape === 'leaves') {
    return automata.flatMap((automaton, thread) =>
      stretchesIn(automaton, claim).map((key) => {
        const isThis = (one: Position) => isOf(claim, one) && keyOf(one) === key;
        const stays = `${printer.count(isThis, thread)} > 0`;
        return { from: stays, stays, recurs: 'true' };
      }),
    );
  }
  return claim.pairs.map((pair) => {
    const { first, second } = questions.get(pair)!;
    const happens = printer.decision(first.root);
    const stays = notText(printer.decision(second.root));
    return claim.shape === 'leads to'
      ? { from: allOf([happens, stays]), stays, recurs: 'true' }
      : { from: stays, stays, recurs: happens };
  });
}

/** A run is accepted that stays in a trap from some point on and comes by what recurs in it. */
function never(traps: readonly Trap[]): readonly string[] {
  const enter = traps.map(({ from, recurs }, i) => {
    return `  :: ${from} -> goto ${recurs === 'true' ? 'accept' : 'stay'}_${i}`;
  });
  const follow = traps.flatMap(({ stays, recurs }, i) => {
    if (recurs === 'true') return state(`accept_${i}`, [[stays, `accept_${i}`]]);
    const next = [
      [allOf([stays, recurs]), `accept_${i}`],
      [stays, `stay_${i}`],
    ] as const;
    return [...state(`stay_${i}`, next), ...state(`accept_${i}`, next)];
  });
  return ['never {', '  do', '  :: true', ...enter, '  od;', ...follow, '}'];
}

function state(
  label: string,
  options: readonly (readonly [condition: string, next: string])[],
): readonly string[] {
  return [
    ...[`${label}:`, '  if'],
    ...options.map(([condition, next]) => `  :: ${condition} -> goto ${next}`),
    '  fi;',
  ];
}

function isOf({ mark, concerns }: LeavesClaim, position: Position): boolean {
  return position.mark === mark && concerns(position.data);
}

function keyOf({ mark, data }: Position): string {
  return freezeAndKey(data, mark);
}

function stretchesIn({ nodes }: Automaton, claim: LeavesClaim): readonly string[] {
  const positions = nodes.flatMap((node) => node.positions);
  return [...new Set(positions.filter((one) => isOf(claim, one)).map(keyOf))];
}

/** Then a thread is in the stretch for ever, and yet leaves it again and again. */
function mayEnterAgain({ compiled }: Prepared, claim: LeavesClaim): boolean {
  return compiled.automata.some(({ nodes }) =>
    nodes.some(({ edges }) =>
      edges.some(({ events, target }) =>
        events.some(
          (event) =>
            event.kind === 'left' &&
            isOf(claim, event) &&
            nodes[target]!.positions.some((one) => isOf(claim, one) && keyOf(one) === keyOf(event)),
        ),
      ),
    ),
  );
}

function notText(condition: string): string {
  if (condition === 'false') return 'true';
  return condition === 'true' ? 'false' : `!(${condition})`;
}
