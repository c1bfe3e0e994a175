import { type Claim, defineModel } from '../checker/index.ts';
import type { Kernel } from '../model/kernel.ts';
import type { KvmScope } from '../model/parameters.ts';
import { td_model } from '../model/td-model.ts';
import { version_of } from '../model/versions/index.ts';
import { accept_step_sets_bit } from './accept-step-sets-bit.ts';
import { accepted_stays_accepted } from './accepted-stays-accepted.ts';
import { memory_may_fail } from './injected-failures.ts';
import { leaves_are_private } from './leaves-are-private.ts';
import { mapper_in_flight } from './mapper-in-flight.ts';
import { matrix_rows } from './matrix-rows.ts';
import { mirror_equals_sept } from './mirror-equals-sept.ts';
import { no_leaf_under_inhibit } from './no-leaf-under-inhibit.ts';
import { no_split_under_read_lock } from './no-split-under-read-lock.ts';
import { nothing_left_behind } from './nothing-left-behind.ts';
import { one_way } from './one-way.ts';
import { progress } from './progress.ts';
import { returns_tell_the_truth } from './returns-tell-the-truth.ts';
import { seamcall_preconditions } from './seamcall-preconditions.ts';
import { thread } from './thread.ts';
import { usefulness } from './usefulness.ts';
import { vm_stays_alive } from './vm-stays-alive.ts';
import { words_are_monotonic } from './words-are-monotonic.ts';
import { words_tell_the_truth } from './words-tell-the-truth.ts';

/** All safety claims of domain.md 8 that this model can break. */
export function every_claim(kvm: Kernel, scope: KvmScope): readonly Claim[] {
  const converts = scope.host.includes('convert');
  return [
    no_leaf_under_inhibit(kvm),
    mirror_equals_sept(kvm),
    ...mapper_in_flight(kvm, converts || scope.host.includes('zap')),
    no_split_under_read_lock(kvm),
    seamcall_preconditions(kvm),
    vm_stays_alive(kvm, scope.guest.includes('ve-disabled')),
    words_are_monotonic(kvm, scope.base === 'capped-after'),
    ...nothing_left_behind(kvm),
    ...one_way(kvm, version_of(scope.variant).sept_2M_may_also, scope.guest.includes('release')),
    accept_step_sets_bit(kvm, memory_may_fail(scope)),
    returns_tell_the_truth(kvm, split_of(kvm, scope)),
    ...usefulness(kvm, scope.utility),
    ...(converts ? claims_of_conversions(kvm) : []),
  ];
}

/** The helper that splits, in the version of a scope. */
function split_of(kvm: Kernel, { variant }: KvmScope) {
  const { split_helper = 'kvm_split_cross_boundary_leafs' } = version_of(variant);
  return kvm[split_helper];
}

/** What only a scope with conversions can break. */
function claims_of_conversions(kvm: Kernel): readonly Claim[] {
  return [words_tell_the_truth(kvm), leaves_are_private(kvm), accepted_stays_accepted(kvm)];
}

/** The model that `check` loads if no other is named. */
export default defineModel({
  ...td_model((kvm, scope) => [...every_claim(kvm, scope), ...progress(kvm)]),
  matrix: matrix_rows,
  thread,
});
