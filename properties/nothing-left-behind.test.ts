import { describe, expect, it } from 'vitest';
import { checkScope, defineModel, modelled } from '../checker/index.ts';
import type { Kernel, KernelFunctions } from '../model/kernel.ts';
import { parameters } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import { build_td, threads_of } from '../model/td.ts';
import { nothing_left_behind } from './nothing-left-behind.ts';

/** What P13 says of two vCPUs that race to split one region, with some functions replaced. */
function verdict_of_P13(edit: Partial<KernelFunctions>) {
  const model = defineModel({
    name: 'edited',
    version: '1',
    summary: 'RFC v2 with some functions replaced',
    parameters,
    build: (shared, scope) => {
      const kvm: Kernel = { ...build_td(shared, scope).kvm, ...edit };
      return { threads: threads_of(kvm, scope), claims: nothing_left_behind(kvm) };
    },
  });
  const scope = complete_scope({ vcpus: 2, ops: 2, regions: 1, host: [] });
  const { claims } = checkScope(model, scope, {
    engine: 'interpreter',
    limits: {},
    keepGoing: false,
    only: ['P13'],
  });
  return claims.find(({ id }) => id === 'P13')?.verdict;
}

describe('P13', () => {
  it('notices a spare page table that is not freed', () => {
    const tdp_mmu_free_sp = modelled('tdp_mmu_free_sp', function* (_kvm: Kernel) {
      return true;
    });
    expect(verdict_of_P13({ tdp_mmu_free_sp })).toBe('VIOLATED');
    expect(verdict_of_P13({})).toBe('HOLDS');
  });
});
