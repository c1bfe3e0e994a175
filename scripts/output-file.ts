import { randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './usage-error.ts';

/**
 * Checks that a file can be written, so that no long search ends without its report.
 *
 * @param flag the flag that named the file, for the message
 * @throws UsageError if it cannot, as far as can be known before it is tried
 */
export function checkWritable(flag: string, path: string): void {
  const folder = statOf(dirname(path));
  const file = statOf(path);
  if (path === '') throw new UsageError(`${flag}: no path; expected that of a file`);
  if (folder?.isDirectory() !== true) {
    throw new UsageError(`${flag} ${path}: there is no folder ${dirname(path)}; expected one`);
  }
  if (file?.isDirectory() === true) {
    throw new UsageError(`${flag} ${path}: is a folder; expected the path of a file`);
  }
  const mustBeWritable = file === undefined || file.isFile() ? dirname(path) : path;
  try {
    accessSync(mustBeWritable, constants.W_OK);
  } catch (error) {
    throw notWritten(flag, path, error);
  }
}

/**
 * Writes a whole file or nothing: whoever reads it meanwhile sees the old one or the new one. What
 * is no ordinary file, like a pipe, is written as it is.
 *
 * @param flag the flag that names the file, for the message
 * @param shownAs the path as the message says it
 * @throws UsageError if it cannot be written
 */
export function writeWhole(flag: string, path: string, text: string, shownAs = path): void {
  const present = statOf(path);
  // Through a link: renaming would put a file in its place.
  const target = present === undefined ? path : realpathSync(path);
  const draft = (present?.isFile() ?? true) ? `${target}.${randomUUID()}.part` : target;
  try {
    writeFileSync(draft, text);
    if (draft !== target) renameSync(draft, target);
  } catch (error) {
    if (draft !== target) rmSync(draft, { force: true });
    throw notWritten(flag, shownAs, error);
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function notWritten(flag: string, path: string, error: unknown): UsageError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return new UsageError(`${flag} ${path}: cannot be written (${reason}); expected a path that can`);
}
