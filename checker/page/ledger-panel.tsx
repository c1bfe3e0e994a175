import { count } from '../report/claims-table.ts';
import type { CanaryEntry, LedgerDocument, ObligationEntry } from '../report/ledger-document.ts';

interface Props {
  readonly ledger: LedgerDocument;
  readonly canary: CanaryEntry | null;
}

/** What is worth reading first comes first. */
const GROUPS = [
  { status: 'unmet', title: 'Not met', tone: 'bad' },
  { status: 'waived', title: 'Waived', tone: '' },
  { status: 'forbidden', title: 'Must not happen', tone: '' },
  { status: 'met', title: 'Met', tone: 'good' },
] as const;

/** What the check had to see, by what became of it, and whether the canary was caught. */
export function LedgerPanel({ ledger, canary }: Props) {
  const { obligations, accounted, total, uncalled } = ledger;
  return (
    <section class="panel ledger">
      <h2>Ledger</h2>
      <p>
        <strong class={accounted === total ? 'good' : 'bad'}>
          {accounted} of {total}
        </strong>{' '}
        obligations are accounted for. <Canary canary={canary} />
      </p>
      {GROUPS.map(({ status, title, tone }) => {
        const own = obligations.filter((one) => one.status === status);
        if (own.length === 0) return null;
        return (
          <details key={status} open={status === 'unmet'}>
            <summary>
              {title} <span class={tone}>{own.length}</span>
            </summary>
            <Obligations title={title} entries={own} />
          </details>
        );
      })}
      {uncalled.length > 0 && (
        <details>
          <summary>
            Never called <span>{uncalled.length}</span>
          </summary>
          <p class="mono">{uncalled.map((name) => `${name}()`).join(', ')}</p>
        </details>
      )}
    </section>
  );
}

function Canary({ canary }: Pick<Props, 'canary'>) {
  if (canary === null) return <>The model names no canary.</>;
  const { summary, caught, caughtBy } = canary;
  if (caught !== null) {
    return (
      <>
        The canary, {summary}, was <span class="good">caught</span> by {caught}.
      </>
    );
  }
  return (
    <>
      The canary, {summary}, <span class="bad">survived</span>: expected {caughtBy.join(' or ')} to
      fail.
    </>
  );
}

function Obligations({
  title,
  entries,
}: {
  readonly title: string;
  readonly entries: readonly ObligationEntry[];
}) {
  return (
    <table aria-label={title}>
      <thead>
        <tr>
          <th scope="col">obligation</th>
          <th scope="col">seen</th>
          <th scope="col">because</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ name, times, claim, reason }) => (
          <tr key={name}>
            <th scope="row" class="mono">
              {name}
            </th>
            <td class="number">{times === 0 ? 'never' : count(times)}</td>
            <td>{reason ?? (claim === null ? '' : `${claim} forbids it`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
