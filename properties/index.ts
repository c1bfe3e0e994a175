import { type Claim, defineModel } from '../checker/index.ts';
import type { Kernel } from '../model/kernel.ts';
import type { KvmScope } from '../model/parameters.ts';
import { td_model } from '../model/td-model.ts';
import { version_of } from '../model/versions/index.ts';
import { accept_step_sets_bit } from './accept-step-sets-bit.ts';
import { mapper_in_flight } from './mapper-in-flight.ts';
import { matrix_rows } from './matrix-rows.ts';
import { mirror_equals_sept } from './mirror-equals-sept.ts';
import { no_leaf_under_inhibit } from './no-leaf-under-inhibit.ts';
import { no_split_under_read_lock } from './no-split-under-read-lock.ts';
import { nothing_left_behind } from './nothing-left-behind.ts';
import { one_way } from './one-way.ts';
import { seamcall_preconditions } from './seamcall-preconditions.ts';
import { vm_stays_alive } from './vm-stays-alive.ts';
import { words_are_monotonic } from './words-are-monotonic.ts';

/** All safety claims of domain.md 8 that this model can break. */
function every_claim(kvm: Kernel, scope: KvmScope): readonly Claim[] {
  return [
    no_leaf_under_inhibit(kvm),
    mirror_equals_sept(kvm),
    ...mapper_in_flight(kvm, scope.host.includes('zap')),
    no_split_under_read_lock(kvm),
    seamcall_preconditions(kvm),
    vm_stays_alive(kvm),
    words_are_monotonic(kvm, scope.base === 'capped-after'),
    ...nothing_left_behind(kvm),
    ...one_way(kvm, version_of(scope.variant).sept_2M_may_also),
    accept_step_sets_bit(kvm, scope.inject.includes('enomem')),
  ];
}

/** The model that `check` loads if no other is named. */
export default defineModel({ ...td_model(every_claim), matrix: matrix_rows });
