import type { Waiver } from '../checker/index.ts';
import type { KvmScope } from './parameters.ts';
import { version_of } from './versions/index.ts';
import { goal_above_table, words_stay_zero } from './versions/waivers.ts';

const zap_finds_no_2M_leaf: Waiver = {
  obligations: ['tdp_mmu_zap_leafs update mirror_2M[] = leaf'],
  reason:
    'The split before the zap of a page has left no 2M leaf over it, or the conversion has ' +
    'ended (domain.md 5.4). As posted, v2 gets there when the split fails.',
};

const second_try_is_not_busy: Waiver = {
  obligations: [
    'tdx_sept_split_private_spt F17.4',
    'tdx_sept_remove_private_spte F17.4',
    'tdx_sept_free_private_spt F17.4',
    'kvm_vm_bugged write vm_dead / tdx_handle_ept_violation A6c choose',
    'kvm_vm_bugged write vm_dead / vcpu_enter_guest read vm_dead',
  ],
  reason: 'The second try of a SEAMCALL, with all vCPUs kept out, is not busy (domain.md 4.6).',
};

const refused_by_the_module: Waiver = {
  obligations: [
    'tdh_mem_page_aug read sept_2M[] = false',
    'tdh_mem_page_aug compare-exchange sept_4K[] = false',
    'tdh_mem_page_demote read sept_2M[] = other',
    'tdh_mem_page_demote read tlb_tracked = false',
    'tdh_mem_page_remove read sept_2M[] = false',
    'tdh_mem_page_remove read tlb_tracked = false',
    'tdh_mem_page_remove read sept_4K[] = false',
    'tdh_mem_sept_remove read tlb_tracked = false',
  ],
  reason:
    'P5 forbids these answers of the module while the VM lives. A SEAMCALL that failed has ' +
    'killed it, and what threads still do before they notice does not get there (domain.md 4.4, ' +
    'S6.4).',
};

const one_death: Waiver = {
  obligations: ['kvm_vm_bugged write vm_dead / kvm_vm_bugged write vm_dead'],
  reason: 'Two threads are about to hit KVM_BUG_ON only if two SEAMCALLs failed: --failures 2.',
};

/** What a check of this scope does not have to see. */
export function waivers_of({ variant, host, inject, failures }: KvmScope): readonly Waiver[] {
  const { waivers } = version_of(variant);
  const converts = host.includes('convert');
  const only_first_busy =
    inject.includes('busy') && !inject.includes('busy-again') && !inject.includes('seamcall-error');
  return [
    // A conversion sets MIXED in words, and may clear it again over a table.
    ...waivers.filter(
      (waiver) => !converts || (waiver !== goal_above_table && waiver !== words_stay_zero),
    ),
    ...(converts && variant !== 'rfc-v2-posted' ? [zap_finds_no_2M_leaf] : []),
    ...(only_first_busy ? [second_try_is_not_busy] : []),
    ...(inject.includes('seamcall-error') ? [refused_by_the_module] : []),
    ...(inject.includes('seamcall-error') && failures === 1 ? [one_death] : []),
  ];
}
