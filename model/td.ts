import { type Shared, type Thread, thread } from '../checker/index.ts';
import { base_capped_after } from './base-capped-after.ts';
import type { Geometry } from './gfn.ts';
import type { Program } from './guest/program.ts';
import { run_vcpu } from './guest/run-vcpu.ts';
import { scenario_of } from './guest/scenarios.ts';
import { td_access_without_ve } from './guest/td-access.ts';
import { every_turn } from './guest/turn.ts';
import { run_vmm } from './host/run-vmm.ts';
import type { Kernel, KernelFunctions } from './kernel.ts';
import { declare_memory, type MemorySize } from './memory.ts';
import { failing_alloc_page } from './mmu/alloc-page.ts';
import { counted } from './mmu/count-accept-steps.ts';
import { kvm_mem_is_private } from './mmu/kvm-mem-is-private.ts';
import { edit_of, mutation_of } from './mutations/edit-of.ts';
import type { KvmScope } from './parameters.ts';
import { SEAMCALL_FAILURES, seamcall_that_may_fail } from './tdx-module/seamcall-that-may-fail.ts';
import { tdg_mem_page_accept_interrupted } from './tdx-module/tdg-mem-page-accept-interrupted.ts';
import { version_of } from './versions/index.ts';

/** Declares one TD of the given scope: its kernel, and the threads that run in it. */
export function build_td(
  shared: Shared,
  scope: KvmScope,
): { readonly kvm: Kernel; readonly threads: readonly Thread[] } {
  const memory = declare_memory(shared, memory_size(scope));
  const kvm: Kernel = { ...functions_of(scope), ...memory };
  return { kvm, threads: threads_of(kvm, scope) };
}

/** How much memory a scope has. */
export function memory_size(scope: KvmScope): MemorySize {
  return {
    ...scope,
    requests: version_of(scope.variant).vcpu_remembers_request ?? false,
    converts: converts(scope),
  };
}

/**
 * The version that a scope names, on its base tree, with its mutation.
 *
 * @throws ParameterError if the mutation is not one of this version
 */
export function functions_of(scope: KvmScope): KernelFunctions {
  const version = version_of(scope.variant);
  const mutation = mutation_of(scope.mutate);
  return {
    ...version.functions,
    ...(scope.base === 'capped-after' ? base_capped_after : {}),
    ...failing_functions(scope, version.functions),
    ...(converts(scope) ? { kvm_mem_is_private } : {}),
    ...guest_functions(scope),
    ...(scope.utility.includes('U2') ? counted(version.functions) : {}),
    ...(mutation === undefined ? {} : edit_of(mutation, version)),
  };
}

/** The vCPUs, and the VMM if it does something by itself. */
export function threads_of(kvm: Kernel, scope: KvmScope): readonly Thread[] {
  const programs = programs_of(kvm.geometry, scope);
  const guests = kvm.vcpus.map((vcpu) => {
    const program = programs[vcpu.id % programs.length]!;
    return thread(`vCPU${vcpu.id}`, 'guest', run_vcpu, kvm, vcpu, program, scope.ops);
  });
  const plans = {
    holes: scope.host.includes('zap') ? scope.zaps : 0,
    conversions: converts(scope) ? scope.conversions : 0,
  };
  const idle = Object.values(plans).every((count) => count === 0);
  const hosts = idle ? [] : [thread('VMM', 'host', run_vmm, kvm, plans)];
  return [...guests, ...hosts];
}

/** Those of the scenario; without one, anything in any order. */
function programs_of(geometry: Geometry, scope: KvmScope): readonly Program[] {
  const scenario = scenario_of(scope.scenario);
  if (scenario !== undefined) return scenario.programs(geometry);
  return [[{ turns: every_turn(geometry, scope.host.includes('prefault'), scope.guest) }]];
}

/** What guests do otherwise than those of the version. */
function guest_functions({ guest }: KvmScope): Partial<KernelFunctions> {
  return {
    ...(guest.includes('interrupted')
      ? { tdg_mem_page_accept: tdg_mem_page_accept_interrupted }
      : {}),
    ...(guest.includes('ve-disabled') ? { td_access: td_access_without_ve } : {}),
  };
}

function converts({ host }: KvmScope): boolean {
  return host.includes('convert');
}

/** What takes the place of functions that may fail. */
function failing_functions({ inject }: KvmScope, functions: KernelFunctions): Partial<Kernel> {
  const seamcalls_fail = SEAMCALL_FAILURES.some((kind) => inject.includes(kind));
  return {
    ...failing_alloc_page(inject),
    ...(seamcalls_fail
      ? { seamcall: seamcall_that_may_fail, seamcall_of_module: functions.seamcall }
      : {}),
  };
}
