import { td_access } from '../guest/td-access.ts';
import { vcpu_enter_guest } from '../guest/vcpu-enter-guest.ts';
import { kvm_gmem_punch_hole } from '../host/kvm-gmem-punch-hole.ts';
import { kvm_mmu_invalidate_begin, kvm_mmu_invalidate_end } from '../host/kvm-mmu-invalidate.ts';
import { kvm_create_memslot, kvm_delete_memslot } from '../host/kvm-set-memslot.ts';
import { kvm_vm_set_mem_attributes } from '../host/kvm-vm-set-mem-attributes.ts';
import { synchronize_srcu } from '../host/synchronize-srcu.ts';
import type { KernelFunctions } from '../kernel.ts';
import { alloc_page } from '../mmu/alloc-page.ts';
import { gfn_to_memslot_always } from '../mmu/gfn-to-memslot.ts';
import {
  hugepage_set_guest_inhibit,
  hugepage_test_guest_inhibit,
} from '../mmu/hugepage-inhibit.ts';
import {
  hugepage_clear_mixed,
  hugepage_set_mixed,
  hugepage_test_mixed,
} from '../mmu/hugepage-mixed.ts';
import { is_page_fault_stale } from '../mmu/is-page-fault-stale.ts';
import {
  kvm_arch_post_set_memory_attributes,
  kvm_arch_pre_set_memory_attributes,
} from '../mmu/kvm-arch-set-memory-attributes.ts';
import { kvm_mem_is_private_always } from '../mmu/kvm-mem-is-private.ts';
import { kvm_mmu_faultin_pfn } from '../mmu/kvm-mmu-faultin-pfn.ts';
import {
  kvm_lpage_info_max_mapping_level,
  kvm_mmu_hugepage_adjust,
} from '../mmu/kvm-mmu-hugepage-adjust.ts';
import { kvm_split_cross_boundary_leafs } from '../mmu/kvm-split-cross-boundary-leafs.ts';
import { kvm_tdp_map_page } from '../mmu/kvm-tdp-map-page.ts';
import { kvm_tdp_mmu_map, kvm_tdp_mmu_map_at } from '../mmu/kvm-tdp-mmu-map.ts';
import { kvm_tdp_mmu_map_entry } from '../mmu/kvm-tdp-mmu-map-entry.ts';
import { kvm_tdp_mmu_page_fault } from '../mmu/kvm-tdp-mmu-page-fault.ts';
import { srcu_unused } from '../mmu/kvm-vcpu-srcu.ts';
import { mmu_topup_memory_caches } from '../mmu/mmu-topup-memory-caches.ts';
import { tdp_mmu_alloc_sp_for_split } from '../mmu/tdp-mmu-alloc-sp-for-split.ts';
import { tdp_mmu_iter_cond_resched } from '../mmu/tdp-mmu-iter-cond-resched.ts';
import { tdp_mmu_link_sp } from '../mmu/tdp-mmu-link-sp.ts';
import { tdp_mmu_map_handle_target_level } from '../mmu/tdp-mmu-map-handle-target-level.ts';
import { tdp_mmu_set_spte } from '../mmu/tdp-mmu-set-spte.ts';
import { tdp_mmu_set_spte_atomic, try_freeze_spte } from '../mmu/tdp-mmu-set-spte-atomic.ts';
import { tdp_mmu_free_sp, tdp_mmu_split_huge_page } from '../mmu/tdp-mmu-split-huge-page.ts';
import { tdp_mmu_split_huge_pages_root } from '../mmu/tdp-mmu-split-huge-pages-root.ts';
import { tdp_mmu_zap_leafs } from '../mmu/tdp-mmu-zap-leafs.ts';
import { tdp_mmu_zap_region } from '../mmu/tdp-mmu-zap-region.ts';
import { kvm_vm_bugged } from '../tdx/seamcall-or-bug.ts';
import { tdh_do_no_vcpus } from '../tdx/tdh-do-no-vcpus.ts';
import { tdx_check_accept_level } from '../tdx/tdx-check-accept-level.ts';
import { tdx_gmem_private_max_mapping_level } from '../tdx/tdx-gmem-private-max-mapping-level.ts';
import { tdx_handle_ept_violation } from '../tdx/tdx-handle-ept-violation.ts';
import { tdx_sept_free_private_spt } from '../tdx/tdx-sept-free-private-spt.ts';
import { tdx_sept_link_private_spt } from '../tdx/tdx-sept-link-private-spt.ts';
import { tdx_sept_remove_private_spte } from '../tdx/tdx-sept-remove-private-spte.ts';
import { tdx_sept_set_private_spte } from '../tdx/tdx-sept-set-private-spte.ts';
import { tdx_sept_split_private_spt } from '../tdx/tdx-sept-split-private-spt.ts';
import { seamcall } from '../tdx-module/seamcall.ts';
import { tdg_mem_page_accept } from '../tdx-module/tdg-mem-page-accept.ts';
import { tdg_mem_page_release } from '../tdx-module/tdg-mem-page-release.ts';
import { absent } from './absent.ts';
import type { Version } from './version.ts';
import { frozen_is_a_lock, goal_above_table } from './waivers.ts';

