import type { Lane, PictureCell, PictureNode, Presentation, Tone } from '../checker/index.ts';
import { type DisallowLpage, EVERY_WORD, WORDS_OF_PRIVATE_MEMORY } from './disallow-lpage.ts';
import {
  every_gfn,
  every_region,
  first_gfn,
  type Geometry,
  type Gfn,
  gfns_beside,
  region_of,
} from './gfn.ts';

/** How entries of both page tables, flags of the words and attributes are drawn. */
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
const WORD: Readonly<Record<string, Tone>> = {
  '0': 'empty',
  GUEST_INHIBIT: 'blocked',
  MIXED: 'weak',
};
const ATTRIBUTE: Readonly<Record<string, Tone>> = { private: 'empty', shared: 'strong' };

/** What of a scope decides how it looks. */
interface Presented extends Geometry {
  readonly vcpus: number;
  readonly host: readonly string[];
}

/**
 * The private memory of a TD: 1G, 2M and 4K, with words, attributes, mirror and S-EPT entries. On a
 * timeline: mmu_lock, the words, and at which level each gfn is mapped in the mirror root.
 */
export function presentation(scope: Presented): Presentation {
  const regions = every_region(scope);
  const words = scope.host.includes('convert') ? EVERY_WORD : WORDS_OF_PRIVATE_MEMORY;
  return {
    memory: {
      name: '1G',
      cells: [word('disallow_lpage_1G')],
      children: regions.map((region) => region_node(scope, region)),
    },
    lanes: [
      lock_lane(scope.vcpus),
      word_lane('disallow_lpage_1G', words),
      ...regions.map((region) => word_lane(`disallow_lpage_2M[${region}]`, words)),
      ...every_gfn(scope).map((gfn) => level_lane(scope, gfn)),
    ],
  };
}

function lock_lane(readers: number): Lane {
  const counts = Array.from({ length: readers }, (_, i) => i + 1);
  const read = counts.map((count) => [count, count === 1 ? '1 reader' : `${count} readers`]);
  const as = { '-1': 'writer', ...Object.fromEntries(read) };
  return { name: 'mmu_lock', shows: [{ variable: 'mmu_lock', as }] };
}

/** The flags of a word, as long as one is set. */
function word_lane(variable: string, words: readonly DisallowLpage[]): Lane {
  const flags = words.filter((value) => value !== '0').map((value) => [value, value]);
  return { name: variable, shows: [{ variable, as: Object.fromEntries(flags) }] };
}

/** Under a table the entry of the page says; else that of its region does. */
function level_lane(geometry: Geometry, gfn: Gfn): Lane {
  const region = region_of(geometry, gfn);
  return {
    name: `gfn ${gfn} mapped at`,
    shows: [
      { variable: `mirror_2M[${region}]`, as: { leaf: '2M', FROZEN: 'FROZEN' } },
      { variable: `mirror_4K[${gfn}]`, as: { leaf: '4K', FROZEN: 'FROZEN' } },
    ],
  };
}

function region_node(geometry: Geometry, region: number): PictureNode {
  const mirror = `mirror_2M[${region}]`;
  const sept = `sept_2M[${region}]`;
  const pages = gfns_beside(geometry, first_gfn(geometry, region)).map((gfn) => ({
    name: `4K gfn ${gfn}`,
    cells: [
      entry('attributes', `mem_attr_array[${gfn}]`, ATTRIBUTE),
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
