import { type Code, get, i32, i64, type Local, set } from '../wasm/code.ts';

/** Odd numbers with well mixed bits: the golden ratio's, and one of MurmurHash3 (Appleby). */
const FACTOR = 0x9e3779b97f4a7c15n;
const LAST_FACTOR = 0xff51afd7ed558ccdn;

/**
 * Mixes the words of a state: where it goes, never what stands for it. Multiplications spread
 * upwards only, so the high half is folded back once.
 */
export function hash(words: readonly Code[], result: Local): Code {
  const [first, ...others] = words;
  return [
    set(result, i64.mul(first!, i64.const(FACTOR))),
    others.map((word) => [
      set(result, i64.xor(get(result), i64.shr_u(get(result), i64.const(32n)))),
      set(result, i64.mul(i64.xor(get(result), word), i64.const(FACTOR))),
    ]),
    set(result, i64.xor(get(result), i64.shr_u(get(result), i64.const(32n)))),
    set(result, i64.mul(get(result), i64.const(LAST_FACTOR))),
  ];
}

/** The partition: the top bits. */
export function partitionOf(hashed: Local, partitionBits: number): Code {
  return i32.wrap(i64.shr_u(get(hashed), i64.const(BigInt(64 - partitionBits))));
}

/** A number below `size`, in the order of the 32 bits below those of the partition. */
export function slotOf(hashed: Local, size: Code, partitionBits: number): Code {
  const bits = i64.shr_u(i64.shl(get(hashed), i64.const(BigInt(partitionBits))), i64.const(32n));
  return i32.wrap(i64.shr_u(i64.mul(bits, size), i64.const(32n)));
}

/** The eight bits below those of the slot, shifted to the top of an i32. */
export function fingerprint(hashed: Local, partitionBits: number): Code {
  const shift = 64 - partitionBits - 32 - (32 - FINGERPRINT_SHIFT);
  return i32.shl(
    i32.wrap(i64.shr_u(get(hashed), i64.const(BigInt(shift)))),
    i32.const(FINGERPRINT_SHIFT),
  );
}

/** Bits of an entry of the index that are a position plus one; those above are a fingerprint. */
export const FINGERPRINT_SHIFT = 24;
export const POSITION_MASK = (1 << FINGERPRINT_SHIFT) - 1;