const functions: KernelFunctions = {
  alloc_page,
  gfn_to_memslot: gfn_to_memslot_always,
  hugepage_clear_mixed,
  hugepage_set_guest_inhibit,
  hugepage_set_mixed,
  hugepage_test_guest_inhibit,
  hugepage_test_mixed,
  is_page_fault_stale,
  kvm_arch_post_set_memory_attributes,
  kvm_arch_pre_set_memory_attributes,
  kvm_create_memslot,
  kvm_delete_memslot,
  kvm_gmem_punch_hole,
  kvm_lpage_info_max_mapping_level,
  kvm_mem_is_private: kvm_mem_is_private_always,
  kvm_mmu_faultin_pfn,
  kvm_mmu_hugepage_adjust,
  kvm_mmu_invalidate_begin,
  kvm_mmu_invalidate_end,
  kvm_split_cross_boundary_leafs,
  kvm_tdp_map_page,
  kvm_tdp_mmu_map,
  kvm_tdp_mmu_map_at,
  kvm_tdp_mmu_map_entry,
  kvm_tdp_mmu_page_fault,
  kvm_tdp_mmu_split_huge_pages: absent('kvm_tdp_mmu_split_huge_pages'),
  kvm_vcpu_srcu_read_lock: srcu_unused,
  kvm_vcpu_srcu_read_unlock: srcu_unused,
  kvm_vm_bugged,
  kvm_vm_set_mem_attributes,
  mmu_topup_memory_caches,
  seamcall,
  synchronize_srcu,
  td_access,
  tdg_mem_page_accept,
  tdg_mem_page_release,
  tdh_do_no_vcpus,
  tdp_mmu_alloc_sp_for_split,
  tdp_mmu_free_sp,
  tdp_mmu_iter_cond_resched,
  tdp_mmu_link_sp,
  tdp_mmu_map_handle_target_level,
  tdp_mmu_set_spte,
  tdp_mmu_set_spte_atomic,
  tdp_mmu_split_huge_page,
  tdp_mmu_split_huge_pages_root,
  tdp_mmu_zap_leafs,
  tdp_mmu_zap_region,
  tdx_check_accept_level,
  tdx_gmem_private_max_mapping_level,
  tdx_handle_ept_violation,
  tdx_sept_free_private_spt,
  tdx_sept_link_private_spt,
  tdx_sept_remove_private_spte,
  tdx_sept_set_private_spte,
  tdx_sept_split_private_spt,
  try_freeze_spte,
  vcpu_enter_guest,
};

/** The version that all others are spread over. */
export const rfc_v2: Version = {
  name: 'rfc-v2',
  summary: 'RFC v2 as its log describes it: split, then set a sticky bit, under the write lock',
  source: 'Yan Zhao, [RFC PATCH v2 14/23], 7 Aug 2025; with 07, 09 to 13 and 23 of 23',
  differs:
    'At an exit of type ACCEPT KVM splits what is mapped bigger and then sets GUEST_INHIBIT in ' +
    'lpage_info, both in one hold of mmu_lock for write, so that no vCPU maps above the level ' +
    'that some vCPU accepted at. A lockless test of the bit skips this where it was done before. ' +
    'As described means: a positive result of the split is a success, and a negative one stays ' +
    'negative (domain.md 6.3, 0.2).',
  base: 'capped-before',
  functions,
  not_claimed: {},
  waivers: [goal_above_table, frozen_is_a_lock],
};
