import type { Components, Range } from './components.ts';
import { enabledIn, type Graph } from './graph.ts';
import type { Rule, Taken } from './rules.ts';

/** Is shown a step that stays inside of a set, and its number. The object is used again. */
export type ShowStep = (taken: Taken, step: number) => void;

/**
 * The sets of states, inside of a given one, all of whose states lie on a common cycle that obeys
 * all rules. Any such cycle lies in one of them.
 *
 * A component in which a rule without premise is never met has no such cycle. One in which a rule
 * is provoked but never met has none that provokes it: what provokes it is taken out, and the rest
 * cut into components again. So it goes until nothing has to be taken out (O. Lichtenstein and
 * A. Pnueli, "Checking that finite state concurrent programs satisfy their linear specification",
 * 1985; E. A. Emerson and C.-L. Lei, "Modalities for model checking", 1987).
 */
export function fairComponents(
  graph: Graph,
  components: Components,
  within: Range,
  rules: readonly Rule[],
): readonly Range[] {
  const fair: Range[] = [];
  const work = [within];
  for (let range = work.pop(); range !== undefined; range = work.pop()) {
    for (const component of components.decompose(range)) {
      const broken = brokenRules(graph, components, component, rules);
      if (broken.length === 0) fair.push(component);
      else if (broken.every(({ provokes }) => provokes !== undefined)) {
        work.push(withoutProvocation(graph, components, component, broken));
      }
    }
  }
  return fair;
}

/** The rules that a component provokes and never meets; one without premise always is provoked. */
function brokenRules(
  graph: Graph,
  components: Components,
  component: Range,
  rules: readonly Rule[],
): readonly Rule[] {
  const provoked = new Set(rules.filter(({ provokes }) => provokes === undefined));
  let unmet = rules;
  eachStep(graph, components, component, (taken) => {
    if (unmet.some(({ meets }) => meets(taken))) {
      unmet = unmet.filter(({ meets }) => !meets(taken));
    }
    for (const rule of unmet) if (rule.provokes?.(taken) === true) provoked.add(rule);
  });
  return unmet.filter((rule) => provoked.has(rule));
}

/** Shows the steps inside of a component. */
export function eachStep(
  graph: Graph,
  components: Components,
  { from, to }: Range,
  show: ShowStep,
): void {
  const { offsets, movers } = graph;
  const taken = { state: 0, enabled: 0, mover: 0 };
  for (let i = from; i < to; i++) {
    const state = components.order[i]!;
    taken.state = state;
    taken.enabled = enabledIn(graph, state);
    for (let step = offsets[state]!; step < offsets[state + 1]!; step++) {
      if (!components.isInside(step, state)) continue;
      taken.mover = movers[step]!;
      show(taken, step);
    }
  }
}

function withoutProvocation(
  graph: Graph,
  components: Components,
  component: Range,
  broken: readonly Rule[],
): Range {
  const dropped = new Set<number>();
  eachStep(graph, components, component, (taken, step) => {
    for (const { provokes, without } of broken) {
      if (!provokes!(taken)) continue;
      if (without === 'steps') components.gone[step] = 1;
      else dropped.add(taken.state);
    }
  });
  for (const state of dropped) components.drop(state);
  const { order } = components;
  let to = component.from;
  for (let i = component.from; i < component.to; i++) {
    const state = order[i]!;
    if (dropped.has(state)) continue;
    order[i] = order[to]!;
    order[to++] = state;
  }
  return { from: component.from, to };
}
