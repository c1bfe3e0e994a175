import { ASSERTIONS, DEADLOCK } from '../language/claim.ts';
import { ContractError } from '../language/model-error.ts';
import type { Prepared } from '../search/explore.ts';
import type { Field } from '../search/layout.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';
import {
  type Callee,
  type Code,
  type Global,
  get,
  getGlobal,
  I32,
  I64,
  i32,
  i64,
  type Local,
  select,
  set,
  setGlobal,
  type ValueType,
} from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { ModuleBuilder } from '../wasm/module-builder.ts';
import { increment } from './increment.ts';
import { type LeanBits, leanBits } from './lean-bits.ts';
import { CELLS, FAULTS_MAX, type MapTuning, MemoryMap } from './memory-map.ts';
import { Passages } from './passages.ts';

/** States of more words have no room in the tables of steps: see `StepTables`. */
const WORDS_MAX = 15;

/** The field of a packed state as it lies in 64-bit words. */
export interface WideField {
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
}

/**
 * A field of the layout, which counts words of 32 bits. No field crosses one, and memory is
 * little-endian, so both engines see the same bytes.
 */
export function widen({ word, shift, mask }: Field): WideField {
  return { word: word >> 1, shift: 32 * (word & 1) + shift, mask };
}

/** An entry of a table of steps that has successors. */
export interface StepEntry {
  /** Of its last field: where that is 0 there are none. */
  readonly address: number;
  /** The passages that a step from here begins with, by the cells of the thread code. */
  readonly cells: readonly number[];
  /** It has one successor, and is used exactly if its passage is taken. */
  readonly isPlain: boolean;
}

/** What the parts of the code generator share: the module, its memory, and small pieces of code. */
export class Generator {
  readonly module = new ModuleBuilder();
  readonly prepared: Prepared;
  readonly map: MemoryMap;
  /** The types of the words of a state, as parameters. */
  readonly wordTypes: readonly ValueType[];
  /** Called with the number of a partition that is stored elsewhere when its buffer is full. */
  readonly ship: Callee;
  /** `(a, b)`: the number of the list of happenings `a` followed by `b`. */
  readonly join: Callee;
  /** The state that a step started from; see `Settling`. */
  readonly before: readonly Global[];
  /** Address behind the last of `MemoryMap.events`. */
  readonly eventsEnd: Global;
  /** How many watched variables were written since the step began. */
  readonly watched: Global;
  /** Steps taken inside of the atomic block. */
  readonly depth: Global;
  /** Counts the steps, failed assertions included, that were not taken from a table. */
  readonly moves: Global;
  /** Whether successors are looked for among the marked states, and not stored. */
  readonly isTracing: Global;
  /** Whether one was found. */
  readonly isHit: Global;
  /** Whether successors are numbered, and not stored. */
  readonly isNumbering: Global;
  /** Bits that stored states carry, and that say nothing of them. */
  readonly bits: LeanBits | undefined;
  /** What the successors of the step that is taken carry. */
  readonly carried: Global;
  /** Whether they need no lookup. */
  readonly isRedundant: Global;
  readonly claimIds: readonly string[];
  readonly coverage: boolean;
  readonly passages: Passages;
  readonly stepEntries: StepEntry[] = [];
  private readonly faultMessages: string[] = [];

  /**
   * @param symmetry threads whose renamings are one state
   * @param coverage whether what the search goes through is counted, beside steps and claims
   */
  constructor(prepared: Prepared, symmetry: Symmetry, tuning: MapTuning, coverage: boolean) {
    const { compiled, layout, code } = prepared;
    this.prepared = prepared;
    this.claimIds = [...compiled.system.claims.map(({ id }) => id), ASSERTIONS, DEADLOCK];
    this.map = new MemoryMap(layout, tuning, {
      claims: this.claimIds.length,
      maskWords: Math.ceil(this.claimIds.length / 64),
      lists: code.happenings.lists.length,
      passages: code.passages.size,
    });
    this.coverage = coverage;
    this.bits = leanBits(layout, this.map.words, symmetry);
    this.passages = new Passages(code.passages, this.map.passages, coverage);
    if (this.map.words > WORDS_MAX) {
      throw new ContractError(
        `a state of ${layout.bits} bits takes ${this.map.words} words of 64; the compiled engine ` +
          `takes up to ${WORDS_MAX} (--engine interpreter takes more)`,
      );
    }
    this.wordTypes = new Array<ValueType>(this.map.words).fill(I64);
    this.ship = this.module.import('ship', [I32], []);
    this.join = this.module.import('join', [I32, I32], [I32]);
    this.before = this.wordTypes.map((type) => this.module.global(type));
    this.eventsEnd = this.module.global(I32);
    this.watched = this.module.global(I32);
    this.depth = this.module.global(I32);
    this.moves = this.module.global(I32);
    this.isTracing = this.module.global(I32);
    this.isHit = this.module.global(I32);
    this.isNumbering = this.module.global(I32);
    this.carried = this.module.global(I64);
    this.isRedundant = this.module.global(I32);
  }

