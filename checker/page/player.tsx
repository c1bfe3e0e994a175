import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { Run } from '../report/exhibit.ts';
import { targetOf } from './navigation.ts';
import { Overview } from './overview.tsx';
import { stepText } from './step-text.ts';

const STEP_MS = 700;

interface Props {
  readonly run: Run;
  readonly position: number;
  readonly onPosition: (position: number) => void;
}

/** Goes through a run: buttons, slider, keys, and by itself. */
export function Player({ run, position, onPosition }: Props) {
  const [isPlaying, setPlaying] = useState(false);
  const { steps } = run.recording;
  const path = useMemo(() => ({ steps, loopStart: run.loopStart }), [run]);
  const last = steps.length;
  const isEnd = position === last && run.loopStart === undefined;
  const togglePlaying = () => {
    if (!isPlaying && isEnd) onPosition(0);
    setPlaying(!isPlaying);
  };

  useEffect(() => {
    if (!isPlaying) return;
    if (isEnd) return setPlaying(false);
    const timer = setTimeout(() => onPosition(targetOf('next', path, position)), STEP_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, isEnd, path, position, onPosition]);

  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        target.matches('select, input:not([type=range])')
      )
        return;
      if (event.key === ' ') {
        if (target.matches('button, a')) return;
        togglePlaying();
      } else {
        const move = KEYS[event.key];
        if (move === undefined) return;
        onPosition(targetOf(move, path, position));
      }
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  const button = (move: keyof typeof BUTTONS) => (
    <button
      type="button"
      aria-label={BUTTONS[move].name}
      title={BUTTONS[move].name}
      disabled={targetOf(move, path, position) === position}
      onClick={() => onPosition(targetOf(move, path, position))}
    >
      <Icon path={BUTTONS[move].path} />
    </button>
  );
  const step = steps[position - 1];
  const text = step === undefined ? 'initial state' : `${step.trace.thread}, ${stepText(step)}`;
  return (
    <section class="player" aria-label="Steps">
      <div class="buttons">
        {button('first')}
        {button('previous')}
        <button
          type="button"
          aria-label={isPlaying ? 'Pause' : 'Play'}
          class="play"
          onClick={togglePlaying}
        >
          <Icon path={isPlaying ? PAUSE : PLAY} />
        </button>
        {button('next')}
        {button('last')}
      </div>
      <div class="track">
        <Overview run={run} position={position} onPosition={onPosition} />
        <input
          type="range"
          min={0}
          max={last}
          value={position}
          aria-label="Step"
          aria-valuetext={`${position} of ${last}: ${text}`}
          onInput={(event) => onPosition(Number(event.currentTarget.value))}
        />
      </div>
      <p class="now" role="status">
        <strong>
          {position} / {last}
        </strong>{' '}
        <span>{text}</span>
      </p>
    </section>
  );
}

const PLAY = 'M4 2v12l9-6z';
const PAUSE = 'M4 3h3v10H4zM9 3h3v10H9z';

const BUTTONS = {
  first: { name: 'First', path: 'M3 3h2v10H3zM13 3v10L6 8z' },
  previous: { name: 'One step back', path: 'M11 3v10L5 8z' },
  next: { name: 'One step on', path: 'M5 3v10l6-5z' },
  last: { name: 'Last', path: 'M11 3h2v10h-2zM3 3v10l7-5z' },
} as const;

function Icon({ path }: { readonly path: string }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path fill="currentColor" d={path} />
    </svg>
  );
}

const KEYS: Readonly<Record<string, Parameters<typeof targetOf>[0]>> = {
  ArrowLeft: 'previous',
  ArrowUp: 'previous',
  ArrowRight: 'next',
  ArrowDown: 'next',
  PageUp: 'back ten',
  PageDown: 'on ten',
  Home: 'first',
  End: 'last',
  '[': 'previous switch',
  ']': 'next switch',
};
