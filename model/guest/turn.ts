import {
  every_gfn,
  every_region,
  first_gfn,
  type Geometry,
  type Gfn,
  type Level,
  PG_LEVEL_1G,
  PG_LEVEL_2M,
  PG_LEVEL_4K,
  show_level,
} from '../gfn.ts';

/** What a vCPU does in one turn. A prefault is done to it by the VMM. */
export type Turn =
  | { readonly does: 'accept'; readonly gfn: Gfn; readonly level: Level }
  | { readonly does: 'touch'; readonly gfn: Gfn }
  | { readonly does: 'release'; readonly gfn: Gfn }
  | { readonly does: 'prefault'; readonly gfn: Gfn }
  | { readonly does: 'stop' };

/** A turn as reports write it. */
export function show_turn(turn: Turn): string {
  switch (turn.does) {
    case 'accept':
      return `accept gfn ${turn.gfn} at ${show_level(turn.level)}`;
    case 'stop':
      return 'stop';
    default:
      return `${turn.does} gfn ${turn.gfn}`;
  }
}

const ACCEPT_1G: Turn = { does: 'accept', gfn: 0 as Gfn, level: PG_LEVEL_1G };

/**
 * Everything that a vCPU may do in a turn: the most general client of this memory, with what
 * `guest` and `prefault` add.
 */
export function every_turn(
  geometry: Geometry,
  prefault: boolean,
  guest: readonly string[],
): readonly Turn[] {
  const gfns = every_gfn(geometry);
  const regions = every_region(geometry).map((region) => first_gfn(geometry, region));
  return [
    ...gfns.map((gfn): Turn => ({ does: 'accept', gfn, level: PG_LEVEL_4K })),
    ...regions.map((gfn): Turn => ({ does: 'accept', gfn, level: PG_LEVEL_2M })),
    ...gfns.map((gfn): Turn => ({ does: 'touch', gfn })),
    ...(guest.includes('accept-1g') ? [ACCEPT_1G] : []),
    ...(guest.includes('release') ? gfns.map((gfn): Turn => ({ does: 'release', gfn })) : []),
    ...(prefault ? gfns.map((gfn): Turn => ({ does: 'prefault', gfn })) : []),
    { does: 'stop' },
  ];
}
