import { Operation, type Steps } from './operation.ts';
import { freezeAndKey, type Plain } from './value.ts';

/**
 * Marks the stretch in which `body` runs for position claims: the thread is inside from after the
 * step before the stretch until the last step of the stretch is done.
 */
export function* during<R>(mark: string, data: Plain, body: () => Steps<R>): Steps<R> {
  freezeAndKey(data, `the data of during(${mark})`);
  yield new Operation({ kind: 'position', edge: 'enter', mark, data });
  const result = yield* body();
  yield new Operation({ kind: 'position', edge: 'leave', mark, data });
  return result;
}

/** For claims: how many threads are inside the stretch with data that `matches`. */
export function inside<D extends Plain = Plain>(
  mark: string,
  matches: (data: D) => boolean = () => true,
): Operation<number> {
  return new Operation<number>({
    kind: 'inside',
    mark,
    matches: matches as (data: Plain) => boolean,
  });
}
