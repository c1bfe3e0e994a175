import type { InitialValue } from '../check/result.ts';
import { type CheckDocument, type CounterexampleEntry, stepsOf } from './document.ts';
import { stepTitle } from './step-title.ts';
import { violationsOf } from './violations.ts';

const FORMAT = 'https://apalache-mc.org/docs/adr/015adr-trace.html';
const TYPES = { integer: 'Int', boolean: 'Bool', text: 'Str' } as const;

type ItfValue = string | boolean | { readonly '#bigint': string };

/**
 * The shortest counterexample in the Informal Trace Format of Apalache and Quint: the value of
 * every variable in each state, and in `#meta` of a state the step that led to it. Where threads
 * stand in their programs is no variable, so two states of a trace may be equal. A trace of no
 * states if nothing is violated.
 */
export function itfTrace(document: CheckDocument): string {
  const [found] = violationsOf(document);
  const { model, verdict, claims } = document;
  const trace = {
    '#meta': {
      format: 'ITF',
      'format-description': FORMAT,
      source: `${model.name} ${model.version}`,
      status: verdict,
      description:
        found === undefined
          ? 'No claim is violated.'
          : `${found.claim} fails: ${found.because}. ` +
            `${claims.find(({ id }) => id === found.claim)?.sentence ?? ''}`,
      ...(found === undefined ? {} : { schedule: found.schedule }),
      varTypes: Object.fromEntries(
        (found?.initial ?? []).map(({ variable, type }) => [variable, TYPES[type]]),
      ),
    },
    vars: (found?.initial ?? []).map(({ variable }) => variable),
    ...(found !== undefined && 'loop' in found ? { loop: found.prefix.length } : {}),
    states: found === undefined ? [] : statesOf(found),
  };
  return `${JSON.stringify(trace, null, 2)}\n`;
}

function statesOf(found: CounterexampleEntry): object[] {
  const { initial } = found;
  const values = new Map(initial.map((entry) => [entry.variable, entry]));
  const state = (meta: object) => ({
    '#meta': meta,
    ...Object.fromEntries([...values].map(([name, entry]) => [name, itfValue(entry)])),
  });
  const states = [state({ index: 0 })];
  for (const [i, step] of stepsOf(found).entries()) {
    for (const { variable, to } of step.writes) {
      const entry = values.get(variable);
      if (entry !== undefined) values.set(variable, { ...entry, value: to });
    }
    states.push(state({ index: i + 1, thread: step.thread, action: stepTitle(step) }));
  }
  // The last step of a loop leads back to the state where it begins.
  return 'loop' in found ? states.slice(0, -1) : states;
}

function itfValue({ type, value }: InitialValue): ItfValue {
  if (type === 'integer') return { '#bigint': value };
  return type === 'boolean' ? value === 'true' : value;
}
