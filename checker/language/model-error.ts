/**
 * The model broke the contract of the language: a fault of its author, neither of the engine nor a
 * violated claim. Commands print the message as one line and exit with 2.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/**
 * A breach of the contract that is certain whether or not the place is ever reached: an argument
 * that is not plain, a generator that is not deterministic, a program that does not close.
 */
export class ContractError extends ModelError {}
