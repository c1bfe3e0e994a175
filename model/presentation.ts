import type { PictureCell, PictureNode, Presentation, Tone } from '../checker/index.ts';
import { every_region, first_gfn, type Geometry, gfns_beside } from './gfn.ts';

/** The entries of both page tables, and the flags of the words, as they are drawn. */
const MIRROR: Readonly<Record<string, Tone>> = {
  none: 'empty',
  FROZEN: 'alarm',
  leaf: 'strong',
  table: 'link',
};
const SEPT: Readonly<Record<string, Tone>> = {
  FREE: 'empty',
  TABLE: 'link',
  NL_BLOCKED: 'blocked',
  PENDING: 'weak',
  MAPPED: 'strong',
  PENDING_BLOCKED: 'blocked',
  BLOCKED: 'blocked',
};
const WORD: Readonly<Record<string, Tone>> = { '0': 'empty', GUEST_INHIBIT: 'blocked' };

/** The private memory of a TD: 1G, 2M and 4K, with its words, mirror entries and S-EPT entries. */
export function presentation(geometry: Geometry): Presentation {
  const regions = every_region(geometry).map((region) => region_node(geometry, region));
  return { memory: { name: '1G', cells: [word('disallow_lpage_1G')], children: regions } };
}

function region_node(geometry: Geometry, region: number): PictureNode {
  const mirror = `mirror_2M[${region}]`;
  const sept = `sept_2M[${region}]`;
  const pages = gfns_beside(geometry, first_gfn(geometry, region)).map((gfn) => ({
    name: `4K gfn ${gfn}`,
    cells: [
      entry('mirror', `mirror_4K[${gfn}]`, MIRROR, { variable: mirror, values: ['table'] }),
      entry('S-EPT', `sept_4K[${gfn}]`, SEPT, { variable: sept, values: ['TABLE', 'NL_BLOCKED'] }),
    ],
    children: [],
  }));
  return {
    name: `2M region ${region}`,
    cells: [
      word(`disallow_lpage_2M[${region}]`),
      entry('mirror', mirror, MIRROR),
      entry('S-EPT', sept, SEPT),
    ],
    children: pages,
  };
}

function word(variable: string): PictureCell {
  return { title: 'disallow_lpage', variable, tones: WORD, separator: '|' };
}

function entry(
  title: string,
  variable: string,
  tones: Readonly<Record<string, Tone>>,
  onlyWhile?: PictureCell['onlyWhile'],
): PictureCell {
  return { title, variable, tones, ...(onlyWhile === undefined ? {} : { onlyWhile }) };
}
