import type { Run } from '../report/exhibit.ts';
import type { Moment } from './moments.ts';

interface Props {
  readonly run: Run;
  readonly position: number;
  readonly moment: Moment;
}

/** The claim of a run, if it is there for one, and what is broken at this moment. */
export function ClaimPanel({ run, position, moment }: Props) {
  const { violation, loopStart } = run;
  const isInLoop = loopStart !== undefined && position > loopStart;
  return (
    <section class="panel claim" aria-label="Claim">
      {violation !== undefined && (
        <p>
          <strong>{violation.claim}</strong> {violation.sentence}
          {violation.source !== null && <small> ({violation.source})</small>}
        </p>
      )}
      {violation !== undefined && isInLoop && (
        <p class="bad">In the loop, for ever: {violation.because}</p>
      )}
      {moment.broken.map(({ claim, because }) => (
        <p key={claim} class="bad">
          {claim} is broken: {because}
        </p>
      ))}
      {moment.broken.length === 0 && !isInLoop && (
        <p class="good">No claim is broken {position === 0 ? 'yet' : 'here'}.</p>
      )}
    </section>
  );
}
