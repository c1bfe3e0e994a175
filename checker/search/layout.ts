import type { CompiledSystem } from '../automaton/compile.ts';
import { ContractError } from '../language/model-error.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';

/** Where a number lies in a packed state: `(words[word] >>> shift) & mask`. */
export interface Field {
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
}

/** Where everything lies in a packed state, an array of `wordCount` 32-bit words. */
export interface Layout {
  readonly wordCount: number;
  /** Bits in use. */
  readonly bits: number;
  readonly variables: readonly Variable<Scalar>[];
  /** The fields of `variables`, holding indices into their domains. */
  readonly variableFields: readonly Field[];
  /** The fields of the threads, holding visible nodes of their automata. */
  readonly threadFields: readonly Field[];
}

const WORD_BITS = 32;

/** Packs the fields into as few words as first-fit-decreasing finds; none crosses a word. */
export function layOut({ system, automata, ghosts }: CompiledSystem): Layout {
  const variables = system.shared.variables.filter(({ ghost, name }) => !ghost || ghosts.has(name));
  const sizes = [
    ...variables.map((variable) => variable.domain.length),
    ...automata.map((automaton) => automaton.visibleCount),
  ];
  const widths = sizes.map((size) => Math.ceil(Math.log2(size)));
  const free: number[] = [];
  const fields = new Array<Field>(sizes.length);
  const order = widths.map((_, i) => i).sort((a, b) => widths[b]! - widths[a]! || a - b);
  for (const i of order) {
    const width = widths[i]!;
    let word = free.findIndex((bits) => bits >= width);
    if (word < 0) word = free.push(WORD_BITS) - 1;
    const shift = WORD_BITS - free[word]!;
    free[word]! -= width;
    // A field of no bits may land behind the last bit of a word; a shift of 32 would wrap around.
    fields[i] = { word, shift: shift % WORD_BITS, mask: 2 ** width - 1 };
  }
  const variableFields = fields.slice(0, variables.length);
  return {
    wordCount: free.length,
    bits: widths.reduce((sum, width) => sum + width, 0),
    variables,
    variableFields,
    threadFields: fields.slice(variables.length),
  };
}

/** Finds the field of a variable. */
export class FieldMap {
  private readonly fields = new Map<Variable<Scalar>, Field>();

  constructor({ variables, variableFields }: Layout) {
    variables.forEach((variable, i) => this.fields.set(variable, variableFields[i]!));
  }

  /** @throws ContractError if the system does not declare the variable */
  of(variable: Variable<Scalar>): Field {
    const field = this.fields.get(variable);
    if (field === undefined) {
      throw new ContractError(
        `${variable.name} is used but not declared by this system; ` +
          'expected a variable of the Shared that build() was given',
      );
    }
    return field;
  }
}

/** The packed initial state. */
export function initialState(layout: Layout, entries: readonly number[]): Int32Array {
  const words = new Int32Array(layout.wordCount);
  const put = ({ word, shift }: Field, value: number) => {
    words[word]! |= value << shift;
  };
  layout.variables.forEach(({ initial }, i) => put(layout.variableFields[i]!, initial));
  entries.forEach((entry, i) => put(layout.threadFields[i]!, entry));
  return words;
}
