import type { Explained } from '../checker/index.ts';
import type { parameters } from './parameters.ts';

/**
 * What `explain` takes apart: the accept step, whatever a version calls it, and the heart of the
 * fault path. The scopes are small, and each has something that the others do not.
 */
export const explained: Explained<typeof parameters> = {
  functions: [
    'tdx_check_accept_level',
    'tdx_get_accept_level',
    'tdx_honor_guest_accept_level',
    'tdx_handle_mismatched_accept',
    'kvm_tdp_mmu_page_fault',
  ],
  scopes: [
    { vcpus: 1, ops: 2, regions: 2, host: ['prefault'] },
    { vcpus: 1, ops: 2, regions: 1, host: ['prefault'], base: 'capped-after' },
    { vcpus: 1, ops: 2, regions: 1, host: ['prefault'], inject: ['enomem'] },
    { vcpus: 1, ops: 1, regions: 1, host: ['zap', 'prefault'] },
    { vcpus: 2, ops: 1, regions: 1, host: ['prefault'] },
    { vcpus: 2, ops: 2, regions: 1, host: [] },
  ],
};
