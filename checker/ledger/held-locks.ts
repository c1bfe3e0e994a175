import type { Automaton } from '../automaton/automaton.ts';
import type { CompiledSystem } from '../automaton/compile.ts';
import type { Access } from '../language/operation.ts';

/** Per node, the identities of the lock sides that the thread holds there for certain. */
export function heldAt({ nodes, entry }: Automaton): readonly ReadonlySet<string>[] {
  const held: (ReadonlySet<string> | undefined)[] = nodes.map(() => undefined);
  held[entry] = new Set();
  const pending = [entry];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { action, edges } = nodes[at]!;
    const lock = action.kind === 'access' ? action.lock : undefined;
    const after = new Set(held[at]);
    if (lock?.change === 1) after.add(lock.side.identity);
    if (lock?.change === -1) after.delete(lock.side.identity);
    for (const { target } of edges) {
      const known = held[target];
      const both =
        known === undefined ? after : new Set([...known].filter((one) => after.has(one)));
      if (known?.size === both.size) continue;
      held[target] = both;
      pending.push(target);
    }
  }
  return held.map((one) => one ?? new Set());
}

/** Answers whether two lock sides are never held at once, by their identities. */
export function exclusionIn({ automata }: CompiledSystem): (one: string, other: string) => boolean {
  const acquisitions = new Map<string, Access>();
  for (const { action } of automata.flatMap(({ nodes }) => nodes)) {
    if (action.kind !== 'access' || action.lock?.change !== 1) continue;
    acquisitions.set(action.lock.side.identity, action);
  }
  const excludes = (holder: Access, comer: Access) =>
    holder.variable === comer.variable &&
    holder.next.every((held) => held < 0 || comer.next[held]! < 0);
  return (one, other) => {
    const [left, right] = [acquisitions.get(one), acquisitions.get(other)];
    return left !== undefined && right !== undefined && excludes(left, right);
  };
}
