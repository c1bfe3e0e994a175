import type { Coverage } from '../engine/coverage.ts';
import { CoverageRecorder } from '../generators/coverage-recorder.ts';
import { type Finding, judgeEvents, judgeState, judgeTransition } from '../generators/judge.ts';
import { type Machine, type MachineState, stateKey, unfinished } from '../generators/machine.ts';
import { DEADLOCK } from '../language/claim.ts';

/** What the whole state space of a system says, found by brute force. */
export interface Survey {
  /** For each claim that fails, its shortest schedules. */
  readonly violations: ReadonlyMap<string, Shortest>;
  /** What `imageOf` makes of the reachable states. */
  readonly images: ReadonlySet<string>;
  /** Steps out of the images, each image counted once. */
  readonly transitions: number;
  /** By claim, how often its premise was met, each image counted once. */
  readonly premises: ReadonlyMap<string, number>;
  /** What was gone through, each image counted once. */
  readonly coverage: Coverage;
}

export interface Shortest {
  readonly length: number;
  /** The fewest thread switches of a schedule of this length. */
  readonly switches: number;
}

interface Visit {
  readonly state: MachineState;
  readonly level: number;
  /** By the thread that moved last: the fewest switches of a shortest path. Empty at the start. */
  readonly switches: Map<number, number>;
}

/** Visits every reachable state of a system, for claims that go on after they failed. */
export function survey(machine: Machine, imageOf: (state: MachineState) => string): Survey {
  const violations = new Map<string, Shortest>();
  const images = new Set<string>();
  const visits = new Map<string, Visit>();
  const premises = new Map<string, number>();
  let transitions = 0;
  const recorder = new CoverageRecorder(machine);

  const note = (findings: readonly Finding[], length: number, switches: number) => {
    for (const { claim, because } of findings) {
      if (because === undefined) continue;
      const known = violations.get(claim) ?? { length, switches };
      if (known.length < length) continue;
      violations.set(claim, { length, switches: Math.min(known.switches, switches) });
    }
  };

  const countPremises = (findings: readonly Finding[]) => {
    for (const finding of findings) {
      if (finding.premises === 0) continue;
      premises.set(finding.claim, (premises.get(finding.claim) ?? 0) + finding.premises);
    }
  };

  const { state: initial, events } = machine.initial();
  const findingsAtStart = judgeEvents(machine, initial, events);
  note(findingsAtStart, 0, 0);
  countPremises(findingsAtStart);
  let frontier: Visit[] = [{ state: initial, level: 0, switches: new Map() }];
  visits.set(stateKey(initial), frontier[0] as Visit);

  while (frontier.length > 0) {
    const next: Visit[] = [];
    for (const visit of frontier) {
      const { state, level } = visit;
      note(judgeState(machine, state), level, fewest(visit));
      const steps = machine.successors(state);
      const image = imageOf(state);
      if (!images.has(image)) {
        transitions += steps.length;
        recorder.show(state, steps);
        countPremises(judgeState(machine, state));
        for (const step of steps) countPremises(judgeTransition(machine, state, step));
      }
      images.add(image);
      if (steps.length === 0 && unfinished(machine, state).length > 0) {
        note([{ claim: DEADLOCK, premises: 1, because: 'deadlock' }], level, fewest(visit));
      }
      for (const step of steps) {
        const { thread } = step.move;
        const switches = fewest(visit, thread);
        note(judgeTransition(machine, state, step), level + 1, switches);
        if (step.after === undefined) continue;
        const key = stateKey(step.after);
        let to = visits.get(key);
        if (to === undefined) {
          to = { state: step.after, level: level + 1, switches: new Map() };
          visits.set(key, to);
          next.push(to);
        }
        if (to.level !== level + 1) continue;
        const known = to.switches.get(thread) ?? Number.POSITIVE_INFINITY;
        to.switches.set(thread, Math.min(known, switches));
      }
    }
    frontier = next;
  }
  return { violations, images, transitions, premises, coverage: recorder.coverage() };
}

/** The fewest switches of a shortest path to `visit`, and on with a step of `thread` if given. */
function fewest({ switches }: Visit, thread?: number): number {
  if (switches.size === 0) return 0;
  const ways = [...switches].map(([last, count]) =>
    thread === undefined || thread === last ? count : count + 1,
  );
  return Math.min(...ways);
}
