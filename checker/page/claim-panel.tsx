import type { Run } from '../report/exhibit.ts';

interface Props {
  readonly run: Run;
  readonly position: number;
}

/** The claim, and whether it is broken yet. */
export function ClaimPanel({ run, position }: Props) {
  const { violation, loopStart, recording } = run;
  if (violation === undefined) return null;
  const { claim, sentence, source, because } = violation;
  const isBroken =
    loopStart === undefined ? position === recording.steps.length : position > loopStart;
  return (
    <section class="panel claim" aria-label="Claim">
      <p>
        <strong>{claim}</strong> {sentence}
        {source !== null && <small> ({source})</small>}
      </p>
      <p class={isBroken ? 'bad' : 'good'}>
        {isBroken ? brokenText(run, because) : 'Not broken yet.'}
      </p>
    </section>
  );
}

function brokenText({ loopStart }: Run, because: string): string {
  return loopStart === undefined ? `Broken: ${because}` : `In the loop, for ever: ${because}`;
}
