import { type Modelled, modelled, type Steps } from '../../checker/index.ts';

/**
 * A function that no path of a version calls, be it that it does not exist. It stands in the record
 * so that nobody edits it to no effect; to call it is an error of the model.
 */
export function absent<A extends readonly unknown[], R>(name: string): Modelled<A, R> {
  return modelled(name, function* (): Steps<R> {
    throw new TypeError(`${name}() is called, which no path of this version should do`);
  });
}
