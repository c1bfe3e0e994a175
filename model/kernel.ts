import type { Modelled } from '../checker/index.ts';
import type { Gfn, Level } from './gfn.ts';
import type { AccessResult } from './guest/td-access.ts';
import type { Turn } from './guest/turn.ts';
import type { Result, Stop } from './guest/vcpu-enter-guest.ts';
import type { Memory, MemoryAttribute, MirrorEntry, Vcpu } from './memory.ts';
import type { Fault } from './mmu/fault.ts';
import type { EntryAction } from './mmu/kvm-tdp-mmu-map-entry.ts';
import type { Exit } from './tdx/exit.ts';
import type { Seamcall, SeamcallStatus } from './tdx-module/status.ts';
import type { AcceptResult } from './tdx-module/tdg-mem-page-accept.ts';

/** The roots that a walk can start from: private memory is mapped by the mirror root only. */
export type Root = 'mirror' | 'direct';

/** The gfns from `start` up to but not with `end`. */
export type GfnRange = { readonly start: Gfn; readonly end: Gfn };

type KvmFunction<A extends readonly unknown[], R> = Modelled<[kvm: Kernel, ...A], R>;

/**
 * One version of the kernel, the TDX module and the guest: its functions. They call each other
 * through this record, so that another version is the same record with some of them replaced.
 * Results are the kernel's: 0 or positive for success, a negative errno for failure.
 */
