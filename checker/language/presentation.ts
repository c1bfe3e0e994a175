import type { Lane } from './lane.ts';

/**
 * How a value is drawn. `empty`: nothing is there. `link`: it leads to the entries below. `weak`:
 * there, but not usable yet. `strong`: there and usable. `blocked`: taken away, or kept from use.
 * `alarm`: must not be overlooked.
 */
export type Tone = 'empty' | 'link' | 'weak' | 'strong' | 'blocked' | 'alarm';

/** One variable in the picture of a memory. */
export interface PictureCell {
  /** The structure that it is an entry of, e.g. `mirror`. */
  readonly title: string;
  /** Its name as declared. */
  readonly variable: string;
  /** Tones by value; `weak` for values that are not named. */
  readonly tones: Readonly<Record<string, Tone>>;
  /** The value is a list of words with this between them, each with a tone of its own. */
  readonly separator?: string;
  /** It is part of the memory only while this variable has one of these values. */
  readonly onlyWhile?: { readonly variable: string; readonly values: readonly string[] };
}

/** A piece of memory with the smaller pieces that it consists of. */
export interface PictureNode {
  /** E.g. `2M region 0`. */
  readonly name: string;
  readonly cells: readonly PictureCell[];
  readonly children: readonly PictureNode[];
}

/** How people look at one scope of a model, as data; the checker draws it. */
export interface Presentation {
  /** The memory, whole at the top. Variables that are not in it are listed in a table. */
  readonly memory: PictureNode;
  /** The rows of a timeline below those of the threads; each variable that changes if absent. */
  readonly lanes?: readonly Lane[];
}
