/**
 * WebAssembly instructions as nested lists of bytes, operands first as the stack machine wants
 * them. Only those that the engine uses; opcodes are those of the core specification 1.0, and
 * for `i64.extend_i32_u` and the like its section 5.4.
 */
export type Code = number | Uint8Array | readonly Code[];

/** Types of values, as the binary format names them. */
export const I32 = 0x7f;
export const I64 = 0x7e;
export type ValueType = typeof I32 | typeof I64;

/** A parameter or local variable of a function. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** A global variable of a module. */
export interface Global {
  readonly index: number;
  readonly type: ValueType;
}

/** A function of a module, defined or imported. */
export interface Callee {
  readonly index: number;
}

export const NOTHING: Code = [];

/** An unsigned number in LEB128. */
export function unsigned(value: number): Code {
  if (value < 0x80) return value;
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** A signed number of 32 bits in LEB128. */
function signed32(value: number): Code {
  if (value >= -0x40 && value < 0x40) return value & 0x7f;
  const bytes: number[] = [];
  for (let rest = value; ; ) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

/** A signed number of 64 bits in LEB128. */
function signed64(value: bigint): Code {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const isLast = (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

type Unary = (operand: Code) => Code;
type Binary = (left: Code, right: Code) => Code;

const unary =
  (opcode: number): Unary =>
  (operand) => [operand, opcode];
const binary =
  (opcode: number): Binary =>
  (left, right) => [left, right, opcode];

const load =
  (opcode: number, alignment: number) =>
  (address: Code, offset = 0): Code => [address, opcode, alignment, unsigned(offset)];
const store =
  (opcode: number, alignment: number) =>
  (address: Code, value: Code, offset = 0): Code => [
    address,
    value,
    opcode,
    alignment,
    unsigned(offset),
  ];

export const i32 = {
  /** @param value from -2^31 to 2^32 - 1 */
  const: (value: number): Code => [0x41, signed32(value | 0)],
  load: load(0x28, 2),
  load8: load(0x2d, 0),
  store: store(0x36, 2),
  store8: store(0x3a, 0),
  eqz: unary(0x45),
  eq: binary(0x46),
  ne: binary(0x47),
  lt_u: binary(0x49),
  gt_u: binary(0x4b),
  le_u: binary(0x4d),
  ge_u: binary(0x4f),
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  div_u: binary(0x6e),
  and: binary(0x71),
  or: binary(0x72),
  xor: binary(0x73),
  shl: binary(0x74),
  shr_u: binary(0x76),
  /** The low half of an i64. */
  wrap: unary(0xa7),
} as const;

export const i64 = {
  const: (value: bigint): Code => [0x42, signed64(BigInt.asIntN(64, value))],
  load: load(0x29, 3),
  store: store(0x37, 3),
  eqz: unary(0x50),
  eq: binary(0x51),
  ne: binary(0x52),
  lt_u: binary(0x54),
  add: binary(0x7c),
  mul: binary(0x7e),
  and: binary(0x83),
  or: binary(0x84),
  xor: binary(0x85),
  shl: binary(0x86),
  shr_u: binary(0x88),
  rotl: binary(0x89),
  /** An i32 as an unsigned number. */
  extend: unary(0xad),
} as const;

export const get = ({ index }: Local): Code => [0x20, unsigned(index)];
export const set = ({ index }: Local, value: Code): Code => [value, 0x21, unsigned(index)];
/** Sets a local and leaves the value on the stack. */
export const tee = ({ index }: Local, value: Code): Code => [value, 0x22, unsigned(index)];
export const getGlobal = ({ index }: Global): Code => [0x23, unsigned(index)];
export const setGlobal = ({ index }: Global, value: Code): Code => [value, 0x24, unsigned(index)];

export const call = ({ index }: Callee, ...args: readonly Code[]): Code => [
  args,
  0x10,
  unsigned(index),
];
/** Calls the function with this number in the table. */
export const callIndirect = (type: number, number: Code, ...args: readonly Code[]): Code => [
  args,
  number,
  0x11,
  unsigned(type),
  0x00,
];

/** `yes` where the condition is not 0, else `no`; both are evaluated. */
export const select = (yes: Code, no: Code, condition: Code): Code => [yes, no, condition, 0x1b];
export const giveBack = (value: Code = NOTHING): Code => [value, 0x0f];

/** Asks for more pages of 64 KiB; answers with the number before, or -1. */
export const memoryGrow = (pages: Code): Code => [pages, 0x40, 0x00];
export const memorySize: Code = [0x3f, 0x00];
