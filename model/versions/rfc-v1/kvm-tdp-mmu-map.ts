import { modelled, type Steps } from '../../../checker/index.ts';
import type { Level } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';
import type { Vcpu } from '../../memory.ts';
import type { Fault } from '../../mmu/fault.ts';
import { map_fault } from '../../mmu/kvm-tdp-mmu-map.ts';

/** kvm_tdp_mmu_map() as it is, for hooks that ask which vCPU is running. */
export const kvm_tdp_mmu_map = modelled(
  'kvm_tdp_mmu_map',
  function* (kvm: Kernel, vcpu: Vcpu, fault: Fault, max_level: Level): Steps<number> {
    return yield* map_fault({ ...kvm, running_vcpu: vcpu }, vcpu, fault, max_level);
  },
);
