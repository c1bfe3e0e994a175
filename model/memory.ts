import type { RwLock, Shared, SharedArray, Variable } from '../checker/index.ts';
import { type DisallowLpage, EVERY_WORD, WORDS_OF_PRIVATE_MEMORY } from './disallow-lpage.ts';
import { every_gfn, type Geometry } from './gfn.ts';
import { every_2M_range, every_aligned_range, type RangeText, range_text } from './gfn-range.ts';
import { every_violation_request, type ViolationRequest } from './tdx/violation-request.ts';

/**
 * An entry of the mirror root (domain.md 1.6). 'FROZEN' is FROZEN_SPTE. A 4K entry is 'none' while
 * the entry above it is not a table. There is no variable for the 1G entry: TDX never maps private
 * memory at 1G, and the table under it is there from the start and stays.
 */
export type MirrorEntry = 'none' | 'FROZEN' | 'leaf' | 'table';

/** An entry of the secure EPT (domain.md 1.7). A 4K entry is 'FREE' while there is no table. */
export type SeptEntry =
  | 'FREE'
  | 'TABLE'
  | 'NL_BLOCKED'
  | 'PENDING'
  | 'MAPPED'
  | 'PENDING_BLOCKED'
  | 'BLOCKED';

/**
 * What a fault knows of `mmu_invalidate_seq`: whether it changed since F4. 'none' outside of
 * faults. One value for each vCPU says as much as the counter and its snapshots, without their
 * histories.
 */
export type FaultSnapshot = 'none' | 'current' | 'stale';

/** Kinds of failure that can be injected, as `--inject` takes them. */
export type Injection =
  | 'enomem'
  | 'enomem-for-ever'
  | 'busy'
  | 'busy-again'
  | 'interrupted'
  | 'seamcall-error';

/** What the VMM says of a gfn: `KVM_MEMORY_ATTRIBUTE_PRIVATE`, or not (domain.md 5.1). */
export type MemoryAttribute = 'private' | 'shared';

/** Data of one vCPU. */
export interface Vcpu {
  readonly id: number;
  readonly fault_snapshot: Variable<FaultSnapshot>;
  /** What the last exit asked for, in the version that keeps it: always 'none' in others. */
  readonly violation_request: Variable<ViolationRequest>;
}

/** Everything that several threads see. */
export interface Memory {
  readonly geometry: Geometry;
  readonly vcpus: readonly Vcpu[];
  readonly mmu_lock: RwLock;
  /** `disallow_lpage` of each 2M region. There is none for 4K (domain.md 1.1). */
  readonly disallow_lpage_2M: SharedArray<Variable<DisallowLpage>>;
  readonly disallow_lpage_1G: Variable<DisallowLpage>;
  readonly mirror_2M: SharedArray<Variable<MirrorEntry>>;
  readonly mirror_4K: SharedArray<Variable<MirrorEntry>>;
  readonly sept_2M: SharedArray<Variable<SeptEntry>>;
  readonly sept_4K: SharedArray<Variable<SeptEntry>>;
  /** Since the last RANGE.BLOCK a TRACK and the kick of all vCPUs are done. */
  readonly tlb_tracked: Variable<boolean>;
  /** The range of the invalidation in progress, or 'none': count and range in one. */
  readonly mmu_invalidate_in_progress: Variable<RangeText | 'none'>;
  /** The attribute of each gfn. */
  readonly mem_attr_array: SharedArray<Variable<MemoryAttribute>>;
  /** KVM_BUG_ON was hit: `kvm->vm_bugged` and KVM_REQ_VM_DEAD. */
  readonly vm_dead: Variable<boolean>;
  /** vCPUs do not enter the guest, so that no lock of the module is held (domain.md 4.6). */
  readonly wait_for_sept_zap: Variable<boolean>;
  /** The kinds of failure that are injected. */
  readonly injected: readonly Injection[];
  /** How many failures may still be injected. */
  readonly failures_left: Variable<number>;
  /** What claims remember; threads do not read it. */
  readonly ghost: Ghosts;
}

/** The history that claims need: written behind the operation that it records. */
export interface Ghosts {
  /**
   * Whether an accept step has set GUEST_INHIBIT in the word, since the last time that somebody set
   * out to clear it.
   */
  readonly inhibit_2M: SharedArray<Variable<boolean>>;
  readonly inhibit_1G: Variable<boolean>;
  /** Whether the guest has accepted the page, and the host has not set out to zap it since. */
  readonly accepted: SharedArray<Variable<boolean>>;
  /** Whether some vCPU has set out to accept in the region at this size. */
  readonly accepted_at_2M: SharedArray<Variable<boolean>>;
  readonly accepted_at_4K: SharedArray<Variable<boolean>>;
  /** How often an accept step has taken the write lock for the word; counts up to one too many. */
  readonly accept_steps_2M: SharedArray<Variable<number>>;
  readonly accept_steps_1G: Variable<number>;
  /** The VM is dead, as the guest touched what it had not accepted (domain.md 3.1, A2). */
  readonly died_by_design: Variable<boolean>;
}

