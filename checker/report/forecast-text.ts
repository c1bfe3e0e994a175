import type { Estimate } from '../forecast/extrapolate.ts';
import type { Multiplier } from '../forecast/multipliers.ts';
import { count } from './claims-table.ts';
import type { ForecastEntry } from './forecast-document.ts';
import { showScope } from './headline.ts';
import { TRACE_WIDTH } from './trace-text.ts';
import { field } from './wrap.ts';

const COLUMN = 15;
/** Of each kind, no more than this many are named. */
const NAMES_MAX = 8;
/** What multiplies by less than this does not. */
const FACTOR_MIN = 1.05;

/** How big a scope will be, what would make it smaller, and what it is as big for. */
export function forecastLines(entry: ForecastEntry): string[] {
  const line = (title: string, text: string) => field(title, text, COLUMN, TRACE_WIDTH);
  const { scope, states, wrongBy, searched, smaller, symmetry, multipliers } = entry;
  const total = searched.reduce((sum, one) => sum + one.states, 0);
  const basis =
    `by ${searched.length} smaller scopes that were searched to their end (${count(total)} ` +
    `states), ${
      wrongBy === null
        ? 'which are too few to say how wrong that may be'
        : `in which the same rule was wrong by up to ${times(wrongBy)}`
    }`;
  return [
    ...line('Scope', showScope(scope)),
    ...line(
      'Forecast',
      states === null
        ? 'too few smaller scopes could be searched'
        : `${sized(states)} states, ${basis}`,
    ),
    ...smaller.flatMap((one) =>
      line(
        'With',
        `${one.flag}: ${one.states === null ? 'unknown' : `${sized(one.states)} states`}`,
      ),
    ),
    ...(symmetry === null
      ? []
      : line(
          'Symmetry',
          `saves ${times(symmetry.without / symmetry.with)} where it was tried: ` +
            `${count(symmetry.without)} states without it, ${count(symmetry.with)} with it`,
        )),
    ...(multipliers === null ? [] : multiplierLines(multipliers)),
  ];
}

function multiplierLines({ scope, states, by }: NonNullable<ForecastEntry['multipliers']>) {
  const line = (title: string, text: string) => field(title, text, COLUMN, TRACE_WIDTH);
  const of = (kind: Multiplier['kind']) =>
    by.filter((one) => one.kind === kind).toSorted((a, b) => b.factor - a.factor);
  const named = (kind: Multiplier['kind']) =>
    of(kind)
      .filter(({ factor }) => factor >= FACTOR_MIN)
      .slice(0, NAMES_MAX)
      .map(({ name, factor }) => `${name} ${times(factor)}`)
      .join(', ');
  const code = of('function')
    .slice(0, NAMES_MAX)
    .map(({ name, factor }) => `${name}() in ${(100 * factor).toFixed(0)} %`)
    .join(', ');
  return [
    ...line('Taken apart', `${showScope(scope)}: ${count(states)} states without symmetry`),
    ...line('Threads', `${named('thread')}: the places of each, all else being as it is`),
    ...line('Variables', named('variable') || 'none multiplies, all else being as it is'),
    ...line('Functions', `a thread is in ${code} of the states`),
    ...line('Choices', named('choice') || 'none'),
  ];
}

function sized({ low, high, isMeasured }: Estimate): string {
  if (isMeasured) return `${count(low)} (searched)`;
  return `${rounded(low, Math.floor)} to ${rounded(high, Math.ceil)}`;
}

/** Two digits are all that a guess has; they never make a range smaller. */
function rounded(value: number, round: (value: number) => number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(value, 1))) - 1);
  return count(round(value / unit) * unit);
}

function times(factor: number): string {
  return `${factor >= 10 ? factor.toFixed(0) : factor.toFixed(1)} times`;
}
