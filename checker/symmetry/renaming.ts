/** A renaming of a system: where each thread, variable, value and node goes. By index. */
export interface Renaming {
  readonly threads: readonly number[];
  /** Of the variables that a search keeps, in the order of its layout. */
  readonly variables: readonly number[];
  /** `values[i][v]`: what value `v` of variable `i` becomes in variable `variables[i]`. */
  readonly values: readonly (readonly number[])[];
  /** `nodes[t][n]`: what node `n` of thread `t` becomes in thread `threads[t]`; visible nodes. */
  readonly nodes: readonly (readonly number[])[];
}

/** The renaming that does `first` and then `second`. */
export function compose(first: Renaming, second: Renaming): Renaming {
  const through = (
    targets: readonly number[],
    from: readonly (readonly number[])[],
    to: readonly (readonly number[])[],
  ) => from.map((list, i) => list.map((item) => to[targets[i]!]![item]!));
  return {
    threads: first.threads.map((thread) => second.threads[thread]!),
    variables: first.variables.map((variable) => second.variables[variable]!),
    values: through(first.variables, first.values, second.values),
    nodes: through(first.threads, first.nodes, second.nodes),
  };
}

/** The renaming that leaves everything where it is, of the same system as `other`. */
export function identityLike({ threads, variables, values, nodes }: Renaming): Renaming {
  const inPlace = (list: readonly number[]) => list.map((_, i) => i);
  return {
    threads: inPlace(threads),
    variables: inPlace(variables),
    values: values.map(inPlace),
    nodes: nodes.map(inPlace),
  };
}

export function sameRenaming(one: Renaming, other: Renaming): boolean {
  const same = (a: readonly number[], b: readonly number[]) => a.every((item, i) => item === b[i]);
  return (
    same(one.threads, other.threads) &&
    same(one.variables, other.variables) &&
    one.values.every((list, i) => same(list, other.values[i]!)) &&
    one.nodes.every((list, i) => same(list, other.nodes[i]!))
  );
}
