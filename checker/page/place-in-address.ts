import type { Run } from '../report/exhibit.ts';

/** Which run is shown, and how many of its steps are done. */
export interface Place {
  readonly run: number;
  readonly position: number;
}

/** The place that the address names behind its #, e.g. `P3/12`; else the end of the first run. */
export function placeInAddress(runs: readonly Run[]): Place {
  const [name = '', step] = decodeURIComponent(location.hash.slice(1)).split('/');
  const run = Math.max(
    runs.findIndex((other) => other.name === name),
    0,
  );
  const last = runs[run]?.recording.steps.length ?? 0;
  const position = /^\d+$/.test(step ?? '') ? Math.min(Number(step), last) : last;
  return { run, position };
}

/** Puts a place into the address, so that a copied link leads to it. */
export function rememberPlace(runs: readonly Run[], { run, position }: Place): void {
  const name = encodeURIComponent(runs[run]?.name ?? '');
  history.replaceState(null, '', `#${name}/${position}`);
}
