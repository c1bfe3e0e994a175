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
  readonly judges: Judges;
}

/**
 * Which claims are judged beside the assertions of the model: those of a safety search; the same,
 * without what the ledger needs; none; those over infinite runs; or none, in the states of these.
 */
type Judges = 'claims' | 'claims, no ledger' | 'nothing' | 'liveness' | 'nothing, as liveness';

/** Our search as it is without helpers: who the others are compared with. */
export const ONE_WORKER_NAME = 'compiled, 1 worker';

const PROCESS = fileURLToPath(new URL('./search-process.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Our own searches of a workload. The first counts its states. */
export function ourContestants(workload: Workload, signal: AbortSignal): readonly Contestant[] {
  const { name, symmetric = false, liveness } = workload;
  const compiled = (workers: number, symmetry: boolean, judges: Judges = 'claims') =>
    contestant({ workload: name, engine: 'compiled', workers, symmetry, judges }, signal);
  if (liveness !== undefined) {
    return [compiled(1, false, 'nothing, as liveness'), compiled(1, false, 'liveness')];
  }
  const workers = [1, 2];
  const interpreter: SearchRequest = {
    workload: name,
    engine: 'interpreter',
    workers: 1,
    symmetry: false,
    judges: 'claims',
  };
  return [
    ...workers.map((count) => compiled(count, false)),
    ...(measuresClaims(workload)
      ? (['claims, no ledger', 'nothing'] as const).map((judges) => compiled(1, false, judges))
      : []),
    ...(symmetric ? workers.map((count) => compiled(count, true)) : []),
    ...(workload.states <= COMPARED_STATES_MAX ? [contestant(interpreter, signal)] : []),
  ];
}

function contestant(request: SearchRequest, signal: AbortSignal): Contestant {
  return {
    name: nameOf(request),
    // What only claims look at is no part of the state without them.
    space: request.symmetry ? 'symmetric' : request.judges === 'nothing' ? 'reduced' : 'all',
    // Each process has a warm-up of its own. One run says how big the space is.
    needsFirstRun: nameOf(request) === ONE_WORKER_NAME,
    run: () => search(request, signal),
  };
}

const SUFFIXES: Readonly<Record<Judges, string>> = {
  claims: '',
  'claims, no ledger': ', no ledger',
  nothing: ', no claims',
  liveness: ', liveness',
  'nothing, as liveness': '',
};

function nameOf({ engine, workers, symmetry, judges }: SearchRequest): string {
  if (engine === 'interpreter') return 'interpreter';
  const crew = `${workers} worker${workers === 1 ? '' : 's'}`;
  return `compiled, ${crew}${symmetry ? ', symmetry' : ''}${SUFFIXES[judges]}`;
}

async function search(request: SearchRequest, signal: AbortSignal): Promise<Measurement> {
  const args = ['--import', 'tsx', PROCESS, JSON.stringify(request)];
  const { stdout } = await runProgram([process.execPath, ...args], { folder: ROOT, signal });
  return JSON.parse(stdout) as Measurement;
}