export interface KernelFunctions {
  // arch/x86/kvm/vmx/tdx.c
  readonly tdx_handle_ept_violation: KvmFunction<[vcpu: Vcpu, exit: Exit], number>;
  /** The accept step (A4), by whatever name a version calls it. */
  readonly tdx_check_accept_level: KvmFunction<[vcpu: Vcpu, exit: Exit], number>;
  readonly tdx_gmem_private_max_mapping_level: KvmFunction<[vcpu: Vcpu, fault: Fault], Level>;
  readonly tdx_sept_set_private_spte: KvmFunction<[gfn: Gfn, level: Level], number>;
  readonly tdx_sept_link_private_spt: KvmFunction<[gfn: Gfn], number>;
  readonly tdx_sept_split_private_spt: KvmFunction<[gfn: Gfn, shared: boolean], number>;
  readonly tdx_sept_remove_private_spte: KvmFunction<[gfn: Gfn, level: Level], number>;
  readonly tdx_sept_free_private_spt: KvmFunction<[gfn: Gfn], number>;
  readonly seamcall: KvmFunction<[call: Seamcall, gfn: Gfn, level: Level], SeamcallStatus>;
  readonly tdh_do_no_vcpus: KvmFunction<[call: Seamcall, gfn: Gfn, level: Level], SeamcallStatus>;
  // arch/x86/kvm/mmu/mmu.c
  readonly hugepage_test_guest_inhibit: KvmFunction<[gfn: Gfn, level: Level], boolean>;
  readonly hugepage_set_guest_inhibit: KvmFunction<[gfn: Gfn, level: Level], void>;
  readonly hugepage_test_mixed: KvmFunction<[gfn: Gfn, level: Level], boolean>;
  readonly hugepage_set_mixed: KvmFunction<[gfn: Gfn, level: Level], void>;
  readonly hugepage_clear_mixed: KvmFunction<[gfn: Gfn, level: Level], void>;
  readonly kvm_arch_pre_set_memory_attributes: KvmFunction<
    [range: GfnRange, attribute: MemoryAttribute],
    number
  >;
  readonly kvm_arch_post_set_memory_attributes: KvmFunction<
    [range: GfnRange, attribute: MemoryAttribute],
    void
  >;
  readonly kvm_tdp_mmu_page_fault: KvmFunction<[vcpu: Vcpu, fault: Fault], number>;
  readonly mmu_topup_memory_caches: KvmFunction<[], number>;
  readonly kvm_mmu_faultin_pfn: KvmFunction<[vcpu: Vcpu, fault: Fault], number>;
  readonly is_page_fault_stale: KvmFunction<[vcpu: Vcpu, gfn: Gfn], boolean>;
  readonly kvm_mmu_hugepage_adjust: KvmFunction<
    [vcpu: Vcpu, fault: Fault, max_level: Level],
    Level
  >;
  readonly kvm_lpage_info_max_mapping_level: KvmFunction<[gfn: Gfn, max_level: Level], Level>;
  readonly kvm_tdp_map_page: KvmFunction<[vcpu: Vcpu, gfn: Gfn], number>;
  // arch/x86/kvm/mmu/tdp_mmu.c
  readonly kvm_tdp_mmu_map: KvmFunction<[vcpu: Vcpu, fault: Fault, max_level: Level], number>;
  readonly kvm_tdp_mmu_map_at: KvmFunction<[vcpu: Vcpu, gfn: Gfn, goal_level: Level], number>;
  readonly kvm_tdp_mmu_map_entry: KvmFunction<
    [gfn: Gfn, level: Level, goal_level: Level],
    EntryAction
  >;
  readonly tdp_mmu_map_handle_target_level: KvmFunction<
    [gfn: Gfn, level: Level, old: MirrorEntry],
    number
  >;
  readonly tdp_mmu_link_sp: KvmFunction<[gfn: Gfn, old: MirrorEntry, shared: boolean], number>;
  readonly tdp_mmu_set_spte_atomic: KvmFunction<
    [gfn: Gfn, level: Level, old: MirrorEntry, spte: MirrorEntry],
    number
  >;
  readonly try_freeze_spte: KvmFunction<[gfn: Gfn, level: Level, old: MirrorEntry], boolean>;
  readonly tdp_mmu_set_spte: KvmFunction<[gfn: Gfn], number>;
  readonly kvm_split_cross_boundary_leafs: KvmFunction<[range: GfnRange], number>;
  readonly kvm_tdp_mmu_split_huge_pages: KvmFunction<
    [range: GfnRange, target_level: Level],
    number
  >;
  readonly tdp_mmu_split_huge_pages_root: KvmFunction<
    [root: Root, range: GfnRange, target_level: Level, only_cross_boundary: boolean],
    number
  >;
  readonly tdp_mmu_iter_cond_resched: KvmFunction<[yielded: boolean], boolean>;
  readonly tdp_mmu_alloc_sp_for_split: KvmFunction<[], SplitTable>;
  readonly tdp_mmu_split_huge_page: KvmFunction<[gfn: Gfn, shared: boolean], number>;
  readonly tdp_mmu_free_sp: KvmFunction<[], boolean>;
  readonly tdp_mmu_zap_region: KvmFunction<[gfn: Gfn], void>;
  readonly tdp_mmu_zap_leafs: KvmFunction<[gfn: Gfn], void>;
  // virt/kvm/kvm_main.c, virt/kvm/guest_memfd.c
  readonly kvm_mem_is_private: KvmFunction<[gfn: Gfn], boolean>;
  readonly kvm_vm_set_mem_attributes: KvmFunction<
    [range: GfnRange, attribute: MemoryAttribute],
    number
  >;
  readonly kvm_mmu_invalidate_begin: KvmFunction<[range: GfnRange], void>;
  readonly kvm_mmu_invalidate_end: KvmFunction<[], void>;
  readonly kvm_gmem_punch_hole: KvmFunction<[gfn: Gfn], void>;
  readonly kvm_vm_bugged: KvmFunction<[], void>;
  readonly alloc_page: KvmFunction<[], boolean>;
  // the TDX module and the guest that runs in it
  readonly tdg_mem_page_accept: KvmFunction<[gfn: Gfn, level: Level], AcceptResult>;
  readonly tdg_mem_page_release: KvmFunction<[gfn: Gfn], void>;
  readonly td_access: KvmFunction<[gfn: Gfn], AccessResult>;
  readonly vcpu_enter_guest: KvmFunction<[turn: Turn], Stop | Result | 'dead'>;
}

/** What S5 comes back with: a spare page table, nothing, and whether mmu_lock was dropped. */
export type SplitTable = 'allocated, lock dropped' | 'preallocated' | 'no memory';

/** A running kernel: one version, and the memory of one TD. */
export interface Kernel extends KernelFunctions, Memory {
  /** The TDX module behind a `seamcall` that may fail. */
  readonly seamcall_of_module?: KernelFunctions['seamcall'];
  /** `kvm_get_running_vcpu()`, where a version asks for it. */
  readonly running_vcpu?: Vcpu;
}
