import type { Claim } from '../language/claim.ts';
import { type Modelled, modelled } from '../language/modelled.ts';
import type { Steps } from '../language/operation.ts';
import { during } from '../language/position.ts';
import { Shared } from '../language/shared.ts';
import { type System, type Thread, thread } from '../language/system.ts';
import type { Variable } from '../language/variable.ts';
import type { Renaming } from './renaming.ts';
import type { StateGraph } from './state-graph.ts';
import { stepsOf } from './steps.ts';
import { verify } from './verify.ts';

export const THREADS = [0, 1, 2];
/** For claims. */
export const text = (id: string) => ({ id, sentence: '' });

/** For tests: three threads with a flag each, and a variable that names one of them. */
export interface Club {
  readonly shared: Shared;
  readonly flags: readonly Variable<boolean>[];
  readonly owner: Variable<string>;
  readonly enter: Modelled<[number], string>;
}

/** What makes them differ, or not. */
export interface Twist {
  readonly initialFlags?: readonly boolean[];
  readonly initialOwner?: string;
  /** What a thread does before anything else. */
  readonly first?: (club: Club, me: number) => Steps<void>;
  readonly claims?: (club: Club) => readonly Claim[];
  /** A fourth thread. */
  readonly host?: (club: Club) => Steps<void>;
  /** Which node of the host becomes which if threads 0 and 1 are swapped. */
  readonly hostNodes?: readonly number[];
}

/** For tests: makes the system. */
export function club({ initialFlags, initialOwner, first, claims, host }: Twist): System {
  const shared = new Shared();
  const flags = THREADS.map((i) => shared.boolean(`flag[${i}]`, initialFlags?.[i]));
  const names = ['nobody', 'thread 0', 'thread 1', 'thread 2'];
  const owner = shared.oneOf('owner', names, initialOwner ?? 'nobody');
  const enter = modelled('enter', function* (me: number) {
    yield* flags[me]!.write(true).at('set');
    const mine = yield* owner.compareExchange('nobody', `thread ${me}`).at('own');
    return mine ? 'owner' : 'guest';
  });
  const made = { shared, flags, owner, enter };
  const member = modelled('member', function* (me: number) {
    if (first !== undefined) yield* first(made, me);
    const role = yield* enter(me);
    yield* during('inside', me, function* () {
      yield* flags[me]!.write(role === 'guest').at('leave');
    });
  });
  const visitor = modelled('visitor', function* () {
    if (host !== undefined) yield* host(made);
  });
  const threads: Thread[] = THREADS.map((me) => thread(`t${me}`, 'member', member, me));
  if (host !== undefined) threads.push(thread('host', 'host', visitor));
  return { shared, threads, claims: claims?.(made) ?? [] };
}

/** For tests: the renaming that comes to mind for threads 0 and 1, be it a symmetry or not. */
export function plainSwap({ prepared }: StateGraph, hostNodes?: readonly number[]): Renaming {
  const trade = (number: number) => (number < 2 ? 1 - number : number);
  const { compiled, layout } = prepared;
  return {
    threads: compiled.automata.map((_, i) => trade(i)),
    variables: layout.variables.map((_, i) => trade(i)),
    values: layout.variables.map(({ name, domain }) =>
      domain.map((_, value) => (name === 'owner' && value > 0 ? trade(value - 1) + 1 : value)),
    ),
    nodes: compiled.automata.map(({ nodes }, i) =>
      i === 3 && hostNodes !== undefined ? hostNodes : nodes.map((_, n) => n),
    ),
  };
}

/** For tests: what the verification says of a renaming, whoever comes with it. */
export function verdictOn(candidate: Renaming, { prepared }: StateGraph): string | undefined {
  const { compiled, layout } = prepared;
  return verify(compiled, layout.variables, stepsOf(compiled, layout.variables), candidate);
}
