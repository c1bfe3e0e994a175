import type { System } from '../language/system.ts';
import type { Symmetry } from './symmetry.ts';

/** In one line, which threads of a system are interchangeable. */
export function summarizeSymmetry({ threads }: System, { classes }: Symmetry): string {
  if (classes.length === 0) return 'no two threads are interchangeable';
  return classes
    .map((one) => {
      const names = one.threads.map((thread) => threads[thread]!.name);
      return `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are interchangeable`;
    })
    .join('; ');
}
