import type { Frame } from '../check/result.ts';
import type { Run } from '../report/exhibit.ts';
import { labelled, operationText } from './step-text.ts';

interface Props {
  readonly run: Run;
  readonly position: number;
}

/** The step that led here: who made it, in which functions, and what it saw and changed. */
export function StepPanel({ run, position }: Props) {
  const { recording } = run;
  const step = recording.steps[position - 1];
  if (step === undefined) {
    return (
      <section class="panel">
        <h2>Before the first step</h2>
        <p class="quiet">The initial state.</p>
      </section>
    );
  }
  const { trace, thread } = step;
  return (
    <section class="panel" data-thread={thread}>
      <h2>
        Step {position}: <span class="thread">{trace.thread}</span>
      </h2>
      {run.notes
        ?.filter((note) => note.step === position)
        .map(({ text }) => (
          <p key={text} class="note">
            {text}
          </p>
        ))}
      <ol class="stack" aria-label="Calls">
        {trace.frames.map((frame, depth) => (
          <li key={depth}>{frameText(frame)}</li>
        ))}
      </ol>
      <ul class="operations" aria-label="What it does">
        {trace.operations.map((operation, i) => (
          <li key={i}>
            {operation.branches.map(({ label }, j) => (
              <div key={j} class="quiet">
                {label}: branch
              </div>
            ))}
            <code>{labelled(operation.label, operationText(operation))}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function frameText({ label, name }: Frame): string {
  return labelled(label, `${name}()`);
}
