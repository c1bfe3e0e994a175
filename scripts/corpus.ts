import { readFileSync } from 'node:fs';
import { decodeSchedule, type Schedule, ScheduleError } from '../checker/check/schedule.ts';
import type { Model } from '../checker/language/model.ts';
import { UsageError } from './usage-error.ts';

/** A schedule of a corpus, and the line that it stands in, from 1. */
export interface CorpusEntry {
  readonly line: number;
  readonly schedule: Schedule;
}

/**
 * Reads a file of schedules, one on a line. What follows a `#` is a comment, and empty lines are
 * left out.
 *
 * @throws UsageError if it cannot be read, has no schedule, or a line of it is none for this model
 */
export function readCorpus(path: string, model: Model): readonly CorpusEntry[] {
  const entries = textOf(path)
    .split('\n')
    .map((text, i) => ({ line: i + 1, text: text.replace(/#.*$/, '').trim() }))
    .filter(({ text }) => text !== '')
    .map(({ line, text }) => ({ line, schedule: scheduleIn(text, model, `${path}:${line}`) }));
  if (entries.length === 0) throw new UsageError(`${path}: no schedule; expected one on each line`);
  return entries;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UsageError(`--corpus ${path}: cannot be read (${reason}); expected a file`);
  }
}

function scheduleIn(text: string, model: Model, where: string): Schedule {
  try {
    return decodeSchedule(text, model);
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    throw new UsageError(`${where}: ${error.message}`);
  }
}
