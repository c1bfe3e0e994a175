import type { Exhibit } from '../report/exhibit.ts';
import { ThemeButton } from './theme-button.tsx';

interface Props {
  readonly exhibit: Exhibit;
  readonly run: number;
  readonly onRun: (run: number) => void;
}

/** What the page is about: verdict, model, and a choice of runs where there are several. */
export function Header({ exhibit, run, onRun }: Props) {
  const { verdict, tone, model, runs, extent, live } = exhibit;
  const scope = live?.scope ?? runs[run]?.scope;
  return (
    <header>
      <h1>
        <span class={`verdict ${tone ?? ''}`}>{verdict}</span> {model.name}
        <small>{model.summary}</small>
      </h1>
      <p class="extent">{[scope, extent].filter(Boolean).join(' · ')}</p>
      <div class="actions">
        {runs.length > 1 && (
          <label>
            Run{' '}
            <select value={run} onChange={(event) => onRun(Number(event.currentTarget.value))}>
              {runs.map(({ name, recording }, index) => (
                <option key={name} value={index}>
                  {name}, {recording.steps.length} steps
                </option>
              ))}
            </select>
          </label>
        )}
        <ThemeButton />
      </div>
    </header>
  );
}
