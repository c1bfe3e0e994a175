import type { SearchedScope } from '../report/exhibit.ts';

/** What was searched, scope by scope. */
export function ScopesTable({ scopes }: { readonly scopes: readonly SearchedScope[] }) {
  return (
    <section class="panel">
      <h2>Scopes</h2>
      <table>
        <tbody>
          {scopes.map(({ scope, verdict, extent }) => (
            <tr key={scope}>
              <td>{verdict}</td>
              <th scope="row">
                {scope} <small>{extent}</small>
              </th>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
