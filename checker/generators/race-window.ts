import type { RaceWindow, TraceOperation, TraceStep } from '../check/result.ts';

/**
 * The race in a trace: a thread looked at a variable, another thread changed it, and the first went
 * on without looking again. Of several, one about a variable of `focus` (those of the failing
 * clause), and then the one that opened last. Locks are no values to go by: they are held.
 *
 * @returns `undefined` if every thread goes by what is true
 */
export function raceWindow(
  steps: readonly TraceStep[],
  focus: ReadonlySet<string>,
): RaceWindow | undefined {
  const windows = steps.flatMap((step, i) =>
    changesOf(step).flatMap(({ variable, to }) => windowsAt(steps, i, variable, to)),
  );
  const inFocus = windows.filter(({ variable }) => focus.has(variable));
  return (inFocus.length > 0 ? inFocus : windows).at(-1);
}

/** The threads that go by another value of `variable` than the one that step `at` stored. */
function windowsAt(
  steps: readonly TraceStep[],
  at: number,
  variable: string,
  value: string,
): RaceWindow[] {
  const writer = steps[at]!.thread;
  const others = new Set(steps.map(({ thread }) => thread).filter((name) => name !== writer));
  return [...others].flatMap((thread) => {
    const isLook = (step: TraceStep) =>
      step.thread === thread && seen(step, variable) !== undefined;
    const read = steps.slice(0, at).findLastIndex(isLook);
    if (read < 0 || steps.slice(at + 1).some(isLook)) return [];
    const was = seen(steps[read]!, variable)!;
    // What the thread stored after its look is what it goes by, and its own doing.
    const stored = steps.slice(read, at).some((step) => step.thread === thread && stores(step));
    if (was === value || stored) return [];
    const acted = steps.findIndex((step, i) => i > at && step.thread === thread && acts(step));
    return [
      {
        thread,
        variable,
        read: read + 1,
        was,
        lastSafe: at,
        stale: at + 1,
        is: value,
        ...(acted > at ? { acted: acted + 1 } : {}),
      },
    ];
  });

  function stores(step: TraceStep): boolean {
    return step.writes.some((write) => write.variable === variable);
  }
}

/** Whether a step is more than the taking or the giving back of a lock. */
function acts({ operations }: TraceStep): boolean {
  return operations.some((operation) => !isOnLock(operation));
}

function isOnLock({ action }: TraceOperation): boolean {
  return /^(acquire|release) /.test(action);
}

function changesOf({ writes }: TraceStep) {
  return writes.filter(({ from, to }) => from !== to);
}

/** What a step saw of a variable last; a lock is not looked at but taken. */
function seen({ operations }: TraceStep, variable: string): string | undefined {
  return operations
    .filter((operation) => !isOnLock(operation))
    .flatMap(({ reads }) => reads)
    .findLast((read) => read.variable === variable)?.value;
}
