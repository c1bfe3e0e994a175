import type { Canary, Waiver } from '../checker/index.ts';
import type { parameters } from './parameters.ts';

/** The core race (domain.md 8.4, 23): small, and nothing is caught if this is not. */
export const canary: Canary<typeof parameters> = {
  summary: 'mutation 23, the goal level decided before mmu_lock is taken',
  scope: { vcpus: 2, ops: 1, regions: 1, mutate: 'goal-before-lock' },
  caughtBy: ['P3'],
};

const AUG_2M = 'tdh_mem_page_aug compare-exchange sept_2M[]';
const AUG_4K = 'tdh_mem_page_aug read sept_2M[]';
const SEPT_ADD = 'tdh_mem_sept_add compare-exchange sept_2M[]';
const STORE_2M = 'tdp_mmu_set_spte_atomic F17.3 write mirror_2M[]';
const STORE_4K = 'tdp_mmu_set_spte_atomic F17.3 write mirror_4K[]';

/** What a check of this model does not have to see. */
export const waivers: readonly Waiver<typeof parameters>[] = [
  {
    obligations: ['kvm_tdp_mmu_map_entry F14a'],
    reason:
      'F14a, a table at the goal level: the word that is set before a table appears lowers the ' +
      'goal to 4K (domain.md 4.8). Only mutations reach it, and conversions that clear MIXED.',
    where: ({ host }) => !host.includes('convert'),
  },
  {
    obligations: [
      `${AUG_2M} / ${AUG_2M}`,
      `${AUG_2M} / ${AUG_4K}`,
      `${AUG_2M} / ${SEPT_ADD}`,
      `${AUG_4K} / ${SEPT_ADD}`,
      `${SEPT_ADD} / ${SEPT_ADD}`,
      `${STORE_2M} / ${STORE_2M}`,
      `${STORE_4K} / ${STORE_4K}`,
    ],
    reason:
      'FROZEN_SPTE is the lock here (domain.md 1.6): of two threads at one entry only the one ' +
      'that froze it (F17.1) goes on to the SEAMCALL and the store.',
  },
  {
    obligations: ['tdp_mmu_zap_leafs update mirror_2M[] = leaf'],
    reason:
      'The split before the zap of a page has left no 2M leaf over it, or the conversion has ' +
      'ended (domain.md 5.4). As posted, v2 gets there when the split fails.',
    where: ({ host, variant }) => host.includes('convert') && variant !== 'rfc-v2-posted',
  },
  {
    obligations: [
      'tdx_sept_split_private_spt F17.4',
      'tdx_sept_remove_private_spte F17.4',
      'tdx_sept_free_private_spt F17.4',
      'kvm_vm_bugged write vm_dead / tdx_handle_ept_violation A6c choose',
      'kvm_vm_bugged write vm_dead / vcpu_enter_guest read vm_dead',
    ],
    reason: 'The second try of a SEAMCALL, with all vCPUs kept out, is not busy (domain.md 4.6).',
    where: ({ inject }) =>
      inject.includes('busy') &&
      !inject.includes('busy-again') &&
      !inject.includes('seamcall-error'),
  },
];
