import type { Waiver } from '../../checker/index.ts';

const AUG_2M = 'tdh_mem_page_aug compare-exchange sept_2M[]';
const AUG_4K = 'tdh_mem_page_aug read sept_2M[]';
const SEPT_ADD = 'tdh_mem_sept_add compare-exchange sept_2M[]';
const DEMOTE = 'tdh_mem_page_demote read sept_2M[]';
const READ_4K = 'kvm_tdp_mmu_map_entry F14 read mirror_4K[]';
const FREEZE_4K = 'try_freeze_spte F17.1 compare-exchange mirror_4K[]';
const STORE_2M = 'tdp_mmu_set_spte_atomic F17.3 write mirror_2M[]';
const STORE_4K = 'tdp_mmu_set_spte_atomic F17.3 write mirror_4K[]';

/** Where a table is never found at the goal level. */
export const goal_above_table: Waiver = {
  obligations: ['kvm_tdp_mmu_map_entry F14a'],
  reason:
    'F14a, a table at the goal level: the word that is set before a table appears lowers the ' +
    'goal to 4K (domain.md 4.8). Only mutations reach it.',
};

/** Whoever owns a FROZEN entry is alone there. */
export const frozen_is_a_lock: Waiver = {
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
};

/** The same where leaves are split under the read lock. */
export const frozen_while_split: Waiver = {
  obligations: [
    `${READ_4K} / ${DEMOTE}`,
    `${AUG_2M} / ${DEMOTE}`,
    `${DEMOTE} / ${FREEZE_4K}`,
    `${AUG_4K} / ${DEMOTE}`,
    `${DEMOTE} / ${SEPT_ADD}`,
    `${DEMOTE} / ${STORE_4K}`,
  ],
  reason:
    'The 2M entry is FROZEN while its leaf is split, so that nobody is below it: the 4K entries ' +
    'appear with the table.',
};

/** Where no code writes a word. */
export const words_stay_zero: Waiver = {
  obligations: [
    'kvm_lpage_info_max_mapping_level F13 read disallow_lpage_2M[] = false',
    'kvm_lpage_info_max_mapping_level F13 read disallow_lpage_1G = false',
    'claim P7 judged',
  ],
  reason: 'there is no GUEST_INHIBIT, and nothing else that this model writes to a word',
};
