import type { Passage } from '../search/passages.ts';
import type { Code } from '../wasm/code.ts';
import { increment } from './increment.ts';

/** Where each passage is counted: in the entry of a table of steps, or in a place of its own. */
export class Passages {
  /** By cell, the address of an i64. */
  readonly addresses: Map<number, number>;

  private readonly isCounting: boolean;

  /** @param first the first of as many places as there are passages */
  constructor(passages: ReadonlyMap<number, Passage>, first: number, isCounting: boolean) {
    this.isCounting = isCounting;
    this.addresses = new Map([...passages.keys()].map((cell, i) => [cell, first + 8 * i]));
  }

  /** Code that counts the passage of a cell, unless that is no passage. */
  count(cell: number): Code {
    const address = this.addresses.get(cell);
    return address === undefined || !this.isCounting ? [] : increment(address);
  }
}
