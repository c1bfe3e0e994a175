import {
  every_gfn,
  every_region,
  first_gfn,
  type Geometry,
  type Gfn,
  gfn_round_for_level,
  KVM_PAGES_PER_HPAGE,
  type Level,
  PG_LEVEL_1G,
  PG_LEVEL_2M,
  PG_LEVEL_4K,
} from './gfn.ts';
import type { GfnRange } from './kernel.ts';

/** A range as the value of a variable. */
export type RangeText = `[${number}, ${number})`;

/** The gfns of the region of `level` that holds `gfn`. */
export function range_of(geometry: Geometry, gfn: Gfn, level: Level): GfnRange {
  const start = gfn_round_for_level(geometry, gfn, level);
  return { start, end: (start + KVM_PAGES_PER_HPAGE(geometry, level)) as Gfn };
}

/** Whether all of the region of `level` that holds `range.start` lies in the range. */
export function holds_region(geometry: Geometry, { start, end }: GfnRange, level: Level): boolean {
  const region = range_of(geometry, start, level);
  return start === region.start && region.end <= end;
}

export function gfns_in({ start, end }: GfnRange): readonly Gfn[] {
  return Array.from({ length: end - start }, (_, i) => (start + i) as Gfn);
}

export function range_text({ start, end }: GfnRange): RangeText {
  return `[${start}, ${end})`;
}

/** Whether the range that is written as `text` holds `gfn`. */
export function text_covers(text: RangeText, gfn: Gfn): boolean {
  const [start, end] = text.slice(1, -1).split(', ').map(Number) as [number, number];
  return start <= gfn && gfn < end;
}

/** Every 2M region. */
export function every_2M_range(geometry: Geometry): readonly GfnRange[] {
  return every_region(geometry).map((region) =>
    range_of(geometry, first_gfn(geometry, region), PG_LEVEL_2M),
  );
}

/** Every 4K page. */
export function every_4K_range(geometry: Geometry): readonly GfnRange[] {
  return every_gfn(geometry).map((gfn) => range_of(geometry, gfn, PG_LEVEL_4K));
}

/** Every 2M region, every 4K page and the 1G region, each once. */
export function every_aligned_range(geometry: Geometry): readonly GfnRange[] {
  const all = range_of(geometry, 0 as Gfn, PG_LEVEL_1G);
  const more = geometry.regions > 1 ? [all] : [];
  return [...every_2M_range(geometry), ...every_4K_range(geometry), ...more];
}
