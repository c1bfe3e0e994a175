import { expect, it } from 'vitest';
import { checkScope, defineModel, modelled, type Steps } from '../checker/index.ts';
import { PG_LEVEL_4K } from '../model/gfn.ts';
import type { Kernel, KernelFunctions } from '../model/kernel.ts';
import type { Vcpu } from '../model/memory.ts';
import { parameters } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import { build_td, threads_of } from '../model/td.ts';
import type { Exit } from '../model/tdx/exit.ts';
import { nothing_left_behind } from './nothing-left-behind.ts';
import { words_are_monotonic } from './words-are-monotonic.ts';

/** What P7 says of the sketch of a shared lock, with some functions replaced. */
function verdict_of_P7(edit: Partial<KernelFunctions>) {
  const edited = defineModel({
    name: 'edited',
    version: '1',
    summary: 'shared-lock with some functions replaced',
    parameters,
    build: (shared, scope) => {
      const kvm: Kernel = { ...build_td(shared, scope).kvm, ...edit };
      const claims = [words_are_monotonic(kvm, true), ...nothing_left_behind(kvm)];
      return { threads: threads_of(kvm, scope), claims };
    },
  });
  const scope = complete_scope({ vcpus: 1, ops: 1, regions: 1, variant: 'shared-lock' });
  const options = { engine: 'compiled', limits: {}, keepGoing: false, only: ['P7'] } as const;
  return checkScope(edited, scope, options).claims.find(({ id }) => id === 'P7')?.verdict;
}

/** Z3 in the order of v2: the 2M word first. */
const set_2M_first = modelled(
  'tdx_honor_guest_accept_level',
  function* (kvm: Kernel, _vcpu: Vcpu, exit: Exit): Steps<number> {
    if (exit.type !== 'ACCEPT') return 0;
    const { gfn, level } = exit;
    yield* kvm.mmu_lock.read(function* () {
      yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 1);
      if (level === PG_LEVEL_4K) yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 2);
    });
    return 0;
  },
);

it('needs the order of Z3, 1G before 2M, under a read lock (domain.md 6.6)', () => {
  expect(verdict_of_P7({})).toBe('HOLDS');
  expect(verdict_of_P7({ tdx_check_accept_level: set_2M_first })).toBe('VIOLATED');
});
