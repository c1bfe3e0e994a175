import { type Event, eventKey, type LeftEvent } from '../automaton/automaton.ts';
import type { CompiledProgram, CompiledSystem } from '../automaton/compile.ts';

/** What claims want to know of one step, beside the states before and after it. */
export interface Happenings {
  /** Claims whose premise is met and which hold, whatever the state. */
  readonly counts: readonly string[];
  /** What has to be judged in the state after the step. */
  readonly programs: readonly CompiledProgram[];
  /** Stretches that the thread has left. */
  readonly left: readonly LeftEvent[];
}

/** The number of the list in which nothing happens. */
export const NOTHING = 0;

/** Lists of happenings by number, so that an edge of the code can name one. */
export class HappeningLists {
  readonly lists: Happenings[] = [{ counts: [], programs: [], left: [] }];
  private readonly joined = new Map<number, number>();
  private readonly compiled: CompiledSystem;

  constructor(compiled: CompiledSystem) {
    this.compiled = compiled;
  }

  /** The number of the list for these events, with `counts` before them. */
  add(events: readonly Event[], counts: readonly string[] = []): number {
    const all = events.map((event) => this.happeningsOf(event));
    return this.push({
      counts: [...counts, ...all.flatMap((one) => one.counts)],
      programs: all.flatMap((one) => one.programs),
      left: all.flatMap((one) => one.left),
    });
  }

  /** The number of list `a` followed by list `b`. */
  join(a: number, b: number): number {
    if (a === NOTHING || b === NOTHING) return a + b;
    const key = a * 0x1000000 + b;
    let joined = this.joined.get(key);
    if (joined === undefined) {
      const [one, other] = [this.lists[a]!, this.lists[b]!];
      joined = this.push({
        counts: [...one.counts, ...other.counts],
        programs: [...one.programs, ...other.programs],
        left: [...one.left, ...other.left],
      });
      this.joined.set(key, joined);
    }
    return joined;
  }

  private push(happenings: Happenings): number {
    const { counts, programs, left } = happenings;
    return counts.length + programs.length + left.length === 0
      ? NOTHING
      : this.lists.push(happenings) - 1;
  }

  /** Programs that do not look at the state are decided here, once and for all. */
  private happeningsOf(event: Event): Happenings {
    if (event.kind === 'passed') return { counts: [event.claim], programs: [], left: [] };
    if (event.kind === 'left') return { counts: [], programs: [], left: [event] };
    const programs = this.compiled.returns.get(eventKey(event)) ?? [];
    const judgement = ({ root }: CompiledProgram) =>
      root.kind === 'judge' ? root.judgement : undefined;
    return {
      counts: programs.flatMap((one) => (judgement(one) === true ? [one.claim] : [])),
      programs: programs.filter((one) => ![true, 'vacuous'].includes(judgement(one) ?? '')),
      left: [],
    };
  }
}
