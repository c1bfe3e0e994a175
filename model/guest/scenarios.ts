import {
  every_gfn,
  every_region,
  first_gfn,
  type Geometry,
  type Gfn,
  gfns_beside,
} from '../gfn.ts';
import type { KvmScope } from '../parameters.ts';
import {
  accept_2M,
  accept_2M_then_4K,
  accept_4K,
  one_of,
  type Program,
  prefault,
  touch,
} from './program.ts';

/** Guests that do, in their order, what somebody has talked about, and not anything at any time. */
export interface Scenario {
  /** As `--scenario` takes it. */
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  /** Who talked about it. */
  readonly source: string;
  /** The part of a scope that it implies, unless the user names another. */
  readonly scope: Pick<KvmScope, 'vcpus' | 'ops' | 'regions' | 'host'> & Partial<KvmScope>;
  /**
   * The programs of the vCPUs; with more vCPUs than programs these are given out again. How often
   * a vCPU goes through its own is `ops` of the scope.
   */
  readonly programs: (geometry: Geometry) => readonly Program[];
  /** Obligations of the ledger without which a check has not seen what it is about. */
  readonly shows: readonly string[];
}

const ACCEPTED_AT_4K = 'tdg_mem_page_accept G7 write sept_4K[]';
const ACCEPTED_AT_2M = 'tdg_mem_page_accept G7 write sept_2M[]';
const EXIT_AT_4K = 'tdg_mem_page_accept G3b';
const REFUSED_AT_2M = 'tdg_mem_page_accept G5 read sept_2M[] = MAPPED or TABLE or NL_BLOCKED';

/** Everything that `--scenario` takes. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'linux-guest',
    summary:
      'accepts at 2M, at 4K where that is refused, and touches; a vCPU first accepts the end of ' +
      'a region at 4K, and all of it after the host took it back',
    source: 'domain.md 2.4: tdx_accept_memory(), try_accept_one()',
    scope: { vcpus: 2, ops: 1, regions: 2, host: ['zap'] },
    programs: linux_guest,
    shows: [ACCEPTED_AT_2M, ACCEPTED_AT_4K, REFUSED_AT_2M],
  },
  {
    name: 'non-linux-guest',
    summary: 'touches each page and then accepts it, always at 4K',
    source: 'domain.md 2.5; Yan Zhao, v2 00/23, 7 Aug 2025: "non-Linux TDs"',
    scope: { vcpus: 2, ops: 1, regions: 1, host: [] },
    programs: non_linux_guest,
    shows: [EXIT_AT_4K],
  },
  {
    name: 'prefault-then-accept',
    summary: 'the VMM prefaults a region, and the guest accepts it at 4K',
    source: 'domain.md 3.5; v1 20/21, and v2 00/23 without it',
    scope: { vcpus: 2, ops: 1, regions: 1, host: [] },
    programs: (geometry) => first_region(geometry).map((gfn) => [prefault(gfn), accept_4K(gfn)]),
    shows: [EXIT_AT_4K],
  },
  {
    name: 'edk2-convert-loop',
    summary: 'one vCPU accepts pages of a region at 4K while the VMM converts and zaps it, twice',
    source: 'domain.md 6.8, Yan Zhao, 1 Jul 2025: "0x7d3ff-0x7e7fe many times"',
    scope: { vcpus: 1, ops: 2, regions: 1, host: ['zap', 'convert'], conversions: 2 },
    programs: (geometry) => [first_region(geometry).map(accept_4K)],
    shows: [ACCEPTED_AT_4K, 'tdp_mmu_zap_region K4 write mirror_2M[]'],
  },
  {
    name: 'mixed-levels',
    summary: 'one vCPU accepts and touches a region at 2M and another at 4K, a second the reverse',
    source: 'domain.md 6.2; Kirill Shutemov, 24 Apr 2025: "stupid, but valid"',
    scope: { vcpus: 2, ops: 1, regions: 2, host: [] },
    programs: mixed_levels,
    shows: [EXIT_AT_4K, REFUSED_AT_2M],
  },
  {
    name: 'accept-2m-only',
    summary: 'a client that accepts at 2M, in any order, and does nothing else',
    source: 'domain.md 10: RFC v1 passes for it',
    scope: { vcpus: 2, ops: 2, regions: 2, host: [] },
    programs: (geometry) => [[one_of(every_first_gfn(geometry).map(accept_2M))]],
    shows: [ACCEPTED_AT_2M],
  },
  {
    name: 'accept-only-mixed',
    summary: 'of two vCPUs that only accept, in any order, one does it at 2M and one at 4K',
    source: 'domain.md 10: "for the checker to say"',
    scope: { vcpus: 2, ops: 2, regions: 1, host: [] },
    programs: (geometry) => [
      [one_of(every_first_gfn(geometry).map(accept_2M))],
      [one_of(every_gfn(geometry).map(accept_4K))],
    ],
    shows: [EXIT_AT_4K],
  },
];

/** The scenario of this name; none for `none`. */
export function scenario_of(name: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.name === name);
}

/** Boot accepts from the second page on; the first region comes back later, as from SWIOTLB. */
function linux_guest(geometry: Geometry): readonly Program[] {
  const [head = [], ...rest] = every_first_gfn(geometry).map((gfn) => gfns_beside(geometry, gfn));
  const unaligned = head.slice(1);
  const whole = (region: readonly Gfn[]): Program => [
    ...accept_2M_then_4K(region),
    ...region.map(touch),
  ];
  const first = [...unaligned.map(accept_4K), ...unaligned.map(touch), ...whole(head)];
  return rest.length === 0 ? [first] : [first, rest.flatMap(whole)];
}

/** Two vCPUs from both ends. */
function non_linux_guest(geometry: Geometry): readonly Program[] {
  const pages = every_gfn(geometry);
  const program = (gfn: Gfn): Program => [touch(gfn), accept_4K(gfn)];
  return [pages.flatMap(program), pages.toReversed().flatMap(program)];
}

function mixed_levels(geometry: Geometry): readonly Program[] {
  const at_2M = (region: readonly Gfn[]): Program => [
    ...accept_2M_then_4K(region),
    ...region.map(touch),
  ];
  const at_4K = (region: readonly Gfn[]): Program => [
    ...region.map(accept_4K),
    ...region.map(touch),
  ];
  const regions = every_first_gfn(geometry).map((gfn) => gfns_beside(geometry, gfn));
  const take_turns = (even: typeof at_2M, odd: typeof at_2M): Program =>
    regions.flatMap((region, i) => (i % 2 === 0 ? even : odd)(region));
  return [take_turns(at_2M, at_4K), take_turns(at_4K, at_2M)];
}

function every_first_gfn(geometry: Geometry): readonly Gfn[] {
  return every_region(geometry).map((region) => first_gfn(geometry, region));
}

function first_region(geometry: Geometry): readonly Gfn[] {
  return gfns_beside(geometry, first_gfn(geometry, 0));
}
