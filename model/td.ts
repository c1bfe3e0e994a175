import { type Shared, type Thread, thread } from '../checker/index.ts';
import { base_capped_after } from './base-capped-after.ts';
import { run_vcpu } from './guest/run-vcpu.ts';
import { every_turn } from './guest/turn.ts';
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
  const memory = declare_memory(shared, { ...scope, failures: may_fail(scope) ? 1 : 0 });
  const kvm: Kernel = { ...functions_of(scope), ...memory };
  return { kvm, threads: threads_of(kvm, scope) };
}

/** The version that a scope names, on its base tree, with its mutation. */
export function functions_of(scope: KvmScope): KernelFunctions {
  const variant = variants[scope.variant];
  if (variant === undefined) {
    throw new RangeError(`variant ${scope.variant}: expected ${Object.keys(variants).join(', ')}`);
  }
  return {
    ...variant,
    ...(scope.base === 'capped-after' ? base_capped_after : {}),
    ...(may_fail(scope) ? { alloc_page: alloc_page_that_may_fail } : {}),
    ...mutations.find(({ name }) => name === scope.mutate)?.edit,
  };
}

/** The vCPUs, and the VMM if it does something by itself. */
export function threads_of(kvm: Kernel, scope: KvmScope): readonly Thread[] {
  const turns = every_turn(kvm.geometry, scope.host.includes('prefault'));
  const guests = kvm.vcpus.map((vcpu) =>
    thread(`vCPU${vcpu.id}`, 'guest', run_vcpu, kvm, vcpu, turns, scope.ops),
  );
  const hosts = scope.host.includes('zap')
    ? [thread('VMM', 'host', punch_holes, kvm, scope.zaps)]
    : [];
  return [...guests, ...hosts];
}

function may_fail({ inject }: KvmScope): boolean {
  return inject.includes('enomem');
}
