import { useEffect, useState } from 'preact/hooks';
import type { Move } from '../engine/engine.ts';
import type { Exhibit, LiveSystem } from '../report/exhibit.ts';
import type { LiveAnswer, LiveRequest } from '../report/live.ts';
import { JumpPanel } from './jump-panel.tsx';
import { RunView } from './run-view.tsx';

interface Props {
  readonly exhibit: Exhibit;
  readonly live: LiveSystem;
}

/** A run that the reader makes: each step is chosen, and another choice takes its place. */
export function LiveView({ exhibit, live }: Props) {
  const [answer, setAnswer] = useState<LiveAnswer>();
  const [here, setHere] = useState<{ position: number; options: LiveAnswer['options'] }>();
  const [message, setMessage] = useState('');

  const take = async (request: LiveRequest) => {
    const taken = await ask(request);
    if (typeof taken === 'string') return setMessage(taken);
    setMessage(taken.isLost ? 'No such state is near.' : '');
    setAnswer(taken);
    setHere({ position: taken.moves.length, options: taken.options });
  };
  const look = async (moves: readonly Move[], position: number) => {
    setHere({ position, options: [] });
    const taken = await ask({ moves: moves.slice(0, position) });
    if (typeof taken === 'string') return setMessage(taken);
    setHere((now) => (now?.position === position ? { position, options: taken.options } : now));
  };
  useEffect(() => {
    take({ moves: [] });
  }, []);

  if (answer === undefined || here === undefined) return <p role="status">{message}</p>;
  const { scope, presentation } = live;
  const done = answer.moves.slice(0, here.position);
  return (
    <RunView
      exhibit={exhibit}
      run={{
        name: 'live',
        scope,
        ...(presentation === undefined ? {} : { presentation }),
        recording: answer.recording,
      }}
      position={here.position}
      onPosition={(position) => look(answer.moves, position)}
      steering={{ options: here.options, onChoose: (move) => take({ moves: [...done, move] }) }}
    >
      <JumpPanel
        live={live}
        message={message}
        onJump={(goal) => {
          setMessage('Searching.');
          take({ moves: done, goal });
        }}
      />
    </RunView>
  );
}

/** What the server says: an answer, or what is wrong. */
async function ask(request: LiveRequest): Promise<LiveAnswer | string> {
  try {
    const response = await fetch('/run', { method: 'POST', body: JSON.stringify(request) });
    return response.ok ? ((await response.json()) as LiveAnswer) : await response.text();
  } catch {
    return 'The server does not answer. Is the ui command still running?';
  }
}
