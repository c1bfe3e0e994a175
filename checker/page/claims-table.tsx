import { judgedText } from '../report/claims-table.ts';
import type { ClaimEntry } from '../report/document.ts';

const TONES = { HOLDS: 'good', VIOLATED: 'bad', UNDECIDED: '' } as const;

/** What was claimed and what became of it. */
export function ClaimsTable({ claims }: { readonly claims: readonly ClaimEntry[] }) {
  return (
    <section class="panel claims">
      <h2>Claims</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">claim</th>
            <th scope="col">verdict</th>
            <th scope="col">judged</th>
            <th scope="col">sentence</th>
          </tr>
        </thead>
        <tbody>
          {claims.map((claim) => (
            <tr key={claim.id}>
              <th scope="row">{claim.id}</th>
              <td class={TONES[claim.verdict]}>{claim.verdict}</td>
              <td class="number">{judgedText(claim)}</td>
              <td>{claim.sentence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
