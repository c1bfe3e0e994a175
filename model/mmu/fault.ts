import type { Gfn } from '../gfn.ts';

/** What `struct kvm_page_fault` knows of a fault on private memory (domain.md 3.4 F1, 3.5). */
export interface Fault {
  readonly gfn: Gfn;
  /** KVM_PRE_FAULT_MEMORY asked for it, not an exit of the guest. */
  readonly prefetch: boolean;
}
