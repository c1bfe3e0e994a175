import type { KernelFunctions } from '../kernel.ts';
import type { SeptEntry } from '../memory.ts';

/** Where the base tree caps the level for TDX: before or after the loop over the words (1.5). */
export type Base = 'capped-before' | 'capped-after';

/** One version of the series (domain.md 6): its functions, and where they come from. */
export interface Version {
  /** As `--variant` takes it. */
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  /** The messages that it was read from, with their dates. */
  readonly source: string;
  /** One paragraph: what it does, or in what it differs from the version that it is spread over. */
  readonly differs: string;
  /** The base tree that it was posted on. */
  readonly base: Base;
  readonly functions: KernelFunctions;
  /** Ids of claims of domain.md 8 that it does not make by design, each with the reason. */
  readonly not_claimed: Readonly<Record<string, string>>;
  /** Words of `--host` that it is not modelled with, each with the reason. */
  readonly without_host?: Readonly<Record<string, string>>;
  /** Changes of a 2M entry of the S-EPT that its TDX module knows beside those of today's (T3). */
  readonly sept_2M_may_also?: Readonly<Partial<Record<SeptEntry, readonly SeptEntry[]>>>;
  /** The function that splits for the accept step, if not `kvm_split_cross_boundary_leafs`. */
  readonly split_helper?: 'kvm_tdp_mmu_split_huge_pages';
  /** Whether each vCPU remembers what its last exit asked for (domain.md 6.2). */
  readonly vcpu_remembers_request?: boolean;
}
