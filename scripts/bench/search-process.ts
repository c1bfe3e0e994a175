import { setTimeout as sleep } from 'node:timers/promises';
import { Crew, Helpers } from '../../checker/compiled/crew.ts';
import { exploreCompiled } from '../../checker/compiled/explore-compiled.ts';
import type { EngineOptions } from '../../checker/engine/engine.ts';
import { buildSystem, completeScope } from '../../checker/language/model.ts';
import type { Scope } from '../../checker/language/parameter.ts';
import type { System } from '../../checker/language/system.ts';
import { compiledStates } from '../../checker/liveness/compiled-states.ts';
import { exploreLivenessCompiled } from '../../checker/liveness/explore-liveness.ts';
import { prepareLiveness } from '../../checker/liveness/prepare-liveness.ts';
import { explore } from '../../checker/search/explore.ts';
import type { Measurement } from './measurement.ts';
import type { SearchRequest } from './search.ts';
import { WORKLOADS } from './workloads.ts';

// Measures one search in a process of its own, so that its memory is its own.

const WAIT_MS = 5;

const request = JSON.parse(process.argv[2]!) as SearchRequest;
console.log(JSON.stringify(await measure(request)));
// Helper threads are ended with the process.
process.exit();

async function measure(asked: SearchRequest): Promise<Measurement> {
  const { model, scope, warmUp } = WORKLOADS.find(({ name }) => name === asked.workload)!;
  const engine = asked.engine === 'interpreter' ? explore : exploreCompiled;
  const options = await optionsFor(asked);
  const search = (given: Partial<Scope>) => {
    const system = buildSystem(model, completeScope(model.parameters, given));
    switch (asked.judges) {
      case 'claims':
      case 'claims, no ledger':
        return engine(system, options);
      case 'nothing':
        return engine(withoutClaims(system), options);
      case 'liveness':
        return exploreLivenessCompiled(system, options);
      case 'nothing, as liveness':
        return compiledStates(prepareLiveness(system), options).outcome;
    }
  };
  search(warmUp);
  const start = performance.now();
  const { exhausted, states, transitions, stateBits, memoryBytes } = search(scope);
  const seconds = (performance.now() - start) / 1000;
  if (!exhausted) throw new Error('the search ended early; expected all states and no violation');
  return {
    states,
    transitions,
    seconds,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    ownBytes: memoryBytes,
    state: `${stateBits} bits`,
  };
}

/** The system alone. Its code names its assertions, so these stay. */
function withoutClaims(system: System): System {
  return {
    ...system,
    claims: system.claims.filter(({ kind }) => kind === 'assertion'),
    liveness: [],
  };
}

async function optionsFor({ workers, symmetry, judges }: SearchRequest): Promise<EngineOptions> {
  const options: EngineOptions = {
    limits: {},
    keepGoing: false,
    onProgress: () => 'continue',
    symmetry: symmetry ? 'required' : 'off',
    coverage: judges !== 'claims, no ledger',
  };
  if (workers === 1) return options;
  const { ends } = new Helpers(workers - 1, (reason) => {
    throw reason;
  });
  const crew = new Crew(ends);
  while (!crew.isReady) await sleep(WAIT_MS);
  return { ...options, crew: ends };
}
