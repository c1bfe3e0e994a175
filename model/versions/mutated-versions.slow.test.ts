import { expect, it } from 'vitest';
import { assertionClaim, buildSystem, inspect, ParameterError } from '../../checker/index.ts';
import { edit_of } from '../mutations/edit-of.ts';
import { mutations } from '../mutations/index.ts';
import type { Mutation } from '../mutations/mutation.ts';
import type { KvmScope } from '../parameters.ts';
import { complete_scope } from '../scopes.ts';
import { td_model } from '../td-model.ts';
import { versions } from './index.ts';
import type { Version } from './version.ts';

// A mutation that edits what a version never calls would hold of it, and mean nothing.

const model = td_model(() => [assertionClaim({ id: 'P13', sentence: 'nothing leaks' })]);

function automata_of(known: Partial<KvmScope>): readonly string[] {
  const scope = complete_scope({ vcpus: 1, ops: 1, regions: 1, ...known });
  return inspect(buildSystem(model, scope)).automata;
}

function fits(mutation: Mutation, version: Version): boolean {
  try {
    edit_of(mutation, version);
  } catch (error) {
    if (error instanceof ParameterError) return false;
    throw error;
  }
  return mutation.needs.host?.every((word) => version.without_host?.[word] === undefined) ?? true;
}

const pairs = mutations
  .filter(({ edit }) => Object.keys(edit).length > 0)
  .flatMap((mutation) =>
    versions.filter((version) => fits(mutation, version)).map(({ name }) => [mutation, name]),
  ) as readonly (readonly [Mutation, string])[];

/** The module has all ranges aligned; and in the root of the shared gfns there is nothing to do. */
const NO_EFFECT = ['range-not-rounded of rfc-v2', 'yield-again of rfc-v5-posted'];

it.each(
  pairs.map(
    ([mutation, variant]) => [`${mutation.name} of ${variant}`, mutation, variant] as const,
  ),
)('%s changes what runs, unless it is known not to', (pair, { name, needs }, variant) => {
  const edited = automata_of({ ...needs, variant, mutate: name });
  const unedited = automata_of({ ...needs, variant });
  if (NO_EFFECT.includes(pair)) expect(edited).toEqual(unedited);
  else expect(edited).not.toEqual(unedited);
});
