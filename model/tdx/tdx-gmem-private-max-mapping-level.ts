import { branch, modelled, type Steps } from '../../checker/index.ts';
import { type Level, PG_LEVEL_2M } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Fault } from '../mmu/fault.ts';

/** The level hook of TDX for a runnable TD (domain.md 3.4 F9, v2 23/23): at most 2M. */
export const tdx_gmem_private_max_mapping_level = modelled(
  'tdx_gmem_private_max_mapping_level',
  function* (_kvm: Kernel, _vcpu: Vcpu, _fault: Fault): Steps<Level> {
    yield* branch('F9');
    return PG_LEVEL_2M;
  },
);
