import { ContractError } from '../language/model-error.ts';
import type { Modelled } from '../language/modelled.ts';
import type { Call, Loop, Operation, Turn } from '../language/operation.ts';
import { freezeAndKey, type Plain } from '../language/value.ts';
import { actionKey, resultsOf } from './action-key.ts';
import { NodeTable } from './node-table.ts';
import { type Pause, Run, type Start } from './run.ts';
import type { FunctionSummary, SummaryNode } from './summary.ts';

/** Bounds beyond which a program is taken not to close. */
const OPERATIONS_PER_PATH_MAX = 600;
const PATHS_PER_FUNCTION_MAX = 100_000;
const LOOP_STATES_MAX = 20_000;

/** The values of a finite set in order of discovery, by key. */
class ValueSet {
  readonly values: Plain[] = [];
  private readonly indices = new Map<string, number>();

  add(value: Plain, where: string): number {
    const key = freezeAndKey(value, where);
    let index = this.indices.get(key);
    if (index === undefined) {
      index = this.values.length;
      this.indices.set(key, index);
      this.values.push(value);
    }
    return index;
  }
}

/** The exploration of one generator on every sequence of results. */
interface Exploration {
  readonly start: Start;
  /** The node for the end of the program with this value. */
  readonly leaf: (value: unknown) => SummaryNode;
  paths: number;
}

/**
 * Turns generators into summaries: one for each modelled function and tuple of arguments, by
 * running the generator on every possible sequence of results.
 */
export class Summarizer {
  /** Every label that some operation or branch bears. */
  readonly labels = new Set<string>();
  /** Names of the functions that are called. */
  readonly functions = new Set<string>();
  private readonly nodes = new NodeTable();
  private readonly summaries = new Map<string, FunctionSummary | 'in progress'>();
  private readonly threadCount: number;
  private readonly onFunction: (name: string) => void;

  /**
   * @param threadCount how many threads `inside` may find
   * @param onFunction is told which function is about to be run, for the watchdog
   */
  constructor(threadCount: number, onFunction: (name: string) => void = () => {}) {
    this.threadCount = threadCount;
    this.onFunction = onFunction;
  }

  /** @throws ContractError if the function breaches the contract of the language */
  summarize(callee: Modelled<never, unknown>, args: readonly unknown[]): FunctionSummary {
    const where = `the arguments of ${callee.functionName}`;
    const key = `${callee.identity}${freezeAndKey(args, where)}`;
    const known = this.summaries.get(key);
    if (known === 'in progress') {
      throw new ContractError(`${callee.functionName} calls itself; expected no recursion`);
    }
    if (known !== undefined) return known;
    this.summaries.set(key, 'in progress');
    this.functions.add(callee.functionName);
    const body = callee.body as (...args: readonly unknown[]) => ReturnType<typeof callee.body>;
    const make = () => body(...args);
    const summary = { callee, args, ...this.summarizeProgram(callee.functionName, make) };
    this.summaries.set(key, summary);
    return summary;
  }

  /** The summary of a program that is no modelled function, e.g. of a claim. */
  summarizeProgram(
    owner: string,
    make: Start['first'],
  ): { root: SummaryNode; returns: readonly Plain[] } {
    const returns = new ValueSet();
    const root = this.explore({ owner, first: make, second: make }, (value) =>
      this.leaf('return', returns.add(value as Plain, `what ${owner} returns`)),
    );
    return { root, returns: returns.values };
  }

  private explore(start: Start, leaf: Exploration['leaf']): SummaryNode {
    const exploration: Exploration = { start, leaf, paths: 0 };
    this.onFunction(start.owner);
    const run = new Run(start);
    return this.walk(exploration, run, run.resume(undefined), []);
  }

  private walk(
    exploration: Exploration,
    run: Run,
    pause: Pause,
    history: readonly unknown[],
  ): SummaryNode {
    const { owner } = exploration.start;
    if (pause.at === 'return') return exploration.leaf(pause.value);
    if (pause.at === 'throw') {
      return this.nodes.intern({ kind: 'crash', message: pause.message }, pause.message);
    }
    if (history.length >= OPERATIONS_PER_PATH_MAX) throw doesNotClose(exploration, history);
    const { operation } = pause;
    if (operation.label !== undefined) this.labels.add(operation.label);

    const branches = this.branchesOf(operation, pause.twin, owner);
    const targets = branches.results.map((result, i) => {
      // The live generator serves the first result; the others start over from the history.
      const branch = i === 0 ? run : this.rerun(exploration, history, operation);
      return this.walk(exploration, branch, branch.resume(result), [...history, result]);
    });
    return branches.node(targets);
  }

  private waypoint(label: string, functionName: string, target: SummaryNode): SummaryNode {
    return this.nodes.intern(
      {
        kind: 'structure',
        action: { kind: 'waypoint', functionName, label },
        targets: [target],
      },
      JSON.stringify([functionName, label]),
    );
  }

