import { type Code, i32, i64 } from '../wasm/code.ts';

/** Adds one to the i64 at a fixed address. */
export function increment(address: number): Code {
  return incrementAt(i32.const(address), 0);
}

/** Adds one to the i64 at an address and an offset. */
export function incrementAt(address: Code, offset: number): Code {
  return i64.store(address, i64.add(i64.load(address, offset), i64.const(1n)), offset);
}
