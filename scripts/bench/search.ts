import { fileURLToPath } from 'node:url';
import type { Contestant, Measurement } from './measurement.ts';
import { runProgram } from './run-program.ts';
import { COMPARED_STATES_MAX, measuresClaims, type Workload } from './workloads.ts';

/** What a process is asked to search, and how. */
export interface SearchRequest {
  readonly workload: string;
  readonly engine: 'compiled' | 'interpreter';
  readonly workers: number;
  readonly symmetry: boolean;
  /** Whether claims are judged, beside the assertions of the model. */
  readonly claims: boolean;
  /** Whether what the ledger needs is gathered. */
  readonly coverage: boolean;
}

/** Our search as it is without helpers: who the others are compared with. */
export const ONE_WORKER_NAME = 'compiled, 1 worker';

const PROCESS = fileURLToPath(new URL('./search-process.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Our own searches of a workload. The first counts its states. */
export function ourContestants(workload: Workload, signal: AbortSignal): readonly Contestant[] {
  const { name, symmetric = false } = workload;
  const compiled = (workers: number, symmetry: boolean, claims = true, coverage = true) =>
    contestant({ workload: name, engine: 'compiled', workers, symmetry, claims, coverage }, signal);
  const workers = [1, 2];
  const interpreter: SearchRequest = {
    workload: name,
    engine: 'interpreter',
    workers: 1,
    symmetry: false,
    claims: true,
    coverage: true,
  };
  return [
    ...workers.map((count) => compiled(count, false)),
    ...(measuresClaims(workload)
      ? [compiled(1, false, true, false), compiled(1, false, false)]
      : []),
    ...(symmetric ? workers.map((count) => compiled(count, true)) : []),
    ...(workload.states <= COMPARED_STATES_MAX ? [contestant(interpreter, signal)] : []),
  ];
}

function contestant(request: SearchRequest, signal: AbortSignal): Contestant {
  return {
    name: nameOf(request),
    // What only claims look at is no part of the state without them.
    space: request.symmetry ? 'symmetric' : request.claims ? 'all' : 'reduced',
    // Each process has a warm-up of its own. One run says how big the space is.
    needsFirstRun: nameOf(request) === ONE_WORKER_NAME,
    run: () => search(request, signal),
  };
}

function nameOf({ engine, workers, symmetry, claims, coverage }: SearchRequest): string {
  if (engine === 'interpreter') return 'interpreter';
  const crew = `${workers} worker${workers === 1 ? '' : 's'}`;
  const without = [...(coverage ? [] : ['no ledger']), ...(claims ? [] : ['no claims'])];
  return ['compiled', crew, ...(symmetry ? ['symmetry'] : []), ...without].join(', ');
}

async function search(request: SearchRequest, signal: AbortSignal): Promise<Measurement> {
  const args = ['--import', 'tsx', PROCESS, JSON.stringify(request)];
  const { stdout } = await runProgram([process.execPath, ...args], { folder: ROOT, signal });
  return JSON.parse(stdout) as Measurement;
}
