import type { Code, Local } from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';

/** Code that replaces the state in `words` by the representative of its orbit. */
export type Canonical = (f: FunctionBuilder, words: readonly Local[]) => Code;
