import { randomInt } from 'node:crypto';
import { type Command, Option } from 'commander';
import {
  SCHEDULER_NAMES,
  type SchedulerName,
  type SimulationOptions,
} from '../checker/simulation/simulate.ts';
import { parseCount } from './quantity.ts';
import { UsageError } from './usage-error.ts';

const DEFAULTS = { walks: 10_000, stepsMax: 1_000, changePoints: 2 } as const;
/** Seeds that we choose are below this: short enough to be typed. */
const SEED_BOUND = 2 ** 32;

/** The flags as commander hands them over. */
export interface RawSimulationFlags {
  readonly simulate?: SchedulerName | true;
  readonly seed?: string;
  readonly walks?: number;
  readonly walkSteps?: number;
  readonly changePoints?: number;
}

/** Makes the flags of walks by chance. */
export function addSimulationOptions(command: Command): void {
  const count = (flag: string, help: string, usual: number) =>
    new Option(`${flag} <n>`, `${help} (default: ${usual})`).argParser((text) =>
      parseCount(flag, text),
    );
  const options = [
    new Option(
      '--simulate [scheduler]',
      'walk through the scopes by chance, and search nothing: pct (priorities that change ' +
        'rarely) or random (any thread in any step); BOUNDED if nothing fails (default: pct)',
    ).choices(SCHEDULER_NAMES),
    new Option('--seed <text>', 'decides every walk (default: a new one, which is printed)'),
    count('--walks', 'walks in each scope', DEFAULTS.walks),
    count('--walk-steps', 'cut a walk after this many steps', DEFAULTS.stepsMax),
    count(
      '--change-points',
      'how often in a walk of pct a thread falls behind the others',
      DEFAULTS.changePoints,
    ),
  ];
  for (const option of options) command.addOption(option.helpGroup('Simulation:'));
}

/**
 * The walks that these flags ask for; none without `--simulate`.
 *
 * @throws UsageError if a flag would have no effect
 */
export function simulationOf(raw: RawSimulationFlags): SimulationOptions | undefined {
  const { simulate, seed, walks, walkSteps, changePoints } = raw;
  if (simulate === undefined) {
    const given = Object.entries({ seed, walks, walkSteps, changePoints }).find(
      ([, value]) => value !== undefined,
    );
    if (given === undefined) return undefined;
    const flag = given[0].replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${flag}: decides how --simulate walks; expected --simulate too`);
  }
  const scheduler = simulate === true ? 'pct' : simulate;
  if (scheduler === 'random' && changePoints !== undefined) {
    throw new UsageError('--change-points: random has no priorities; expected --simulate pct');
  }
  return {
    scheduler,
    seed: seed ?? String(randomInt(SEED_BOUND)),
    walks: walks ?? DEFAULTS.walks,
    stepsMax: walkSteps ?? DEFAULTS.stepsMax,
    changePoints: scheduler === 'random' ? 0 : (changePoints ?? DEFAULTS.changePoints),
  };
}

/** The words of the command line that make the same walks again. */
export function simulationWords(simulation: SimulationOptions | undefined): readonly string[] {
  if (simulation === undefined) return [];
  const { scheduler, seed, walks, stepsMax, changePoints } = simulation;
  const unless = (usual: number, flag: string, value: number) =>
    value === usual ? [] : [flag, String(value)];
  return [
    ...['--simulate', scheduler, '--seed', seed],
    ...unless(DEFAULTS.walks, '--walks', walks),
    ...unless(DEFAULTS.stepsMax, '--walk-steps', stepsMax),
    ...(scheduler === 'random'
      ? []
      : unless(DEFAULTS.changePoints, '--change-points', changePoints)),
  ];
}
