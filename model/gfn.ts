/**
 * Guest frame numbers and levels (domain.md 1.1). One 1G region holds `regions` regions of 2M, and
 * each of these `fanout` pages of 4K, which stand for the 512 of the hardware.
 */

export const PG_LEVEL_4K = 1;
export const PG_LEVEL_2M = 2;
export const PG_LEVEL_1G = 3;

/** A level as KVM counts them, from `PG_LEVEL_4K`. */
export type Level = number;

/** A level as people say it. */
export function show_level(level: Level): string {
  return { [PG_LEVEL_4K]: '4K', [PG_LEVEL_2M]: '2M' }[level] ?? '1G';
}

/** A guest frame number of private memory, without the SHARED bit. */
export type Gfn = number & { readonly unit: 'gfn' };

/** The size of the guest's memory. */
export interface Geometry {
  /** 2M regions in the only 1G region. */
  readonly regions: number;
  /** 4K pages in a 2M region. */
  readonly fanout: number;
}

/** All 4K pages. */
export function every_gfn(geometry: Geometry): readonly Gfn[] {
  return Array.from({ length: geometry.regions * geometry.fanout }, (_, gfn) => gfn as Gfn);
}

/** The indices of the 2M regions. */
export function every_region(geometry: Geometry): readonly number[] {
  return Array.from({ length: geometry.regions }, (_, region) => region);
}

/** The index of the 2M region that holds `gfn`. */
export function region_of(geometry: Geometry, gfn: Gfn): number {
  return Math.floor(gfn / geometry.fanout);
}

/** The first 4K page of a 2M region. */
export function first_gfn(geometry: Geometry, region: number): Gfn {
  return (region * geometry.fanout) as Gfn;
}

/** The 4K pages of the 2M region that holds `gfn`. */
export function gfns_beside(geometry: Geometry, gfn: Gfn): readonly Gfn[] {
  const first = gfn_round_for_level(geometry, gfn, PG_LEVEL_2M);
  return Array.from({ length: geometry.fanout }, (_, i) => (first + i) as Gfn);
}

export function KVM_PAGES_PER_HPAGE(geometry: Geometry, level: Level): number {
  if (level === PG_LEVEL_4K) return 1;
  return level === PG_LEVEL_2M ? geometry.fanout : geometry.fanout * geometry.regions;
}

export function gfn_round_for_level(geometry: Geometry, gfn: Gfn, level: Level): Gfn {
  return (gfn - (gfn % KVM_PAGES_PER_HPAGE(geometry, level))) as Gfn;
}
