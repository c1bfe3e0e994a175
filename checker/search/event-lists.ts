import type { Event } from '../automaton/automaton.ts';

/** The number of the empty list. */
export const NO_EVENTS = 0;

/** Lists of events by number: what happens in one step, over all edges that it takes. */
export class EventLists {
  readonly lists: (readonly Event[])[] = [[]];
  private readonly joined = new Map<number, number>();

  add(events: readonly Event[]): number {
    return this.lists.push(events) - 1;
  }

  /** The number of list `a` followed by list `b`. */
  join(a: number, b: number): number {
    if (a === NO_EVENTS) return b;
    const key = a * 0x1000000 + b;
    let joined = this.joined.get(key);
    if (joined === undefined) {
      joined = this.add([...this.lists[a]!, ...this.lists[b]!]);
      this.joined.set(key, joined);
    }
    return joined;
  }
}
