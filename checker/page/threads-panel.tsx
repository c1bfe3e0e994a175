import type { Move } from '../engine/engine.ts';
import type { ThreadMoment } from '../generators/recording.ts';
import type { StepOption } from '../generators/steering.ts';
import type { Moment } from './moments.ts';
import { functionText, nextText } from './step-text.ts';

/** How the reader chooses what happens next. */
export interface Steering {
  readonly options: readonly StepOption[];
  readonly onChoose: (move: Move) => void;
}

interface Props {
  readonly threads: readonly { readonly name: string; readonly role: string }[];
  readonly moment: Moment;
  /** Index of the thread that makes the next step of the run, if there is one. */
  readonly moving: number | undefined;
  readonly steering?: Steering | undefined;
}

/** What each thread would do next, what it holds, and what it is in the middle of. */
export function ThreadsPanel({ threads, moment, moving, steering }: Props) {
  return (
    <section class="panel">
      <h2>What each thread would do next</h2>
      <ul class="threads">
        {threads.map(({ name, role }, i) => (
          <li key={name} data-thread={i} class={i === moving ? 'moving' : ''}>
            <h3>
              <span class="thread">{name}</span> <small>{role}</small>
            </h3>
            <Next thread={moment.threads[i]!} waits={moment.waiting.includes(i)} />
            {steering !== undefined && <Choices steering={steering} thread={i} name={name} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Choices({
  steering,
  thread,
  name,
}: {
  readonly steering: Steering;
  readonly thread: number;
  readonly name: string;
}) {
  const options = steering.options.filter(({ move }) => move.thread === thread);
  return (
    <div class="choices">
      {options.map(({ move, does }) => (
        <button
          key={move.choices.join()}
          type="button"
          title={does}
          aria-label={`${name}: ${does}`}
          onClick={() => steering.onChoose(move)}
        >
          {options.length === 1 ? 'Step' : does}
        </button>
      ))}
    </div>
  );
}

function Next({ thread, waits }: { readonly thread: ThreadMoment; readonly waits: boolean }) {
  return (
    <>
      <p>
        {waits && <strong class="waits">waits </strong>}
        <code>{nextText(thread)}</code>
      </p>
      <p class="quiet">{functionText(thread.frames)}</p>
      {thread.holds.map(({ lock, side }) => (
        <span key={lock} class="chip">
          holds {lock} ({side})
        </span>
      ))}
      {thread.inside.map((mark, i) => (
        <span key={i} class="chip quiet">
          in {mark}
        </span>
      ))}
    </>
  );
}
