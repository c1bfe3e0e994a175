import type { Counterexample, LoopReport, Shrunk } from '../check/result.ts';
import { showScope } from './headline.ts';

interface SizedLoop {
  readonly prefix: readonly unknown[];
  readonly loopFacts: Pick<LoopReport, 'isShortest'>;
}

type Sized = Pick<Counterexample, 'threadSwitches' | 'shrunk'> &
  ({ readonly steps: readonly unknown[] } | SizedLoop);

type Count = { readonly name: string; readonly count: number };

/** How small a schedule is, what of this was proved, and how long it was; nothing if not shrunk. */
export function shrunkText(sized: Sized): string | undefined {
  const { shrunk, threadSwitches } = sized;
  if (shrunk === undefined) return undefined;
  const { from, counts, simplest, unproved } = shrunk;
  const before = `found first with ${lengthOf(from.steps, from.threadSwitches)}`;
  if (unproved.length > 0) {
    return `not proved, as a limit came first, in: ${unproved.join(', ')}; ${before}`;
  }
  const parts = [
    ...(fewer(counts) === '' ? [] : [`with ${fewer(counts)}`]),
    ...simplerText(simplest),
  ];
  if ('prefix' in sized) return `${loopText(sized, parts)}; ${before}`;
  const rest = fewer([
    { name: 'thread switches', count: threadSwitches },
    { name: 'steps', count: sized.steps.length },
  ]);
  const place = showScope(simplest) === '' ? '' : 'in that scope ';
  const all = [...parts, ...(rest === '' ? [] : [`${place}with ${rest}`])].join(', or ');
  return (
    `no schedule violates this claim ${all}, each with no more of what stands ` +
    `before it: all of them were searched; ${before}`
  );
}

function simplerText(simplest: Shrunk['simplest']): string[] {
  const scope = showScope(simplest);
  return scope === '' ? [] : [`with as few of these in a simpler scope than ${scope}`];
}

/** Of a loop the scope is proved, the way to it, and its length from where it begins. */
function loopText({ prefix, loopFacts }: SizedLoop, parts: readonly string[]): string {
  const way = prefix.length === 0 ? [] : [`none begins after fewer steps than ${prefix.length}`];
  const round = loopFacts.isShortest === true ? ['none is shorter that begins there'] : [];
  const within = [...way, ...round].join(', and ');
  const what = parts.length === 0 ? '' : `no loop violates this claim ${parts.join(', or ')}: `;
  return `${what}all of them were searched${within === '' ? '' : `; in that scope ${within}`}`;
}

function fewer(counts: readonly Count[]): string {
  return counts
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `fewer ${name} than ${count}`)
    .join(', or ');
}

function lengthOf(steps: number, switches: number): string {
  const moved = switches === 1 ? '1 thread switch' : `${switches} thread switches`;
  return `${steps === 1 ? '1 step' : `${steps} steps`} and ${moved}`;
}
