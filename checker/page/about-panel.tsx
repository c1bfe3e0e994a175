import type { Exhibit, Run } from '../report/exhibit.ts';

interface Props {
  readonly exhibit: Exhibit;
  readonly run: Run | undefined;
}

/** How to get all this again, and what it does not cover. */
export function AboutPanel({ exhibit, run }: Props) {
  const { command, notModelled, model } = exhibit;
  return (
    <section class="panel about">
      <h2>About this page</h2>
      <dl>
        <dt>Check</dt>
        <dd>
          <code>{command}</code>
        </dd>
        {run?.replay !== undefined && (
          <>
            <dt>Replay</dt>
            <dd>
              <code>{run.replay}</code>
            </dd>
          </>
        )}
        {notModelled.length > 0 && (
          <>
            <dt>Not modelled</dt>
            <dd>{notModelled.join('; ')}</dd>
          </>
        )}
        <dt>Model</dt>
        <dd>
          {model.name}, version {model.version}
        </dd>
        {run !== undefined && (
          <>
            <dt>Keys</dt>
            <dd>
              <kbd>←</kbd> <kbd>→</kbd> one step, <kbd>Page ↑</kbd> <kbd>Page ↓</kbd> ten,{' '}
              <kbd>Home</kbd> <kbd>End</kbd> first and last, <kbd>[</kbd> <kbd>]</kbd> to the next
              thread switch, <kbd>Space</kbd> play
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
