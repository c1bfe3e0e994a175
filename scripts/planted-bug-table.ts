import { plantedCompiledBugs } from './planted-compiled-bugs.ts';
import { plantedInterpreterBugs } from './planted-interpreter-bugs.ts';

/** A mistake that somebody could make in the engine. */
export interface PlantedBug {
  readonly name: string;
  /** Below `checker/`. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Why the engine would lie with it. */
  readonly lie: string;
  /** What has to find it, below `checker/`; `DIFFERENTIAL_TEST` if absent. */
  readonly test?: string;
}

/** Compares the interpreter with the generators. */
export const DIFFERENTIAL_TEST = 'random-program/differential.test.ts';

/** From the front of the engine to its back. Each has to be found on its own. */
export const plantedBugs: readonly PlantedBug[] = [
  ...plantedInterpreterBugs,
  ...plantedCompiledBugs,
];
