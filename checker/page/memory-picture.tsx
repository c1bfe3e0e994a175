import type { PictureCell, PictureNode } from '../language/presentation.ts';

/** The value of each variable by name, now and before the last step. */
export type Values = ReadonlyMap<string, { readonly now: string; readonly before: string }>;

interface Props {
  readonly memory: PictureNode;
  readonly values: Values;
}

/** The memory as boxes, each piece above the smaller ones that it consists of. */
export function MemoryPicture({ memory, values }: Props) {
  return (
    <section class="panel">
      <h2>Memory</h2>
      <ul class="memory">
        <Node node={memory} values={values} />
      </ul>
    </section>
  );
}

/** Names of the variables that a picture shows. */
export function variablesIn(memory: PictureNode | undefined): ReadonlySet<string> {
  if (memory === undefined) return new Set();
  return new Set([
    ...memory.cells.map(({ variable }) => variable),
    ...memory.children.flatMap((child) => [...variablesIn(child)]),
  ]);
}

function Node({ node, values }: { readonly node: PictureNode; readonly values: Values }) {
  return (
    <li style={{ flexGrow: leavesOf(node) }}>
      <div class="piece">
        <h3>{node.name}</h3>
        {node.cells.map((cell) => (
          <Cell key={cell.variable} cell={cell} values={values} />
        ))}
      </div>
      {node.children.length > 0 && (
        <ul>
          {node.children.map((child) => (
            <Node key={child.name} node={child} values={values} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Cell({ cell, values }: { readonly cell: PictureCell; readonly values: Values }) {
  const value = values.get(cell.variable);
  if (value === undefined) return null;
  const { now, before } = value;
  const { onlyWhile, separator } = cell;
  const isThere =
    onlyWhile === undefined || onlyWhile.values.includes(values.get(onlyWhile.variable)?.now ?? '');
  const words = separator === undefined ? [now] : now.split(separator);
  const isChanged = now !== before;
  return (
    <div class={`cell ${isThere ? '' : 'absent'} ${isChanged ? 'changed' : ''}`}>
      <span class="title" title={cell.variable}>
        {cell.title}
      </span>
      {words.map((word) => (
        <span key={word} class={`value ${cell.tones[word] ?? 'weak'}`}>
          {word}
        </span>
      ))}
      {isChanged && <span class="was">was {before}</span>}
    </div>
  );
}

function leavesOf({ children }: PictureNode): number {
  return children.length === 0 ? 1 : children.reduce((sum, child) => sum + leavesOf(child), 0);
}
