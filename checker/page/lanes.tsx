import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RecordedStep } from '../generators/recording.ts';
import type { Run } from '../report/exhibit.ts';
import { functionText, isOnlyLocking, stepText } from './step-text.ts';

/** In pixels, as in lanes.css. Rows of one height are what makes the window easy. */
const ROW_HEIGHT = 46;
/** Rows drawn above and below those that are seen. */
const MARGIN_ROWS = 8;

interface Props {
  readonly run: Run;
  readonly position: number;
  readonly onPosition: (position: number) => void;
}

/**
 * The steps in time order, each in the lane of its thread. Only the rows in sight exist, so that
 * the length of a run does not matter.
 */
export function Lanes({ run, position, onPosition }: Props) {
  const { recording } = run;
  const { threads, steps, variables } = recording;
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 0 });
  const look = () => {
    const { scrollTop, clientHeight } = list.current!;
    setView({ top: scrollTop, height: clientHeight });
  };
  useLayoutEffect(() => {
    const observer = new ResizeObserver(look);
    observer.observe(list.current!);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const element = list.current!;
    const top = position * ROW_HEIGHT;
    const lowest = element.scrollTop + element.clientHeight - 2 * ROW_HEIGHT;
    if (top < element.scrollTop + ROW_HEIGHT) element.scrollTop = top - ROW_HEIGHT;
    else if (top > lowest) element.scrollTop = top - element.clientHeight + 2 * ROW_HEIGHT;
    look();
  }, [position, run]);

  const from = Math.max(Math.floor(view.top / ROW_HEIGHT) - MARGIN_ROWS, 0);
  const to = Math.min(Math.ceil((view.top + view.height) / ROW_HEIGHT) + MARGIN_ROWS, steps.length);
  const rows = Array.from({ length: Math.max(to - from + 1, 0) }, (_, i) => from + i);
  return (
    <section class="lanes" style={{ '--lanes': threads.length }} aria-label="Schedule">
      <div class="lane-heads">
        <span />
        {threads.map(({ name, role }, i) => (
          <div key={name} data-thread={i} class="lane-head">
            <span class="thread">{name}</span> <small>{role}</small>
          </div>
        ))}
      </div>
      <div
        ref={list}
        class="lane-list"
        role="listbox"
        tabIndex={0}
        aria-label="Steps in time order"
        aria-activedescendant={`step-${position}`}
        onScroll={look}
      >
        <div style={{ height: `${(steps.length + 1) * ROW_HEIGHT}px` }}>
          {rows.map((at) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the page do the same
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus
            <div
              key={at}
              id={`step-${at}`}
              role="option"
              aria-selected={at === position}
              aria-posinset={at + 1}
              aria-setsize={steps.length + 1}
              class={rowClass(run, at, position)}
              style={{ top: `${at * ROW_HEIGHT}px` }}
              onClick={() => onPosition(at)}
            >
              <span class="number">{at === 0 ? '' : at}</span>
              {at === 0 ? (
                <div class="start quiet">initial state</div>
              ) : (
                <Event step={steps[at - 1]!} variables={variables} />
              )}
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

function Event({
  step,
  variables,
}: {
  readonly step: RecordedStep;
  readonly variables: readonly string[];
}) {
  const { trace, thread, changes } = step;
  const text = stepText(step);
  return (
    <div
      class="event"
      data-thread={thread}
      style={{ gridColumn: `${thread + 2} / -1` }}
      title={text}
    >
      <div class="what">
        <span class="for-screen-readers">{trace.thread}: </span>
        {text}
      </div>
      <div class="where">
        {changes.length === 0 || isOnlyLocking(step)
          ? functionText(trace.operations.at(-1)!.frames)
          : changes.map(([variable, value]) => (
              <span key={variable} class="change">
                {variables[variable]} = {value}
              </span>
            ))}
      </div>
    </div>
  );
}

function rowClass({ recording, loopStart }: Run, at: number, position: number): string {
  const { broken } = recording.steps[at - 1] ?? recording.start;
  return [
    'row',
    at > position ? 'future' : '',
    loopStart !== undefined && at > loopStart ? 'in-loop' : '',
    broken.length > 0 ? 'breaks' : '',
  ].join(' ');
}
