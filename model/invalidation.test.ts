import { expect, it } from 'vitest';
import {
  assertionClaim,
  atomic,
  type Claim,
  checkScope,
  defineModel,
  invariant,
  type Model,
  modelled,
  type Shared,
  type SharedArray,
  type Steps,
  type Variable,
} from '../checker/index.ts';
import { kvm_mmu_invalidate_end } from './host/kvm-mmu-invalidate.ts';
import type { Kernel, KernelFunctions } from './kernel.ts';
import { declare_memory, type Memslot, type Vcpu } from './memory.ts';
import type { Fault } from './mmu/fault.ts';
import { kvm_mmu_faultin_pfn } from './mmu/kvm-mmu-faultin-pfn.ts';
import { type KvmScope, parameters } from './parameters.ts';
import { complete_scope } from './scopes.ts';
import { functions_of, memory_size, threads_of } from './td.ts';
import { td_model } from './td-model.ts';

// The model keeps one value a fault where the kernel keeps a counter and its snapshots. Here both
// are kept side by side.

/** A kernel with `mmu_invalidate_seq`, and `fault->mmu_seq` of each vCPU. */
interface CountingKernel extends Kernel {
  readonly mmu_invalidate_seq: Variable<number>;
  readonly mmu_seq: SharedArray<Variable<number>>;
}

const counting_functions = {
  kvm_mmu_faultin_pfn: modelled(
    'kvm_mmu_faultin_pfn',
    function* (kvm: CountingKernel, vcpu: Vcpu, fault: Fault, slot: Memslot) {
      return yield* atomic(function* () {
        const max_level = yield* kvm_mmu_faultin_pfn(kvm, vcpu, fault, slot);
        const seq = yield* kvm.mmu_invalidate_seq.read();
        yield* kvm.mmu_seq.at(vcpu.id).write(seq);
        return max_level;
      });
    },
  ),
  kvm_mmu_invalidate_end: modelled(
    'kvm_mmu_invalidate_end',
    function* (kvm: CountingKernel): Steps<void> {
      yield* kvm_mmu_invalidate_end(kvm);
      yield* kvm.mmu_invalidate_seq.update((seq) => seq + 1);
    },
  ),
} as unknown as Partial<KernelFunctions>;

function counting_kernel(shared: Shared, scope: KvmScope): CountingKernel {
  const seq = { min: 0, max: scope.zaps + scope.conversions };
  return {
    ...functions_of(scope),
    ...counting_functions,
    ...declare_memory(shared, memory_size(scope)),
    mmu_invalidate_seq: shared.integer('mmu_invalidate_seq', seq),
    mmu_seq: shared.array('mmu_seq', scope.vcpus, (name) => shared.integer(name, seq)),
  };
}

function agreement(kvm: CountingKernel): Claim {
  return invariant(
    { id: 'agreement', sentence: 'a snapshot is stale exactly when the counter moved on' },
    kvm.vcpus,
    function* ({ id, fault_snapshot }) {
      const known = yield* fault_snapshot.read();
      if (known === 'none') return 'vacuous';
      const moved = (yield* kvm.mmu_seq.at(id).read()) !== (yield* kvm.mmu_invalidate_seq.read());
      return moved === (known === 'stale');
    },
    ({ id }) => `vCPU${id}`,
  );
}

const P13 = assertionClaim({ id: 'P13', sentence: 'nothing leaks' });

const counting_model = defineModel({
  name: 'counting',
  version: '1',
  summary: 'the model with the counter of the kernel beside its own bit',
  parameters,
  build: (shared, scope) => {
    const kvm = counting_kernel(shared, scope);
    return { threads: threads_of(kvm, scope), claims: [agreement(kvm), P13] };
  },
});

function check(model: Model<typeof parameters>, vcpus: number, host: string) {
  const sizes = { ops: 1, regions: 1, zaps: 2, conversions: 1 };
  const scope = complete_scope({ vcpus, ...sizes, host: [host] });
  return checkScope(model, scope, { engine: 'interpreter', limits: {}, keepGoing: false });
}

it.each([
  [1, 'zap'],
  [2, 'zap'],
  [1, 'convert'],
  [2, 'convert'],
])('knows a stale snapshot exactly when the counter does, %i vCPUs, %s', (vcpus, host) => {
  const { verdict, claims } = check(counting_model, vcpus, host);
  expect(verdict).toBe('EXHAUSTED');
  expect(claims.find(({ id }) => id === 'agreement')?.premise).toBeGreaterThan(0);
});

it('has fewer states than the counter', () => {
  const without_counter = td_model(() => [P13]);
  const states = check(without_counter, 1, 'zap').states;
  expect(states).toBeLessThan(check(counting_model, 1, 'zap').states);
});
