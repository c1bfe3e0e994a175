/** Ways to go through a run. */
export type Navigation =
  | 'first'
  | 'last'
  | 'previous'
  | 'next'
  | 'back ten'
  | 'on ten'
  | 'previous switch'
  | 'next switch';

const FAR = 10;

/** What of a run matters to who goes through it. */
interface Path {
  readonly steps: readonly { readonly thread: number }[];
  /** The steps from this index on repeat for ever. */
  readonly loopStart?: number | undefined;
}

/**
 * Where a way leads from a position, which counts the steps done. The step after the last one is
 * the first of the loop, if there is one.
 */
export function targetOf(way: Navigation, path: Path, position: number): number {
  const { steps, loopStart } = path;
  const last = steps.length;
  const isSwitch = (at: number) => steps[at - 1]?.thread !== steps[at]?.thread;
  switch (way) {
    case 'first':
      return 0;
    case 'last':
      return last;
    case 'previous':
      return Math.max(position - 1, 0);
    case 'next':
      if (position < last) return position + 1;
      return loopStart === undefined ? last : loopStart + 1;
    case 'back ten':
      return Math.max(position - FAR, 0);
    case 'on ten':
      return Math.min(position + FAR, last);
    case 'previous switch': {
      let at = Math.max(position - 1, 0);
      while (at > 0 && !isSwitch(at)) at--;
      return at;
    }
    case 'next switch': {
      let at = Math.min(position + 1, last);
      while (at < last && !isSwitch(at)) at++;
      return at;
    }
  }
}
