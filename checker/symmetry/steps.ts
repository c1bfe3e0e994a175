import type { Automaton, AutomatonNode, Event, Waypoint } from '../automaton/automaton.ts';
import type { CompiledProgram, CompiledSystem } from '../automaton/compile.ts';
import type { Access, StepAction, Term } from '../language/operation.ts';
import { OUT_OF_DOMAIN } from '../language/operation.ts';
import { freezeAndKey, type Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import { type Judged, Judges } from './judged.ts';

/** Where a step leads. */
export interface StepEdge extends Judged {
  readonly target: number;
  /** The waypoints on the way, as text, in the order of the alphabet. */
  readonly waypoints: string;
}

/**
 * What a node does, in a form in which the order of things does not show where it does not matter:
 * operations on several variables are a set of tables, and so are the accesses of an atomic block
 * that follow each other without a branch.
 */
export interface Step {
  /** Everything that names neither variables nor values nor nodes. */
  readonly kind: string;
  /** By variable: the value that each value becomes, or for a test 1 where it is accepted. */
  readonly tables: ReadonlyMap<number, readonly number[]>;
  /** How edges are told apart: by their place, by the value of the only variable, or not at all. */
  readonly edgesBy: 'place' | readonly number[] | 'choice';
  readonly edges: readonly StepEdge[];
  /** What is judged while a thread is at a visible node. */
  readonly programs: readonly CompiledProgram[];
  /** For a choice, the options. */
  readonly options: readonly string[];
  /** For people. */
  readonly text: string;
}

/** The steps of every thread, by node. No step leads to an interior node that all run over. */
export function stepsOf(
  compiled: CompiledSystem,
  variables: readonly Variable<Scalar>[],
): readonly (readonly Step[])[] {
  const numbers = new Map(variables.map((variable, i) => [variable, i]));
  const judges = new Judges(compiled);
  return compiled.automata.map((automaton) =>
    automaton.nodes.map((node) => stepOf(node, { automaton, numbers, judges })),
  );
}

interface Context {
  readonly automaton: Automaton;
  readonly numbers: Numbers;
  readonly judges: Judges;
}

type Numbers = ReadonlyMap<Variable<Scalar>, number>;

function stepOf(node: AutomatonNode, context: Context): Step {
  const { numbers, judges } = context;
  const { action, label, functionName } = node;
  const known = (kind: string, more: Partial<Step> = {}): Step => ({
    kind: `${kind} ${JSON.stringify([functionName, label])}`,
    tables: new Map(),
    edgesBy: 'place',
    edges: node.edges.map(({ target, events, waypoints }) => ({
      target,
      waypoints: textOfWaypoints(waypoints),
      ...judges.along(events),
    })),
    programs: node.interior ? [] : judges.at(node.positions),
    options: [],
    text: textOf(node),
    ...more,
  });

  switch (action.kind) {
    case 'access': {
      if (node.edges.length === 1) return known('', updateOf(node, context));
      const tables = new Map([[numbers.get(action.variable)!, action.next]]);
      return known('access', { tables, edgesBy: action.outcome });
    }
    case 'fill':
      return known('', updateOf(node, context));
    case 'test': {
      const tables = acceptanceOf(action.quantifier, action.terms, numbers);
      // With one variable it makes no difference.
      const quantifier = tables.size === 1 ? '' : action.quantifier;
      return known(`${action.waits ? 'wait' : 'test'} ${quantifier}`, { tables });
    }
    case 'choose': {
      const options = action.options.map((option) => freezeAndKey(option, 'an option'));
      return known('choose', { edgesBy: 'choice', options });
    }
    case 'failure':
      return known(`failure ${action.claim ?? ''}`);
    case 'finished':
    case 'crash':
      return known(action.kind);
  }
}

function acceptanceOf(
  quantifier: 'every' | 'some',
  terms: readonly Term[],
  numbers: Numbers,
): ReadonlyMap<number, readonly number[]> {
  const tables = new Map<number, number[]>();
  for (const { variable, accepts } of terms) {
    const number = numbers.get(variable)!;
    const sofar = tables.get(number) ?? accepts.map(() => Number(quantifier === 'every'));
    const join = quantifier === 'every' ? Math.min : Math.max;
    tables.set(
      number,
      sofar.map((accepted, value) => join(accepted, Number(accepts[value]))),
    );
  }
  return tables;
}

/**
 * An access or fill with one edge, and all that follow it within the step: they happen at once, so
 * the order of two variables makes no difference, and two changes of one variable are one change.
 */
function updateOf(
  first: AutomatonNode,
  { automaton, numbers, judges }: Context,
): Pick<Step, 'kind' | 'tables' | 'edges'> {
  const tables = new Map<number, readonly number[]>();
  const labels: string[] = [];
  const events: Event[] = [];
  const waypoints: Waypoint[] = [];
  const passed = new Set<AutomatonNode>();
  let node = first;
  let target: number;
  do {
    passed.add(node);
    for (const [variable, next] of changesOf(node.action as StepAction)) {
      const number = numbers.get(variable)!;
      const before = tables.get(number);
      tables.set(number, before?.map((value) => (value < 0 ? value : next[value]!)) ?? next);
    }
    labels.push(JSON.stringify([node.functionName, node.label]));
    const edge = node.edges[0]!;
    events.push(...edge.events);
    waypoints.push(...edge.waypoints);
    target = edge.target;
    node = automaton.nodes[target]!;
  } while (node.interior && !passed.has(node) && joins(first) && joins(node));
  const edges = [{ target, waypoints: textOfWaypoints(waypoints), ...judges.along(events) }];
  return { kind: `update ${JSON.stringify(labels.sort())}`, tables, edges };
}

function textOfWaypoints(waypoints: readonly Waypoint[]): string {
  const texts = waypoints.map(({ functionName, label }) => JSON.stringify([functionName, label]));
  return texts.sort().join();
}

/** An error of the model stays a step of its own: what it comes after does make a difference. */
function joins({ action, edges }: AutomatonNode): boolean {
  if (action.kind === 'fill') return true;
  return action.kind === 'access' && edges.length === 1 && !action.next.includes(OUT_OF_DOMAIN);
}

function changesOf(action: StepAction): (readonly [Variable<Scalar>, Access['next']])[] {
  if (action.kind === 'access') return [[action.variable, action.next]];
  if (action.kind !== 'fill') return [];
  return action.variables.map((variable, i) => [
    variable,
    variable.domain.map(() => action.to[i]!),
  ]);
}

function textOf({ action, label }: AutomatonNode): string {
  const at = label === undefined ? '' : `${label}: `;
  if (action.kind === 'access') return `${at}${action.verb} ${action.variable.name}`;
  if (action.kind === 'test') {
    return `${at}test ${action.terms.map(({ variable }) => variable.name).join()}`;
  }
  if (action.kind === 'fill') {
    return `${at}fill ${action.variables.map(({ name }) => name).join()}`;
  }
  return `${at}${action.kind}`;
}
