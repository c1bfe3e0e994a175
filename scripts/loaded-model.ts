import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ClaimOutline } from '../checker/check/claim-results.ts';
import { outlineOf } from '../checker/check/outline.ts';
import { buildSystem, completeScope, type Model } from '../checker/language/model.ts';
import { ModelError } from '../checker/language/model-error.ts';
import { ParameterError, type Scope } from '../checker/language/parameter.ts';
import type { System } from '../checker/language/system.ts';
import { importModel, type ModelFile } from '../checker/worker/import-model.ts';

/** A model and the file that it comes from. */
export interface LoadedModel {
  readonly file: ModelFile;
  readonly model: Model;
  /** As the user named it; absent for the default model. */
  readonly path?: string;
}

const DEFAULT_FILE: ModelFile = {
  url: new URL('../properties/index.ts', import.meta.url).href,
  shownAs: 'properties/index.ts',
};

/**
 * Loads the model in the file at `path`, or the default one.
 *
 * @throws ModelError if there is none
 */
export async function loadModel(path: string | undefined): Promise<LoadedModel> {
  if (path === undefined) return { file: DEFAULT_FILE, model: await importModel(DEFAULT_FILE) };
  const file = { url: pathToFileURL(resolve(path)).href, shownAs: path };
  return { file, model: await importModel(file), path };
}

/**
 * The scopes that a check covers, given the parameters that the user named.
 *
 * @throws ModelError if the model names none
 */
export function scopesOf({ model, file }: LoadedModel, given: Partial<Scope>): readonly Scope[] {
  const { scopes } = model;
  if (scopes === undefined) return [completeScope(model.parameters, given)];
  const named = guarded(file, 'scopes', () => scopes(given));
  if (!Array.isArray(named) || named.length === 0) {
    throw new ModelError(`${file.shownAs}: scopes() names no scope; expected at least one`);
  }
  return named.map((scope) => completeScope(model.parameters, scope));
}

/**
 * The scopes in which a check judges claims over infinite runs: those of all claims, unless the
 * model names others.
 *
 * @throws ModelError if the model names none
 */
export function livenessScopesOf(loaded: LoadedModel, given: Partial<Scope>): readonly Scope[] {
  const { model } = loaded;
  const { livenessScopes } = model;
  if (livenessScopes === undefined) return scopesOf(loaded, given);
  return scopesOf({ ...loaded, model: { ...model, scopes: livenessScopes } }, given);
}

/**
 * The claims that a check of these scopes judges.
 *
 * @param livenessScopes where those over infinite runs are judged
 * @throws ModelError if the model cannot be built
 */
export function claimsOf(
  { model, file }: LoadedModel,
  scopes: readonly Scope[],
  livenessScopes: readonly Scope[],
): ClaimOutline[] {
  const build = (scope: Scope) => buildSystem(model, scope);
  return guarded(file, 'build', () => outlineOf(scopes.map(build), livenessScopes.map(build)));
}

/**
 * One scope of a model.
 *
 * @throws ModelError if the model cannot be built
 */
export function systemOf({ model, file }: LoadedModel, scope: Scope): System {
  return guarded(file, 'build', () => buildSystem(model, scope));
}

/** Runs code of the engine: what it says of the model is said of this file. */
export function named<R>({ shownAs }: ModelFile, run: () => R): R {
  try {
    return run();
  } catch (error) {
    if (error instanceof ModelError) throw new ModelError(`${shownAs}: ${error.message}`);
    throw error;
  }
}

/** Runs code of the model. */
function guarded<R>(file: ModelFile, what: string, run: () => R): R {
  try {
    return named(file, run);
  } catch (error) {
    if (error instanceof ModelError || error instanceof ParameterError) throw error;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new ModelError(`${file.shownAs}: ${what}() throws ${text.split('\n')[0]}`);
  }
}
