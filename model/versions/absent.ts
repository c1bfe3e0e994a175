import { type Modelled, modelled, type Steps } from '../../checker/index.ts';

/** A function that a version does not have. To call it is an error of the model. */
export function absent<A extends readonly unknown[], R>(name: string): Modelled<A, R> {
  return modelled(name, function* (): Steps<R> {
    throw new TypeError(`${name}() is called, which this version does not have`);
  });
}
