import { ContractError } from './model-error.ts';
import { Operation } from './operation.ts';
import { freezeAndKey, type Plain, showValue } from './value.ts';

/**
 * A free choice among `options`: all of them are explored.
 *
 * @param shown how reports write an option
 * @throws ContractError if there is no option or one is not plain data
 */
export function choose<T extends Plain>(
  options: readonly T[],
  shown: (option: T) => string = showValue,
): Operation<T> {
  if (options.length === 0) throw new ContractError('choose: no options; expected at least one');
  options.forEach((option, i) => freezeAndKey(option, `option ${i} of choose`));
  return new Operation<T>({ kind: 'choose', options: [...options], shown: options.map(shown) });
}
