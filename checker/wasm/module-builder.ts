import {
  type Callee,
  type Code,
  type Global,
  I32,
  i32,
  i64,
  unsigned,
  type ValueType,
} from './code.ts';
import { FunctionBuilder, localDeclarations } from './function-builder.ts';

/** A function that is declared and may be called, but whose body comes later. */
export interface Declared extends Callee {
  readonly type: number;
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

const SECTIONS = {
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  global: 6,
  export: 7,
  element: 9,
  code: 10,
} as const;

const END = 0x0b;
const FUNCTION_TYPE = 0x60;
const FUNCTION_REFERENCE = 0x70;
/** Shared, with a maximum. */
const SHARED_MEMORY = 0x03;

/**
 * Builds a module with one imported shared memory. Sections are those of the WebAssembly core
 * specification, section 5.5, and the threads proposal for the memory.
 */
export class ModuleBuilder {
  private readonly types: string[] = [];
  private readonly typeCodes: Code[] = [];
  private readonly imports: { readonly name: string; readonly type: number }[] = [];
  private readonly functionTypes: number[] = [];
  private readonly bodies: (Code | undefined)[] = [];
  private readonly exports: { readonly name: string; readonly index: number }[] = [];
  private readonly globals: Code[] = [];
  private readonly table: number[] = [];

  /** Imports a function of the host; all imports come before the first declaration. */
  import(name: string, params: readonly ValueType[], results: readonly ValueType[]): Callee {
    if (this.functionTypes.length > 0) throw new Error('an import after a declaration');
    const type = this.typeOf(params, results);
    this.imports.push({ name, type });
    return { index: this.imports.length - 1 };
  }

  declare(params: readonly ValueType[], results: readonly ValueType[]): Declared {
    const type = this.typeOf(params, results);
    this.functionTypes.push(type);
    this.bodies.push(undefined);
    const index = this.imports.length + this.functionTypes.length - 1;
    return { index, type, params, results };
  }

  /** Gives a declared function its body. */
  define(declared: Declared, body: (f: FunctionBuilder) => Code): void {
    const builder = new FunctionBuilder(declared.params, declared.results);
    const code = body(builder);
    const content = bytesOf([localDeclarations(builder.locals), code, END]);
    this.bodies[declared.index - this.imports.length] = [unsigned(content.length), content];
  }

  /** Declares and defines a function that the host may call. */
  exported(
    name: string,
    params: readonly ValueType[],
    results: readonly ValueType[],
    body: (f: FunctionBuilder) => Code,
  ): Declared {
    const declared = this.declare(params, results);
    this.export(name, declared);
    this.define(declared, body);
    return declared;
  }

  /** Lets the host call a function. */
  export(name: string, { index }: Callee): void {
    this.exports.push({ name, index });
  }

  /** Declares a global variable that starts as 0. */
  global(type: ValueType): Global {
    this.globals.push([type, 0x01, type === I32 ? i32.const(0) : i64.const(0n), END]);
    return { index: this.globals.length - 1, type };
  }

  /** Puts a function into the table and returns its number there. */
  tableNumber({ index }: Callee): number {
    return this.table.push(index) - 1;
  }

  /**
   * The module in the binary format. It imports its memory as `host.memory`.
   *
   * @param pagesMin pages of 64 KiB that the memory has at the least
   * @param pagesMax at most 65,536; that of the memory it is given may be smaller
   */
  build(pagesMin: number, pagesMax: number): Uint8Array<ArrayBuffer> {
    const host = text('host');
    const memory = [host, text('memory'), 0x02, SHARED_MEMORY, unsigned(pagesMin)];
    const imports = this.imports.map(({ name, type }) => [host, text(name), 0x00, unsigned(type)]);
    const bodies = this.bodies.map((body, i) => {
      if (body === undefined) throw new Error(`function ${i} has no body`);
      return body;
    });
    const table = [FUNCTION_REFERENCE, 0x00, unsigned(this.table.length)];
    const elements = [0x00, i32.const(0), END, vector(this.table.map(unsigned))];
    return bytesOf([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section('type', vector(this.typeCodes)),
      section('import', vector([...imports, [...memory, unsigned(pagesMax)]])),
      section('function', vector(this.functionTypes.map(unsigned))),
      section('table', vector([table])),
      section('global', vector(this.globals)),
      section(
        'export',
        vector(this.exports.map(({ name, index }) => [text(name), 0x00, unsigned(index)])),
      ),
      section('element', vector([elements])),
      section('code', vector(bodies)),
    ]);
  }

  private typeOf(params: readonly ValueType[], results: readonly ValueType[]): number {
    const key = `${params}>${results}`;
    const known = this.types.indexOf(key);
    if (known >= 0) return known;
    this.typeCodes.push([FUNCTION_TYPE, vector(params), vector(results)]);
    return this.types.push(key) - 1;
  }
}

function section(name: keyof typeof SECTIONS, content: Code): Code {
  const bytes = bytesOf(content);
  return [SECTIONS[name], unsigned(bytes.length), bytes];
}

function vector(items: readonly Code[]): Code {
  return [unsigned(items.length), items];
}

function text(string: string): Code {
  const bytes = [...new TextEncoder().encode(string)];
  return [unsigned(bytes.length), bytes];
}

/** The bytes of nested code. */
function bytesOf(code: Code): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(1024);
  let length = 0;
  const room = (more: number) => {
    if (length + more <= bytes.length) return;
    const bigger = new Uint8Array(2 * (length + more));
    bigger.set(bytes);
    bytes = bigger;
  };
  // A stack of its own: code may be nested deeper than calls can be.
  const waiting: Code[] = [code];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (typeof part === 'number') {
      room(1);
      bytes[length++] = part;
    } else if (part instanceof Uint8Array) {
      room(part.length);
      bytes.set(part, length);
      length += part.length;
    } else {
      for (let i = part.length - 1; i >= 0; i--) waiting.push(part[i]!);
    }
  }
  return bytes.slice(0, length);
}
