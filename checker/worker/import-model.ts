import { statSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Model } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import { modelFault } from './model-shape.ts';

/** A file that exports a model by default. */
export interface ModelFile {
  readonly url: string;
  /** How to name it in messages: as the user did. */
  readonly shownAs: string;
}

let isRegistered = false;

/**
 * Imports a model file. Expects tsx to be registered.
 *
 * @throws ModelError with one line that names the file, if it does not exist, does not compile,
 *   throws, or does not export a model by default
 */
export async function importModel({ url, shownAs }: ModelFile): Promise<Model> {
  if (!isRegistered) {
    register('./import-as-module.mjs', import.meta.url);
    isRegistered = true;
  }
  const path = fileURLToPath(url);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new ModelError(`${shownAs}: no such file; expected a TypeScript file with a model`);
  }
  let exported: { default?: unknown };
  try {
    exported = (await import(url)) as typeof exported;
  } catch (error) {
    throw new ModelError(`${shownAs}: ${importFault(error, path, shownAs)}`);
  }
  const fault = modelFault(exported.default);
  if (fault !== undefined) throw new ModelError(`${shownAs}: ${fault}`);
  return exported.default as Model;
}

function importFault(error: unknown, path: string, shownAs: string): string {
  const { name, message, code } = faultOf(error);
  if (name === 'TransformError') {
    // The first line counts the errors, each of the others is one: `PATH:LINE:COLUMN: ERROR: ...`
    const [, first = message] = message.split('\n');
    return `does not compile: ${first.replace('ERROR: ', '').replaceAll(path, shownAs)}`;
  }
  const text = message.split('\n')[0]?.replaceAll(path, shownAs);
  if (code === 'ERR_MODULE_NOT_FOUND') return `cannot be imported: ${text}`;
  return `throws when it is imported: ${name}: ${text}`;
}

function faultOf(error: unknown): { name: string; message: string; code?: unknown } {
  if (typeof error !== 'object' || error === null) return { name: 'Error', message: String(error) };
  const { name, message, code } = error as { name?: unknown; message?: unknown; code?: unknown };
  return { name: String(name ?? 'Error'), message: String(message ?? error), code };
}