  /** What can be wrong with the model, by number. */
  get faults(): readonly string[] {
    return this.faultMessages;
  }

  claimNumber(id: string): number {
    const number = this.claimIds.indexOf(id);
    return number < 0 ? this.claimIds.indexOf(ASSERTIONS) : number;
  }

  /** Notes that the model is at fault; which fault is reported is decided at the end of a level. */
  fault(message: string): Code {
    let number = this.faultMessages.indexOf(message);
    if (number < 0) number = this.faultMessages.push(message) - 1;
    if (number >= FAULTS_MAX) throw new Error('more faults than there are places for');
    return i32.store8(i32.const(this.map.faults + number), i32.const(1));
  }

  /** Notes that a claim fails, unless it failed before: earlier failures are no longer. */
  fail(claim: number): Code {
    const at = i32.const(this.map.failures + 8 * claim);
    const known = i64.load(at);
    const length = i64.load(i32.const(CELLS.length));
    return i64.store(at, select(known, length, i64.ne(known, i64.const(-1n))));
  }

  countPremise(claim: number): Code {
    return increment(this.map.premises + 8 * claim);
  }

  words(f: FunctionBuilder): readonly Local[] {
    return Array.from({ length: this.map.words }, () => f.local(I64));
  }

  /** The index of the field's value. */
  read(words: readonly Local[], field: Field): Code {
    const { word, shift, mask } = widen(field);
    return i32.and(i32.wrap(shiftRight(get(words[word]!), shift)), i32.const(mask));
  }

  /** The words of a state without the bits that it carries. */
  bare(words: readonly Local[]): readonly Code[] {
    const { bits } = this;
    return words.map((word, i) =>
      bits?.word === i ? i64.and(get(word), i64.const(bits.kept)) : get(word),
    );
  }

  /** Whether a state is another than the one that lies at an address. */
  differs(words: readonly Local[], known: Local): Code {
    const { bits } = this;
    return words
      .map((word, i) => {
        const stored = i64.load(get(known), 8 * i);
        return bits?.word === i
          ? i64.ne(i64.and(i64.xor(get(word), stored), i64.const(bits.kept)), i64.const(0n))
          : i64.ne(get(word), stored);
      })
      .reduce((any, one) => i32.or(any, one));
  }

  /** Notes, for the successor that is put at `out`, which list of happenings came to pass. */
  noteHappened(out: Local, list: Code): Code {
    const { scratch, stateBytes, happened } = this.map;
    const number = i32.div_u(i32.sub(get(out), i32.const(scratch)), i32.const(stateBytes));
    return i32.store(i32.shl(number, i32.const(2)), list, happened);
  }

  loadWords(words: readonly Local[], address: Code): Code {
    return words.map((word, i) => set(word, i64.load(address, 8 * i)));
  }

  /** @param carried bits that the state carries besides; those in `words` if absent */
  storeWords(words: readonly Local[], address: Code, carried?: Code): Code {
    return words.map((word, i) => {
      const isCarrier = carried !== undefined && this.bits?.word === i;
      return i64.store(address, isCarrier ? i64.or(get(word), carried) : get(word), 8 * i);
    });
  }
}

export const allOf = (words: readonly Local[]): readonly Code[] => words.map(get);

function shiftRight(value: Code, shift: number): Code {
  return shift === 0 ? value : i64.shr_u(value, i64.const(BigInt(shift)));
}

export function changeGlobal(global: Global, by: number): Code {
  return setGlobal(global, i32.add(getGlobal(global), i32.const(by)));
}
