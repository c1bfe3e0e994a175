import { ParameterError } from '../../checker/index.ts';
import type { KernelFunctions } from '../kernel.ts';
import { version_of } from '../versions/index.ts';
import { refuse_hosts_of } from '../versions/refuse-hosts-of.ts';
import type { Version } from '../versions/version.ts';
import { mutations } from './index.ts';
import type { Mutation } from './mutation.ts';

/** The mutation of this name; none for `none`. */
export function mutation_of(name: string): Mutation | undefined {
  return mutations.find((mutation) => mutation.name === name);
}

/**
 * The functions that a mutation replaces in a version, which may be another than the one that it
 * was made for if that has the same functions in these places.
 *
 * @throws ParameterError if it has not: the edit would undo what the version is about; or if what
 *   the mutation needs is not modelled with the version
 */
export function edit_of(mutation: Mutation, version: Version): Partial<KernelFunctions> {
  const { name, edit, needs } = mutation;
  refuse_hosts_of(version, needs.host ?? []);
  const own = version_of(mutation.variant);
  const places = Object.keys(edit) as (keyof KernelFunctions)[];
  const other = places.find((place) => version.functions[place] !== own.functions[place]);
  if (other !== undefined) {
    throw new ParameterError(
      `--mutate ${name}: replaces ${other}() of ${own.name}, which ${version.name} has ` +
        `otherwise; expected --variant ${own.name}`,
    );
  }
  return edit;
}
