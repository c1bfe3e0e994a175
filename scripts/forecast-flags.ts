import { Option } from 'commander';
import type { CheckFlags } from './command-line.ts';
import { UsageError } from './usage-error.ts';

/** What decides a forecast, of the flags of `check`. */
export interface ForecastFlags
  extends Pick<CheckFlags, 'only' | 'engine' | 'symmetry' | 'keepGoing' | 'limits'> {
  readonly json: boolean;
}

export function forecastOption(): Option {
  return new Option(
    '--forecast',
    'say how big each scope is, by searching smaller ones: up to --max-states for each (default: ' +
      '2,000,000), or up to --time in all; check nothing',
  );
}

/** @throws UsageError for flags that a forecast has no use for */
export function forecastFlags({
  simulation,
  baseline,
  reports,
  ...flags
}: CheckFlags): ForecastFlags {
  if (simulation !== undefined) {
    throw new UsageError('--forecast: --simulate searches nothing; expected one of the two');
  }
  if (baseline !== undefined) {
    throw new UsageError(
      '--forecast: checks nothing that --ci could compare; expected one of the two',
    );
  }
  const other = reports.find(
    ({ reporter, file }) => file !== undefined || (reporter !== 'text' && reporter !== 'json'),
  );
  if (other !== undefined) {
    throw new UsageError(`--forecast: has no report ${other.reporter}; expected text or --json`);
  }
  const { only, engine, symmetry, keepGoing, limits } = flags;
  return {
    ...{ engine, symmetry, keepGoing, limits },
    ...(only === undefined ? {} : { only }),
    json: reports.some(({ reporter }) => reporter === 'json'),
  };
}
