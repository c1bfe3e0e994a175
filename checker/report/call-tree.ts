import type { Frame } from '../check/result.ts';

/** Something that is shown of a thread, and the calls that it is in, outermost first. */
export interface Shown {
  readonly thread: string;
  readonly frames: readonly Frame[];
}

/** A call with what is shown of it, or several calls of which only the innermost says something. */
export interface CallNode<T extends Shown> {
  readonly frame: Frame | undefined;
  readonly parent: CallNode<T> | undefined;
  readonly depth: number;
  readonly children: readonly (CallNode<T> | T)[];
}

interface Draft<T extends Shown> {
  readonly frame: Frame | undefined;
  readonly children: (Draft<T> | T)[];
}

/**
 * The calls of each thread, as far as they are worth a line: the function that the thread runs is
 * left out, and so is a call in which nothing is shown but one other call.
 *
 * @param shown in time order
 * @returns for each of `shown` the call in which it stands
 */
export function callTrees<T extends Shown>(shown: readonly T[]): ReadonlyMap<T, CallNode<T>> {
  const roots = new Map<string, Draft<T>>();
  for (const one of shown) {
    const root = roots.get(one.thread) ?? { frame: undefined, children: [] };
    roots.set(one.thread, root);
    let node = root;
    for (const frame of one.frames.slice(1)) {
      const last = node.children.at(-1);
      if (last !== undefined && isDraft(last) && sameFrame(last.frame, frame)) {
        node = last;
      } else {
        const deeper: Draft<T> = { frame, children: [] };
        node.children.push(deeper);
        node = deeper;
      }
    }
    node.children.push(one);
  }
  const places = new Map<T, CallNode<T>>();
  for (const root of roots.values()) compress(root, undefined, 0, places);
  return places;
}

function compress<T extends Shown>(
  draft: Draft<T>,
  parent: CallNode<T> | undefined,
  depth: number,
  places: Map<T, CallNode<T>>,
): CallNode<T> {
  const [only] = draft.children;
  if (draft.children.length === 1 && only !== undefined && isDraft(only)) {
    return compress(only, parent, depth, places);
  }
  const children: (CallNode<T> | T)[] = [];
  const node: CallNode<T> = { frame: draft.frame, parent, depth, children };
  const inside = draft.frame === undefined ? depth : depth + 1;
  for (const child of draft.children) {
    if (isDraft(child)) {
      children.push(compress(child, node, inside, places));
    } else {
      children.push(child);
      places.set(child, node);
    }
  }
  return node;
}

function isDraft<T extends Shown>(child: Draft<T> | T): child is Draft<T> {
  return 'children' in child;
}

function sameFrame(one: Frame | undefined, other: Frame): boolean {
  return one?.name === other.name && one.label === other.label;
}
