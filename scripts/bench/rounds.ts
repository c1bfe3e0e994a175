import type { Contestant, Measurement, Space } from './measurement.ts';
import type { Workload } from './workloads.ts';

/** What all rounds measured of one contestant. */
export interface Measured {
  readonly contestant: Pick<Contestant, 'name' | 'space'>;
  readonly runs: readonly Measurement[];
}

export interface RoundOptions {
  readonly rounds: number;
  readonly onRun: (text: string) => void;
  /** Told how many states there are, before anybody else runs. */
  readonly onStates: (states: number) => void;
}

/**
 * Runs the contestants in turn, round by round, so that a drift of the machine hits all alike.
 *
 * @throws Error if two contestants did not search the same space
 */
export async function runRounds(
  workload: Workload,
  contestants: readonly Contestant[],
  { rounds, onRun, onStates }: RoundOptions,
): Promise<readonly Measured[]> {
  const measured = contestants.map((contestant) => ({ contestant, runs: [] as Measurement[] }));
  let reference: Measurement | undefined;
  for (let round = 0; round <= rounds; round++) {
    for (const { contestant, runs } of measured) {
      if (round === 0 && !contestant.needsFirstRun) continue;
      onRun(`${workload.name}: ${contestant.name}, ${roundName(round, rounds)}`);
      const run = await contestant.run();
      if (reference === undefined) {
        reference = run;
        onStates(run.states);
      }
      checkCounts(workload, contestant, run, reference);
      if (round > 0) runs.push(run);
    }
  }
  return measured;
}

function roundName(round: number, rounds: number): string {
  return round === 0 ? 'not counted' : `round ${round} of ${rounds}`;
}

/** A benchmark that compares different spaces is a lie. */
function checkCounts(
  workload: Workload,
  { name, space }: Contestant,
  run: Measurement,
  reference: Measurement,
): void {
  const says = `${workload.name}: ${name} counts ${counts(run)}`;
  if (reference.states !== workload.states) {
    throw new Error(`${says}; expected ${workload.states} states`);
  }
  const [expected, isRight] = EXPECTED[space];
  if (!isRight(run, reference)) {
    throw new Error(`${says}; expected ${expected}${counts(reference)}`);
  }
}

type Counts = Pick<Measurement, 'states' | 'transitions'>;

/** What each kind of space has to count, in words and as a test. */
const EXPECTED: Readonly<Record<Space, readonly [string, (run: Counts, all: Counts) => boolean]>> =
  {
    all: ['', (run, all) => run.states === all.states && run.transitions === all.transitions],
    product: ['at least ', (run, all) => isPart(all, run)],
    stepped: ['as many states: ', (run, all) => run.states === all.states],
    reduced: ['at most ', isPart],
    symmetric: ['at most ', isPart],
  };

function isPart(run: Counts, all: Counts): boolean {
  return run.states <= all.states && run.transitions <= all.transitions;
}

function counts({ states, transitions }: Measurement): string {
  return `${states} states and ${transitions} transitions`;
}
