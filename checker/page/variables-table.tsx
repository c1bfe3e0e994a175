import type { Values } from './memory-picture.tsx';
import type { Moment } from './moments.ts';

interface Props {
  /** Names of those to list. */
  readonly variables: readonly string[];
  readonly values: Values;
  readonly locks: {
    readonly threads: readonly { readonly name: string }[];
    readonly moment: Moment;
  };
}

/** Variables with their values; a lock says who holds it. */
export function VariablesTable({ variables, values, locks }: Props) {
  return (
    <section class="panel">
      <h2>Locks and variables</h2>
      <table class="variables" aria-label="Variables">
        <tbody>
          {variables.map((name) => {
            const { now, before } = values.get(name)!;
            const holders = holdersOf(name, locks);
            return (
              <tr key={name} class={now === before ? '' : 'changed'}>
                <th scope="row">{name}</th>
                <td>{holders === '' ? now : holders}</td>
                <td class="quiet">{now === before ? '' : `was ${before}`}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function holdersOf(variable: string, { threads, moment }: Props['locks']): string {
  return threads
    .flatMap(({ name }, i) =>
      moment.threads[i]!.holds.filter(({ lock }) => lock === variable).map(
        ({ side }) => `${name} (${side})`,
      ),
    )
    .join(', ');
}
