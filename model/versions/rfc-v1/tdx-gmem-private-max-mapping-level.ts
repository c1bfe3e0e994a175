import { branch, modelled, type Steps } from '../../../checker/index.ts';
import { type Level, PG_LEVEL_4K } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';
import type { Vcpu } from '../../memory.ts';
import type { Fault } from '../../mmu/fault.ts';
import { requested_level } from '../../tdx/violation-request.ts';

/**
 * The level hook of RFC v1 (domain.md 3.4 F9; v1 09/21, 12/21, 20/21): 4K for a prefault, what this
 * vCPU remembers for a gfn in its range, else 2M.
 */
export const tdx_gmem_private_max_mapping_level = modelled(
  'tdx_gmem_private_max_mapping_level',
  function* (kvm: Kernel, vcpu: Vcpu, { gfn, prefetch }: Fault): Steps<Level> {
    if (prefetch) {
      yield* branch('F9');
      return PG_LEVEL_4K;
    }
    return yield* vcpu.violation_request
      .map((request) => requested_level(kvm.geometry, request, gfn))
      .at('F9');
  },
);
