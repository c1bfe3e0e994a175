import { Operation, type Steps } from './operation.ts';
import { freezeAndKey, type Plain } from './value.ts';

/**
 * Marks the stretch in which `body` runs for position claims: the thread is inside from after the
 * step before the stretch until the last step of the stretch is done.
 */
export function* during<R>(
  mark: string,
  data: Plain,
  body: () => Steps<R> | Operation<R>,
): Steps<R> {
  freezeAndKey(data, `the data of during(${mark})`);
  yield new Operation({ kind: 'position', edge: 'enter', mark, data });
  const result = yield* body();
  yield new Operation({ kind: 'position', edge: 'leave', mark, data });
  return result;
}

/**
 * For claims: how many threads are inside the stretch. With `data`, only those whose data is equal
 * to it; a record need only name the fields that matter.
 */
export function inside(mark: string, data?: Plain): Operation<number> {
  freezeAndKey(data, `the data of inside(${mark})`);
  return new Operation<number>({ kind: 'inside', mark, data });
}

/** Whether a thread in a stretch with data `actual` is one that `inside(mark, asked)` counts. */
export function matchesData(asked: Plain, actual: Plain): boolean {
  if (asked === undefined) return true;
  if (!isRecord(asked) || !isRecord(actual)) {
    return freezeAndKey(asked, 'data') === freezeAndKey(actual, 'data');
  }
  return Object.entries(asked).every(
    ([name, value]) => freezeAndKey(value, name) === freezeAndKey(actual[name], name),
  );
}

function isRecord(data: Plain): data is { readonly [name: string]: Plain } {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
