import type { MatrixRow, MatrixRows } from '../checker/index.ts';
import { mutations } from '../model/mutations/index.ts';
import type { Mutation } from '../model/mutations/mutation.ts';
import type { KvmScope } from '../model/parameters.ts';
import { SMALLEST } from './smallest-scopes.ts';

/** For a mutation that nothing should notice: two vCPUs that race once. */
const SMALL_RACE: Partial<KvmScope> = { vcpus: 2, ops: 1, regions: 1 };

/** The tables of `matrix`. */
export const matrix_rows: MatrixRows<KvmScope> = {
  versions: [
    {
      name: 'rfc-v2',
      summary: 'RFC v2 as its log describes it',
      given: { variant: 'rfc-v2' },
      smallest: SMALL_RACE,
      fails: [],
    },
  ],
  mutations: mutations.map(mutation_row),
};

function mutation_row({ number, name, summary, hits }: Mutation): MatrixRow<KvmScope> {
  return {
    name: `${number} ${name}`,
    summary,
    given: { mutate: name },
    smallest: SMALLEST[number] ?? SMALL_RACE,
    fails: hits,
  };
}
