import type { SummaryNode } from './summary.ts';

type WithoutId<N> = N extends SummaryNode ? Omit<N, 'id'> : never;

/** Makes one object of equal nodes: nodes are equal if what they do and their targets are. */
export class NodeTable {
  private readonly nodes = new Map<string, SummaryNode>();

  /** @param key says what the node does; the targets are compared by the table */
  intern(node: WithoutId<SummaryNode>, key: string): SummaryNode {
    const targets = 'targets' in node ? node.targets.map((target) => target.id).join() : '';
    const fullKey = `${node.kind}|${key}|${targets}`;
    let known = this.nodes.get(fullKey);
    if (known === undefined) {
      known = { ...node, id: this.nodes.size } as SummaryNode;
      this.nodes.set(fullKey, known);
    }
    return known;
  }
}
