import { type Code, get, I32, i32, type Local, set, unsigned, type ValueType } from './code.ts';

/** The target of a branch: a block that is left, or a loop that is repeated. */
export interface Label {
  readonly depth: number;
}

const NO_RESULT = 0x40;

/**
 * Builds the body of one function. Blocks take their contents as functions, called at once, so that
 * branches know how deep they stand.
 */
export class FunctionBuilder {
  readonly params: readonly Local[];
  readonly results: readonly ValueType[];
  private readonly localTypes: ValueType[] = [];
  private depth = 0;

  constructor(params: readonly ValueType[], results: readonly ValueType[]) {
    this.params = params.map((type, index) => ({ index, type }));
    this.results = results;
  }

  /** Types of the locals beyond the parameters. */
  get locals(): readonly ValueType[] {
    return this.localTypes;
  }

  /** Declares a local variable, which starts as 0. */
  local(type: ValueType): Local {
    this.localTypes.push(type);
    return { index: this.params.length + this.localTypes.length - 1, type };
  }

  /** Code that `br(exit)` leaves. */
  block(body: (exit: Label) => Code): Code {
    return this.nested(0x02, NO_RESULT, body);
  }

  /** Code that `br(again)` starts over; without it, it ends. */
  loop(body: (again: Label) => Code): Code {
    return this.nested(0x03, NO_RESULT, body);
  }

  /** Repeats `body` while `condition` is not 0. */
  while(condition: () => Code, body: () => Code): Code {
    return this.block((exit) =>
      this.loop((again) => [this.brIf(exit, [condition(), 0x45]), body(), this.br(again)]),
    );
  }

  /** Runs `body` with `counter` from its value now up to `end`, exclusive, in steps. */
  forEach(counter: Local, end: Code, step: number, body: () => Code): Code {
    return this.while(
      () => i32.lt_u(get(counter), end),
      () => [body(), set(counter, i32.add(get(counter), i32.const(step)))],
    );
  }

  /** `then` if the condition is not 0, else `otherwise`. */
  if(condition: Code, then: () => Code, otherwise?: () => Code): Code {
    return [condition, this.branches(NO_RESULT, then, otherwise)];
  }

  /** Like `if`, with a value. */
  ifValue(type: ValueType, condition: Code, then: () => Code, otherwise: () => Code): Code {
    return [condition, this.branches(type, then, otherwise)];
  }

  br(label: Label): Code {
    return [0x0c, unsigned(this.distance(label))];
  }

  brIf(label: Label, condition: Code): Code {
    return [condition, 0x0d, unsigned(this.distance(label))];
  }

  private branches(type: number, then: () => Code, otherwise: (() => Code) | undefined): Code {
    this.depth++;
    const yes = then();
    const no = otherwise === undefined ? [] : [0x05, otherwise()];
    this.depth--;
    return [0x04, type, yes, no, 0x0b];
  }

  private nested(opcode: number, type: number, body: (label: Label) => Code): Code {
    this.depth++;
    const code = body({ depth: this.depth });
    this.depth--;
    return [opcode, type, code, 0x0b];
  }

  private distance(label: Label): number {
    return this.depth - label.depth;
  }
}

/** The locals of a function in the binary format: runs of equal types. */
export function localDeclarations(types: readonly ValueType[]): Code {
  const runs: { type: ValueType; count: number }[] = [];
  for (const type of types) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  return [unsigned(runs.length), runs.map(({ type, count }) => [unsigned(count), type ?? I32])];
}
