import type { EngineOptions } from '../engine/engine.ts';
import { rewire } from '../explain/rewire.ts';
import { drive, type Rule, siteOf } from '../explain/weakening.ts';
import { buildSystem, type Model } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import { type Choice, Operation } from '../language/operation.ts';
import type { Scope } from '../language/parameter.ts';
import type { System } from '../language/system.ts';
import { withFamilies } from '../ledger/names.ts';
import { explore, prepare, Search } from '../search/explore.ts';
import type { Field } from '../search/layout.ts';
import type { StateStore } from '../search/state-store.ts';

/** Something that a state space is as big as it is for. */
export interface Multiplier {
  readonly kind: 'thread' | 'function' | 'variable' | 'choice';
  readonly name: string;
  /**
   * Of a thread or variable: how many values it has, on average, where all else is as it is. Of a
   * choice: how many times fewer states there are if the option is always taken that saves most.
   * Of a function: the share of the states in which some thread is in its code.
   */
  readonly factor: number;
}

const OPTIONS: EngineOptions = { limits: {}, keepGoing: true, onProgress: () => 'continue' };
/** A choice of more options than this is made by its first only. */
const OPTIONS_MAX = 3;

/** What multiplies the states of a scope, which is searched whole and without symmetry. */
export function multipliersOf(
  model: Model,
  scope: Scope,
): { readonly states: number; readonly by: readonly Multiplier[] } {
  const prepared = prepare(buildSystem(model, scope));
  const { layout, compiled } = prepared;
  const search = new Search(prepared, OPTIONS);
  search.run();
  const { store } = search;
  const families = new Map<string, Field[]>();
  layout.variables.forEach((variable, i) => {
    const family = withFamilies(variable.name);
    families.set(family, [...(families.get(family) ?? []), layout.variableFields[i]!]);
  });
  const by: Multiplier[] = [
    ...compiled.system.threads.map(({ name }, i) => ({
      kind: 'thread' as const,
      name,
      factor: store.states / statesWithout(store, layout.wordCount, [layout.threadFields[i]!]),
    })),
    ...[...families].map(([name, fields]) => ({
      kind: 'variable' as const,
      name,
      factor: store.states / statesWithout(store, layout.wordCount, fields),
    })),
    ...functionsIn(store, prepared),
    ...choicesOf(model, scope, store.states),
  ];
  return { states: store.states, by };
}

/** How many states there are if these fields are not looked at. */
function statesWithout(store: StateStore, wordCount: number, fields: readonly Field[]): number {
  const masks = new Int32Array(wordCount).fill(-1);
  for (const { word, shift, mask } of fields) masks[word]! &= ~(mask << shift);
  const seen = new Set<string>();
  eachState(store, wordCount, (log, at) => {
    let key = '';
    for (let i = 0; i < wordCount; i++) key += `${log[at + i]! & masks[i]!},`;
    seen.add(key);
  });
  return seen.size;
}

function eachState(
  { slices }: StateStore,
  wordCount: number,
  visit: (log: Int32Array, at: number) => void,
): void {
  for (const { log, count } of slices) {
    for (let position = 0; position < count; position++) visit(log, position * wordCount);
  }
}

/** In which share of the states some thread is in the code of each function. */
function functionsIn(
  store: StateStore,
  { layout, compiled }: ReturnType<typeof prepare>,
): readonly Multiplier[] {
  const { wordCount, threadFields } = layout;
  const counts = new Map<string, number>();
  eachState(store, wordCount, (log, at) => {
    const names = threadFields.flatMap(({ word, shift, mask }, thread) => {
      const node = (log[at + word]! >>> shift) & mask;
      return compiled.automata[thread]!.nodes[node]!.functionName ?? [];
    });
    for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  });
  return [...counts].map(([name, count]) => ({
    kind: 'function',
    name,
    factor: count / store.states,
  }));
}

/** How many times fewer states there are with one option of each choice. */
function choicesOf(model: Model, scope: Scope, states: number): readonly Multiplier[] {
  const found = new Map<string, Choice>();
  // Runs every function once, to see which choices there are.
  const build = () => buildSystem(model, scope);
  prepare(
    withChoices(build(), (site, choice) => {
      found.set(site, choice);
      return undefined;
    }),
  );
  return [...found].map(([name, { options }]) => {
    const tried = options.length <= OPTIONS_MAX ? options.keys() : [0];
    const sizes = [...tried].flatMap((option) => {
      const fixed = withChoices(build(), (site) => (site === name ? option : undefined));
      try {
        return explore(fixed, OPTIONS).states;
      } catch (error) {
        // A model may be at fault only because it cannot choose.
        if (error instanceof ModelError) return [];
        throw error;
      }
    });
    return { kind: 'choice', name, factor: states / Math.min(states, ...sizes) };
  });
}

/** The system with some choices made: `pick` answers with an option, or with nothing. */
function withChoices(
  system: System,
  pick: (site: string, choice: Choice) => number | undefined,
): System {
  const ruleOf = (functionName: string): Rule =>
    function* (operation) {
      const { action } = operation;
      if (action.kind !== 'choose') return yield operation;
      const option = pick(`${functionName} ${siteOf(operation)}`, action);
      if (option === undefined) return yield operation;
      const options = [action.options[option]!];
      // Still a step, with one way to go.
      const one: Choice = { ...action, options, shown: [action.shown[option]!] };
      return yield new Operation(one, operation.label);
    };
  return rewire(system, (name, start) => () => drive(start, () => ruleOf(name)));
}
