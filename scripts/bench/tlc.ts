import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contestant, Measurement } from './measurement.ts';
import { type RunOptions, runMeasured } from './run-program.ts';
import { tlcCounts } from './tlc-counts.ts';
import type { Workload } from './workloads.ts';

/** Where TLC is. */
export const TLC_VARIABLE = 'TLA2TOOLS_JAR';

const MODULE = fileURLToPath(new URL('./FilterLock.tla', import.meta.url));
const CONFIGURATION = fileURLToPath(new URL('./FilterLock.cfg', import.meta.url));

/** TLC on the filter lock; nobody if it is not there, or on other workloads. */
export function tlcContestants(
  { filterLock }: Workload,
  jar: string | undefined,
  options: RunOptions,
): readonly Contestant[] {
  if (filterLock === undefined || jar === undefined) return [];
  const { folder } = options;
  copyFileSync(MODULE, join(folder, 'FilterLock.tla'));
  const configuration = readFileSync(CONFIGURATION, 'utf8').replace(/N = \d+/, `N = ${filterLock}`);
  writeFileSync(join(folder, 'FilterLock.cfg'), configuration);
  return [{ name: 'TLC', space: 'all', needsFirstRun: false, run: () => runTlc(jar, options) }];
}

async function runTlc(jar: string, options: RunOptions): Promise<Measurement> {
  const flags = ['-workers', '1', '-deadlock', '-cleanup'];
  const ran = await runMeasured(
    ['java', '-XX:+UseParallelGC', '-cp', jar, 'tlc2.TLC', ...flags, 'FilterLock'],
    options,
  );
  const { seconds, peakBytes } = ran;
  return {
    ...tlcCounts(ran.stdout),
    seconds,
    ...(peakBytes === undefined ? {} : { peakBytes }),
    state: '64-bit hash',
  };
}