/** How much memory a scope has. */
export interface MemorySize extends Geometry {
  readonly vcpus: number;
  /** The kinds of failure that are injected, and how many failures in all. */
  readonly inject: readonly string[];
  readonly failures: number;
  /** Whether the VMM converts memory between private and shared. */
  readonly converts: boolean;
  /** Whether vCPUs remember requests. */
  readonly requests: boolean;
}

const MIRROR_4K: readonly MirrorEntry[] = ['none', 'FROZEN', 'leaf'];
const MIRROR_2M: readonly MirrorEntry[] = [...MIRROR_4K, 'table'];
const SEPT_4K: readonly SeptEntry[] = ['FREE', 'PENDING', 'MAPPED', 'PENDING_BLOCKED', 'BLOCKED'];
const SEPT_2M: readonly SeptEntry[] = [...SEPT_4K, 'TABLE', 'NL_BLOCKED'];

/** Declares the memory of a TD in which nothing is mapped. */
export function declare_memory(shared: Shared, size: MemorySize): Memory {
  const { regions, fanout } = size;
  const geometry = { regions, fanout };
  const pages = every_gfn(geometry).length;
  const injected = size.inject as readonly Injection[];
  const failures = injected.length > 0 ? size.failures : 0;
  const words = size.converts ? EVERY_WORD : WORDS_OF_PRIVATE_MEMORY;
  const invalidated = size.converts ? every_aligned_range(geometry) : every_2M_range(geometry);
  const attributes: readonly MemoryAttribute[] = size.converts
    ? ['private', 'shared']
    : ['private'];
  return {
    geometry,
    mmu_lock: shared.rwLock('mmu_lock', { readers: size.vcpus }),
    disallow_lpage_2M: shared.array('disallow_lpage_2M', regions, (name) =>
      shared.oneOf(name, words, '0'),
    ),
    disallow_lpage_1G: shared.oneOf('disallow_lpage_1G', words, '0'),
    mirror_2M: shared.array('mirror_2M', regions, (name) => shared.oneOf(name, MIRROR_2M, 'none')),
    mirror_4K: shared.array('mirror_4K', pages, (name) => shared.oneOf(name, MIRROR_4K, 'none')),
    sept_2M: shared.array('sept_2M', regions, (name) => shared.oneOf(name, SEPT_2M, 'FREE')),
    sept_4K: shared.array('sept_4K', pages, (name) => shared.oneOf(name, SEPT_4K, 'FREE')),
    tlb_tracked: shared.boolean('tlb_tracked', true),
    mmu_invalidate_in_progress: shared.oneOf<RangeText | 'none'>(
      'mmu_invalidate_in_progress',
      ['none', ...invalidated.map(range_text)],
      'none',
    ),
    mem_attr_array: shared.array('mem_attr_array', pages, (name) =>
      shared.oneOf(name, attributes, 'private'),
    ),
    vm_dead: shared.boolean('vm_dead'),
    wait_for_sept_zap: shared.oneOf(
      'wait_for_sept_zap',
      injected.includes('busy') || injected.includes('busy-again') ? [false, true] : [false],
      false,
    ),
    injected,
    failures_left: shared.integer('failures_left', {
      min: 0,
      max: failures,
      initial: failures,
    }),
    vcpus: Array.from({ length: size.vcpus }, (_, id) => ({
      id,
      fault_snapshot: shared.oneOf<FaultSnapshot>(
        `vcpu${id}.fault_snapshot`,
        ['none', 'current', 'stale'],
        'none',
      ),
      violation_request: shared.oneOf<ViolationRequest>(
        `vcpu${id}.violation_request`,
        size.requests ? every_violation_request(geometry) : ['none'],
        'none',
      ),
    })),
    ghost: declare_ghosts(shared, size, pages),
  };
}

function declare_ghosts(shared: Shared, { regions, vcpus }: MemorySize, pages: number): Ghosts {
  const flag = (name: string) => shared.boolean(name, false, { ghost: true });
  const count = (name: string) => shared.integer(name, { min: 0, max: vcpus + 1 }, { ghost: true });
  return {
    inhibit_2M: shared.array('ghost.inhibit_2M', regions, flag),
    inhibit_1G: flag('ghost.inhibit_1G'),
    accepted: shared.array('ghost.accepted', pages, flag),
    accepted_at_2M: shared.array('ghost.accepted_at_2M', regions, flag),
    accepted_at_4K: shared.array('ghost.accepted_at_4K', regions, flag),
    accept_steps_2M: shared.array('ghost.accept_steps_2M', regions, count),
    accept_steps_1G: count('ghost.accept_steps_1G'),
    died_by_design: flag('ghost.died_by_design'),
  };
}
