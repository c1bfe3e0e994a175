import type { Action } from '../language/operation.ts';
import type { Site } from '../language/site.ts';

/** One operation of a function, as a line of code. */
export interface Line {
  /** How it is called within its function. */
  readonly name: string;
  readonly label: string | undefined;
  readonly action: Action;
  /** Where it stands. */
  readonly site: Site | undefined;
}

/** The operations of a function, each once, in an order in which it may perform them. */
export class Listing {
  private readonly lines = new Map<string, Line>();
  private readonly next = new Map<string, Set<string>>();
  /** Those that begin a run. */
  private readonly entries = new Set<string>();

  /** Notes an operation, and which one was performed before it in the same run. */
  note(line: Line, before: string | undefined): void {
    if (!this.lines.has(line.name)) this.lines.set(line.name, line);
    if (before === undefined) {
      this.entries.add(line.name);
      return;
    }
    const after = this.next.get(before) ?? new Set<string>();
    this.next.set(before, after);
    after.add(line.name);
  }

  /** Adds what another one of the same function has, as it was seen in another scope. */
  add(other: Listing): void {
    for (const name of other.entries) this.note(other.lines.get(name)!, undefined);
    for (const [before, after] of other.next) {
      for (const name of after) this.note(other.lines.get(name)!, before);
    }
  }

  /** In topological order; what repeats stands where it is first come to. */
  inOrder(): readonly Line[] {
    const seen = new Set<string>();
    const order: Line[] = [];
    const visit = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      for (const after of [...(this.next.get(name) ?? [])].reverse()) visit(after);
      order.push(this.lines.get(name)!);
    };
    for (const name of [...this.entries].reverse()) visit(name);
    return order.reverse();
  }
}
