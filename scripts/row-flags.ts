import { type Command, Option } from 'commander';
import type { Surroundings } from './command-line.ts';
import { parseCount, parseSize } from './quantity.ts';

/** How rows are checked. */
export interface RowFlags {
  /** Whether each row is checked in the smallest scope that shows what is expected of it. */
  readonly small: boolean;
  /** Whether claims over infinite runs are judged. */
  readonly liveness: boolean;
  /** Searches that run side by side. */
  readonly workers: number;
  /** For all of them together. */
  readonly maxMemory: number;
}

export interface RawRowFlags extends Pick<RowFlags, 'workers' | 'maxMemory'> {
  readonly small?: boolean;
  readonly liveness?: boolean;
}

/** Adds the flags that say how rows are checked. */
export function addRowFlags(
  command: Command,
  { cores, memoryBytesMax }: Pick<Surroundings, 'cores' | 'memoryBytesMax'>,
): Command {
  return command
    .addOption(new Option('--small', 'each row in the smallest scope that shows what is expected'))
    .addOption(new Option('--no-liveness', 'leave out claims over infinite runs'))
    .addOption(
      new Option('--workers <n>', 'searches that run side by side')
        .argParser((text) => parseCount('--workers', text))
        .default(cores, 'the cores'),
    )
    .addOption(
      new Option('--max-memory <size>', 'stop at this size of all searches together')
        .argParser((text) => parseSize('--max-memory', text))
        .default(memoryBytesMax, 'most of what is free'),
    );
}

/** The flags that decide what is found. */
export function rowWords({ small, liveness }: RowFlags): readonly string[] {
  return [...(small ? ['--small'] : []), ...(liveness ? [] : ['--no-liveness'])];
}

export function rowFlagsOf(raw: RawRowFlags): RowFlags {
  const { small = false, liveness = true, workers, maxMemory } = raw;
  return { small, liveness, workers, maxMemory };
}
