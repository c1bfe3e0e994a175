import type { MatrixRow, MatrixRows } from '../checker/index.ts';
import { mutations } from '../model/mutations/index.ts';
import type { Mutation } from '../model/mutations/mutation.ts';
import type { KvmScope } from '../model/parameters.ts';
import { versions } from '../model/versions/index.ts';
import type { Version } from '../model/versions/version.ts';
import { FAILURES, FOR_EVER, OF_MEMORY } from './expected-failures.ts';
import { SMALLEST } from './smallest-scopes.ts';

/** For a mutation that nothing should notice: two vCPUs that race once. */
const SMALL_RACE: Partial<KvmScope> = { vcpus: 2, ops: 1, regions: 1 };

/** One vCPU that touches a page and then accepts it. */
const SMALL_SPLIT: Partial<KvmScope> = { vcpus: 1, ops: 2, regions: 1 };

/** The same, where an allocation that fails can keep it from splitting. */
const SMALL_SHORTAGE: Partial<KvmScope> = { ...SMALL_SPLIT, inject: ['enomem'] };

/** The tables of `matrix`. */
export const matrix_rows: MatrixRows<KvmScope> = {
  versions: versions.map(version_row),
  mutations: mutations.map(mutation_row),
};

function version_row({ name, summary }: Version): MatrixRow<KvmScope> {
  const everywhere = [...Object.keys(FAILURES[name] ?? {}), ...(FOR_EVER[name] ?? [])];
  const fails = [...everywhere, ...(OF_MEMORY[name] ?? [])];
  return { name, summary, given: { variant: name }, smallest: smallest(everywhere, fails), fails };
}

function smallest(everywhere: readonly string[], fails: readonly string[]): Partial<KvmScope> {
  if (fails.length === 0) return SMALL_RACE;
  return everywhere.length === 0 ? SMALL_SHORTAGE : SMALL_SPLIT;
}

function mutation_row({ number, name, summary, hits, spins = [] }: Mutation): MatrixRow<KvmScope> {
  return {
    name: `${number} ${name}`,
    summary,
    given: { mutate: name },
    smallest: SMALLEST[number] ?? SMALL_RACE,
    fails: [...hits, ...spins],
  };
}
