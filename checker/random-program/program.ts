/**
 * A random program as data. Numbers are taken modulo whatever they count (variables, locks, values
 * of a domain, results), so that every number is meaningful and data shrinks well.
 */
export interface Program {
  /** Sizes of the domains; a size of 2 is a boolean, one of 4 a word, others are numbers. */
  readonly variables: readonly { readonly size: number; readonly initial: number }[];
  /** How many variables of 1,024 values nobody touches: they make states long. */
  readonly fillers: number;
  readonly locks: readonly ('mutex' | 'rw')[];
  /** A function calls only those behind it. The last is quiet: it never waits. */
  readonly functions: readonly Block[];
  /** What threads run; several may run the same. */
  readonly mains: readonly Block[];
  readonly threads: readonly { readonly main: number; readonly argument: number }[];
  readonly claims: readonly ClaimSpec[];
}

export type Block = readonly Statement[];

/** What is written or passed on: a constant, the last result, or the argument of the function. */
export type Source =
  | { readonly from: 'constant'; readonly value: number }
  | { readonly from: 'last' | 'argument' };

/** One condition: the variable has the value, or has not. */
export interface TermSpec {
  readonly variable: number;
  readonly value: number;
  readonly equal: boolean;
}

/** Results are numbers; each function remembers the last one. */
export type Statement =
  | { readonly kind: 'read' | 'parity' | 'update' | 'fetchUpdate'; readonly variable: number }
  | { readonly kind: 'write'; readonly variable: number; readonly value: Source }
  | {
      readonly kind: 'compareExchange';
      readonly variable: number;
      readonly expected: number;
      readonly desired: number;
    }
  | { readonly kind: 'modify'; readonly variable: number }
  | { readonly kind: 'wait'; readonly term: TermSpec }
  | {
      readonly kind: 'test' | 'await';
      readonly quantifier: 'every' | 'some';
      readonly terms: readonly TermSpec[];
    }
  | { readonly kind: 'fill'; readonly value: number; readonly ghostToo: boolean }
  | { readonly kind: 'choose'; readonly options: number }
  | {
      readonly kind: 'call';
      readonly callee: number;
      readonly argument: Source;
      readonly variable: number;
    }
  | { readonly kind: 'quietCall'; readonly argument: Source; readonly variable: number }
  /** Runs `first`, a step, and `body`: `states` times, or until the last result is `exit`. */
  | {
      readonly kind: 'loop';
      readonly states: number;
      readonly first: Statement;
      readonly body: Block;
      readonly exit: number | undefined;
    }
  | {
      readonly kind: 'hold';
      readonly lock: number;
      readonly side: 'reader' | 'writer';
      readonly body: Block;
    }
  /** Gives the innermost lock back while it runs `body`. */
  | { readonly kind: 'drop'; readonly body: Block }
  | { readonly kind: 'atomic'; readonly first: Statement; readonly rest: Block }
  /** Only inside of an atomic block, behind its first operation. */
  | { readonly kind: 'ghost'; readonly value: number | undefined }
  /** The data is the last result if it is not given. */
  | { readonly kind: 'during'; readonly data: number | undefined; readonly body: Block }
  | { readonly kind: 'assert'; readonly unequal: number; readonly named: boolean }
  | { readonly kind: 'branch' }
  | { readonly kind: 'if'; readonly equal: number; readonly yes: Block; readonly no: Block }
  /** Breaks the contract: throws, or leaves a domain, if the last result is `equal`. */
  | { readonly kind: 'throw' | 'overflow'; readonly equal: number; readonly variable: number };

/** What a claim says of the state. */
export type Check =
  | {
      readonly kind: 'terms';
      readonly quantifier: 'every' | 'some';
      readonly terms: readonly TermSpec[];
    }
  /** Two variables do not have the values of the same number. */
  | { readonly kind: 'differ'; readonly one: number; readonly other: number }
  | { readonly kind: 'ghost'; readonly unequal: number }
  | { readonly kind: 'inside'; readonly data: number | undefined; readonly atMost: number }
  | { readonly kind: 'free'; readonly lock: number };

export type ClaimSpec =
  | {
      readonly kind: 'invariant';
      readonly observers: readonly {
        readonly premise: TermSpec | undefined;
        readonly check: Check;
      }[];
    }
  | {
      readonly kind: 'step';
      readonly variables: readonly number[];
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'return';
      readonly callee: number;
      readonly result: number;
      readonly check: Check;
    }
  | { readonly kind: 'position'; readonly data: number; readonly check: Check };
