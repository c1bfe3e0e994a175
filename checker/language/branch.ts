import { Operation } from './operation.ts';

/** Names a branch that the code takes without any shared access. It is no step. */
export function branch(label: string): Operation<void> {
  return new Operation<void>({ kind: 'branch' }, label);
}
