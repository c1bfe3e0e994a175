/** What pan says of its own size. */
export interface PanFigures {
  /** Bytes of the state vector. */
  readonly vector: number;
  /** The longest path of the depth-first search. */
  readonly depth: number;
  readonly memoryBytes: number;
}

/** @throws Error if pan did not print them */
export function panFigures(output: string): PanFigures {
  const number = (what: RegExp) => {
    const [, digits] = what.exec(output) ?? [];
    if (digits === undefined) throw new Error(`pan did not print ${what.source}`);
    return Number(digits);
  };
  return {
    vector: number(/^State-vector (\d+) byte/m),
    depth: number(/depth reached (\d+)/),
    memoryBytes: number(/^ *([\d.]+)\s+total actual memory usage/m) * 2 ** 20,
  };
}

/** What is given to pan so that its tables fit the space. */
export interface PanFit {
  readonly states: number;
  /** The longest path; as many as there are states if it is not known. */
  readonly depth?: number;
}

/** How to run pan: between one and two slots of its hash table a state, and a stack that fits. */
export function panFlags({ states, depth = states }: PanFit): readonly string[] {
  const log2 = Math.max(10, Math.ceil(Math.log2(states)));
  return ['-c0', '-E', '-A', `-w${log2}`, `-m${depth + 10}`];
}
