import type { Counterexample } from '../check/result.ts';
import { showScope } from './headline.ts';

type Sized = Pick<Counterexample, 'threadSwitches' | 'shrunk'> &
  (
    | { readonly steps: readonly unknown[] }
    | { readonly prefix: readonly unknown[]; readonly loop: readonly unknown[] }
  );

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
  const scope = showScope(simplest);
  const rest = fewer([
    { name: 'thread switches', count: threadSwitches },
    { name: 'steps', count: 'steps' in sized ? sized.steps.length : sized.prefix.length },
  ]);
  const parts = [
    ...(fewer(counts) === '' ? [] : [`with ${fewer(counts)}`]),
    ...(scope === '' ? [] : [`with as few of these in a simpler scope than ${scope}`]),
    ...(rest === '' ? [] : [`${scope === '' ? '' : 'in that scope '}with ${rest}`]),
  ];
  return (
    `no schedule violates this claim ${parts.join(', or ')}, each with no more of what stands ` +
    `before it: all of them were searched; ${before}`
  );
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
