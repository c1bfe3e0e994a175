import type { Fact, RaceWindow, TraceStep, Why } from '../check/result.ts';

/** How a step is pointed to. */
export type Point = (step: number) => string;

/** Points to steps by number, thread and function, for reports that show every step. */
export function byNumber(steps: readonly TraceStep[]): Point {
  return (step) => `step ${step}, ${byFunction(steps)(step)}`;
}

/** Points to steps by thread and function, for reports that leave steps out. */
export function byFunction(steps: readonly TraceStep[]): Point {
  return (step) => {
    const taken = steps[step - 1];
    const frame = taken?.operations.at(-1)?.frames.at(-1);
    if (taken === undefined) return 'the start';
    return frame === undefined ? taken.thread : `${taken.thread} in ${frame.name}()`;
  };
}

/** The facts that make the claim fail, and the steps that made them true. */
export function clauseText({ clause }: Why, point: Point): string {
  if (clause.length === 0) return 'it fails in every state';
  return clause.map((fact) => factText(fact, point)).join('; ');
}

function factText({ text, since }: Fact, point: Point): string {
  return since === 0 ? `${text} from the start` : `${text} since ${point(since)}`;
}

/** The race in words: the look, the last safe step, the step that made it stale, the act. */
export function windowText({ window }: Why, point: Point): string {
  if (window === undefined) {
    const order = 'the order of steps alone does it';
    return `no thread goes by a value that another one has changed: ${order}`;
  }
  const { variable, read, was, lastSafe, stale, is } = window;
  const safe = lastSafe === read ? '' : `last safe step: ${point(lastSafe)}; `;
  return (
    `${variable} read as ${was} by ${point(read)}; ${safe}` +
    `made ${is} by ${point(stale)}; ${actedText(window, point)}`
  );
}

function actedText({ thread, acted }: RaceWindow, point: Point): string {
  return acted === undefined
    ? `${thread} still goes by what it read`
    : `acted on by ${point(acted)}`;
}
