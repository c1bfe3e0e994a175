import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Baseline, parseBaseline, printBaseline } from '../checker/matrix/baseline.ts';
import type { LoadedModel } from './loaded-model.ts';
import { UsageError } from './usage-error.ts';

/** Where the baseline of a model is. */
export interface BaselineFile {
  readonly path: string;
  /** As messages name it: from the current directory. */
  readonly shownAs: string;
}

/** The file that was named, or `NAME.baseline.json` beside the file of the model. */
export function baselineFile(
  { model, file, path: modelPath }: LoadedModel,
  named?: string,
): BaselineFile {
  if (named !== undefined) return { path: named, shownAs: named };
  const name = `${model.name}.baseline.json`;
  const path = join(dirname(fileURLToPath(file.url)), name);
  const shownAs =
    modelPath === undefined ? relative(process.cwd(), path) : join(dirname(modelPath), name);
  return { path, shownAs };
}

/**
 * What the file says; nothing if there is none.
 *
 * @throws ModelError if it is no baseline of this model
 */
export function readBaseline({ path, shownAs }: BaselineFile, model: string): Baseline | undefined {
  if (!existsSync(path)) return undefined;
  return parseBaseline(readFileSync(path, 'utf8'), shownAs, model);
}

/**
 * Replaces the file, or leaves it as it is.
 *
 * @throws UsageError if it cannot be written
 */
export function writeBaseline({ path, shownAs }: BaselineFile, baseline: Baseline): void {
  const draft = `${path}.draft`;
  try {
    writeFileSync(draft, printBaseline(baseline));
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${shownAs}: cannot be written (${code}); expected --baseline FILE`);
  }
}
