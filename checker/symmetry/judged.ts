import { type Event, eventKey, type Position, positionKey } from '../automaton/automaton.ts';
import type { CompiledProgram, CompiledSystem } from '../automaton/compile.ts';

/** What claims say of a step. */
export interface Judged {
  /** The claims that hold by it whatever the state: named assertions, in some fixed order. */
  readonly passed: string;
  /** What is judged in the state after it. */
  readonly programs: readonly CompiledProgram[];
}

const NOTHING: Judged = { passed: '', programs: [] };

/** Finds the programs that judge events and positions, which takes long keys, once for each. */
export class Judges {
  private readonly compiled: CompiledSystem;
  private readonly returns = new Map<Event, readonly CompiledProgram[]>();

  constructor(compiled: CompiledSystem) {
    this.compiled = compiled;
  }

  along(events: readonly Event[]): Judged {
    if (events.length === 0) return NOTHING;
    const passed = events.flatMap((event) => (event.kind === 'passed' ? [event.claim] : []));
    const programs = events.flatMap((event) => this.programsOf(event));
    return { passed: JSON.stringify(passed.sort()), programs };
  }

  at(positions: readonly Position[]): readonly CompiledProgram[] {
    return positions.flatMap((one) => this.compiled.positions.get(positionKey(one)) ?? []);
  }

  private programsOf(event: Event): readonly CompiledProgram[] {
    if (event.kind !== 'return') return [];
    let programs = this.returns.get(event);
    if (programs === undefined) {
      programs = this.compiled.returns.get(eventKey(event)) ?? [];
      this.returns.set(event, programs);
    }
    return programs;
  }
}
