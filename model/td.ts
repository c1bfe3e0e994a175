import { type Shared, type Thread, thread } from '../checker/index.ts';
import { base_capped_after } from './base-capped-after.ts';
import { every_turn } from './guest/turn.ts';
import { run_vcpu } from './guest/run-vcpu.ts';
import { punch_holes } from './host/kvm-gmem-punch-hole.ts';
import type { Kernel, KernelFunctions } from './kernel.ts';
import { declare_memory } from './memory.ts';
import { alloc_page_that_may_fail } from './mmu/alloc-page.ts';
import { mutations } from './mutations/index.ts';
import type { KvmScope } from './parameters.ts';
import { rfc_v2 } from './rfc-v2.ts';

/** The versions that can be checked. */
const variants: Readonly<Record<string, KernelFunctions>> = { 'rfc-v2': rfc_v2 };

/** Declares one TD of the given scope: its kernel, and the threads that run in it. */
export function build_td(
  shared: Shared,
  scope: KvmScope,
): { readonly kvm: Kernel; readonly threads: readonly Thread[] } {
  const may_fail = scope.inject.includes('enomem');
  const memory = declare_memory(shared, { ...scope, failures: may_fail ? 1 : 0 });
  const kvm: Kernel = { ...functions_of(scope, may_fail), ...memory };

  const turns = every_turn(kvm.geometry, scope.host.includes('prefault'));
  const guests = kvm.vcpus.map((vcpu) =>
    thread(`vCPU${vcpu.id}`, 'guest', run_vcpu, kvm, vcpu, turns, scope.ops),
  );
  const hosts = scope.host.includes('zap')
    ? [thread('VMM', 'host', punch_holes, kvm, scope.zaps)]
    : [];
  return { kvm, threads: [...guests, ...hosts] };
}

function functions_of(scope: KvmScope, may_fail: boolean): KernelFunctions {
  const variant = variants[scope.variant];
  if (variant === undefined) {
    throw new RangeError(`variant ${scope.variant}: expected ${Object.keys(variants).join(', ')}`);
  }
  return {
    ...variant,
    ...(scope.base === 'capped-after' ? base_capped_after : {}),
    ...(may_fail ? { alloc_page: alloc_page_that_may_fail } : {}),
    ...mutations.find(({ name }) => name === scope.mutate)?.edit,
  };
}