  /** What an operation can result in, and the node that it becomes. */
  private branchesOf(
    operation: Operation,
    twin: Operation,
    owner: string,
  ): {
    results: readonly unknown[];
    node: (targets: readonly SummaryNode[]) => SummaryNode;
  } {
    const { action, label } = operation;
    switch (action.kind) {
      case 'call':
        return this.callBranches(action, label, owner);
      case 'loop':
        return this.loopBranches(action, twin.action as Loop, owner);
      case 'atomic':
      case 'position':
      case 'passed':
        return {
          results: [undefined],
          node: ([target]) =>
            this.nodes.intern(
              { kind: 'structure', action, targets: [target as SummaryNode] },
              actionKey(action),
            ),
        };
      case 'branch':
        return {
          results: [undefined],
          node: ([target]) => this.waypoint(label ?? '', owner, target as SummaryNode),
        };
      default:
        return {
          results:
            action.kind === 'inside'
              ? Array.from({ length: this.threadCount + 1 }, (_, i) => i)
              : resultsOf(action),
          node: (targets) =>
            this.nodes.intern(
              { kind: 'step', action, label, functionName: owner, targets },
              `${actionKey(action)}|${JSON.stringify([owner, label])}`,
            ),
        };
    }
  }

  private callBranches(action: Call, label: string | undefined, owner: string) {
    const summary = this.summarize(action.callee, action.args);
    return {
      results: summary.returns,
      node: (targets: readonly SummaryNode[]) => {
        const call = this.nodes.intern({ kind: 'call', summary, targets }, actionKey(action));
        return label === undefined ? call : this.waypoint(label, owner, call);
      },
    };
  }

  private loopBranches(action: Loop, twin: Loop, owner: string) {
    const states = new ValueSet();
    const results = new ValueSet();
    const heads: SummaryNode[] = [];
    states.add(action.initial, `the initial state of a loop in ${owner}`);
    const leaf = (value: unknown) => {
      if (!isTurn(value)) {
        throw new ContractError(
          `an iteration of a loop in ${owner} returns something else; expected next() or done()`,
        );
      }
      return value.turn === 'next'
        ? this.leaf('next', states.add(value.state, `the state of a loop in ${owner}`))
        : this.leaf('done', results.add(value.result, `the result of a loop in ${owner}`));
    };
    for (let i = 0; i < states.values.length; i++) {
      if (i >= LOOP_STATES_MAX) {
        throw new ContractError(
          `${owner} does not close: a loop has more than ${LOOP_STATES_MAX} states; ` +
            'expected a state with fewer values',
        );
      }
      const state = states.values[i] as never;
      const start = { owner, first: () => action.body(state), second: () => twin.body(state) };
      heads.push(this.explore(start, leaf));
    }
    return {
      results: results.values,
      node: (targets: readonly SummaryNode[]) =>
        this.nodes.intern({ kind: 'loop', heads, targets }, heads.map((head) => head.id).join()),
    };
  }

  private leaf(kind: 'return' | 'next' | 'done', index: number): SummaryNode {
    return this.nodes.intern({ kind, index }, String(index));
  }

  private rerun(exploration: Exploration, history: readonly unknown[], expected: Operation): Run {
    const { owner } = exploration.start;
    if (++exploration.paths > PATHS_PER_FUNCTION_MAX) throw doesNotClose(exploration, history);
    this.onFunction(owner);
    const run = new Run(exploration.start);
    let pause = run.resume(undefined);
    for (const result of history) pause = run.resume(result);
    if (
      pause.at !== 'operation' ||
      actionKey(pause.operation.action) !== actionKey(expected.action) ||
      pause.operation.label !== expected.label
    ) {
      throw new ContractError(
        `${owner} is not deterministic: run again with the same results it did something else; ` +
          'expected it to depend on its arguments and results only',
      );
    }
    return run;
  }
}

function isTurn(value: unknown): value is Turn {
  return typeof value === 'object' && value !== null && 'turn' in value;
}

/** Names the operation that the path repeats most: the place that wants a `loop`. */
function doesNotClose(exploration: Exploration, history: readonly unknown[]): ContractError {
  const counts = new Map<string, number>();
  const run = new Run(exploration.start);
  let pause = run.resume(undefined);
  for (const result of history) {
    if (pause.at !== 'operation') break;
    const { action, label } = pause.operation;
    const name = label ?? actionKey(action).split(' ').slice(0, 2).join(' ');
    counts.set(name, (counts.get(name) ?? 0) + 1);
    pause = run.resume(result);
  }
  const [name, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
  return new ContractError(
    `${exploration.start.owner} does not close: "${name}" comes ${count} times on a path of ` +
      `${history.length} operations; expected the repetition to be written with loop()`,
  );
}
