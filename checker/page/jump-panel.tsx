import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Goal } from '../generators/steering.ts';
import type { LiveSystem } from '../report/exhibit.ts';

interface Props {
  readonly live: LiveSystem;
  readonly message: string;
  readonly onJump: (goal: Goal) => void;
}

/** Goes on to the nearest state in which something holds. */
export function JumpPanel({ live, message, onJump }: Props) {
  const { variables, claims } = live;
  const [name, setName] = useState(variables[0]?.name ?? '');
  const values = variables.find((variable) => variable.name === name)?.values ?? [];
  const goals: readonly { legend: string; fields: ComponentChildren; kind: Goal['kind'] }[] = [
    {
      kind: 'value',
      legend: 'a value',
      fields: (
        <>
          <select
            name="variable"
            aria-label="Variable"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          >
            {variables.map((variable) => (
              <option key={variable.name}>{variable.name}</option>
            ))}
          </select>
          <select name="value" aria-label="Value">
            {values.map((value) => (
              <option key={value}>{value}</option>
            ))}
          </select>
        </>
      ),
    },
    {
      kind: 'label',
      legend: 'a step that is next',
      fields: <input name="label" aria-label="Label" placeholder="e.g. F13" required />,
    },
    {
      kind: 'broken',
      legend: 'a broken claim',
      fields: (
        <select name="claim" aria-label="Broken claim">
          {claims.map(({ id, sentence }) => (
            <option key={id} title={sentence}>
              {id}
            </option>
          ))}
        </select>
      ),
    },
  ];
  return (
    <section class="panel">
      <h2>Jump to the nearest state with</h2>
      <div class="goals">
        {goals.map(({ kind, legend, fields }) => (
          <form
            key={kind}
            onSubmit={(event) => {
              event.preventDefault();
              const fieldsOf = Object.fromEntries(new FormData(event.currentTarget));
              onJump({ kind, ...fieldsOf } as Goal);
            }}
          >
            <span class="quiet">{legend}</span> {fields} <button type="submit">Jump</button>
          </form>
        ))}
      </div>
      <p role="alert">{message}</p>
    </section>
  );
}
