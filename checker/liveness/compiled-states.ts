import { CompiledRun } from '../compiled/explore-compiled.ts';
import type { Explore } from './graph.ts';

/** Searches with the compiled steps, alone: one memory has to hold all states. */
export const compiledStates: Explore = (prepared, options) => {
  const { crew: _, ...alone } = options;
  const run = new CompiledRun(prepared, { ...alone, symmetry: 'off' });
  const outcome = run.run();
  return {
    outcome,
    listingBytes: outcome.exhausted ? run.listingBytes : 0,
    states: { count: outcome.states, each: (show) => run.eachNumbered(show) },
    cycles: (look) => run.cycles(look),
    allSteps: (look) => run.allSteps(look),
  };
};
