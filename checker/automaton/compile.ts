import type { Claim, PositionClaim, ReturnClaim } from '../language/claim.ts';
import type { LivenessClaim, Pair } from '../language/liveness-claim.ts';
import { ContractError } from '../language/model-error.ts';
import type { System } from '../language/system.ts';
import { showValue } from '../language/value.ts';
import { type Automaton, eventKey, positionKey } from './automaton.ts';
import { compileDecision, type Decision, insidesRead, variablesRead } from './decision.ts';
import { Linker } from './link.ts';
import { minimize } from './minimize.ts';
import { resolve } from './resolve.ts';
import { Summarizer } from './summarize.ts';

/** One program of a claim, compiled. */
export interface CompiledProgram {
  readonly claim: string;
  /** What it judged, for the reason of a violation. */
  readonly about: string;
  readonly root: Decision;
}

/** What a liveness claim asks of a state, compiled. */
export interface CompiledQuestions {
  readonly first: CompiledProgram;
  readonly second: CompiledProgram;
}

/** A system as automata and decisions: all that a search needs. */
export interface CompiledSystem {
  readonly system: System;
  readonly automata: readonly Automaton[];
  readonly invariants: readonly CompiledProgram[];
  /** The programs that judge a return, by `eventKey`. */
  readonly returns: ReadonlyMap<string, readonly CompiledProgram[]>;
  /** The programs that judge a thread inside a stretch, by `positionKey`. */
  readonly positions: ReadonlyMap<string, readonly CompiledProgram[]>;
  /** The questions of liveness claims; none unless they were asked for. */
  readonly questions: ReadonlyMap<Pair, CompiledQuestions>;
  /** Names of the ghost variables that some claim reads. */
  readonly ghosts: ReadonlySet<string>;
  /** Every label of the threads' operations and branches. */
  readonly labels: ReadonlySet<string>;
  /** Names of the functions that some thread calls, in some run. */
  readonly functions: ReadonlySet<string>;
}

/**
 * Compiles the threads and claims of a system.
 *
 * @param onFunction is told which function is about to be run, for the watchdog
 * @param liveness claims over infinite runs whose marks and questions are to be compiled too
 * @throws ContractError if the system breaches the contract of the language
 */
export function compile(
  system: System,
  onFunction: (name: string) => void = () => {},
  liveness: readonly LivenessClaim[] = [],
): CompiledSystem {
  checkNames(system);
  const { threads, claims } = system;
  const claimPrograms = new Summarizer(threads.length, onFunction);
  const linker = new Linker(new Set());
  const decide = (
    claim: Claim | LivenessClaim,
    about: string,
    program: () => ReturnType<ReturnClaim['program']>,
  ) => ({
    claim: claim.id,
    about,
    root: compileDecision(`claim ${claim.id} (${about})`, claimPrograms, linker, program),
  });

  const invariants = claims.flatMap((claim) =>
    claim.kind === 'invariant'
      ? claim.observers.map(({ about, program }) => decide(claim, about, program))
      : [],
  );
  const questions = new Map<Pair, CompiledQuestions>();
  for (const claim of liveness) {
    for (const pair of claim.shape === 'leaves' ? [] : claim.pairs) {
      const { about, first, second } = pair;
      questions.set(pair, {
        first: decide(claim, about, first),
        second: decide(claim, about, second),
      });
    }
  }
  const returnClaims = claims.filter((claim) => claim.kind === 'return');
  const positionClaims = claims.filter((claim) => claim.kind === 'position');

  // Return and position programs are compiled for what occurs, but what occurs in the automata may
  // depend on the marks and ghosts that the programs read: go on until nothing new turns up.
  const left = new Set(liveness.flatMap((claim) => (claim.shape === 'leaves' ? claim.mark : [])));
  const marks = new Set([...left, ...positionClaims.map((claim) => claim.mark)]);
  const ghosts = new Set<string>();
  for (const claim of claims) {
    if (claim.kind !== 'step') continue;
    for (const { ghost, name } of claim.variables) if (ghost) ghosts.add(name);
  }
  const asked = [...questions.values()].flatMap(({ first, second }) => [first, second]);
  for (const { root } of [...invariants, ...asked]) collectReads(root, marks, ghosts);
  const programs = new Summarizer(threads.length, onFunction);
  const summaries = threads.map(({ program, args }) => programs.summarize(program, args));
  for (;;) {
    const wanted = marks.size + ghosts.size;
    const automata = threads.map(({ name }, i) => {
      const claimed = new Set(returnClaims.map((claim) => claim.callee.identity));
      const root = new Linker(claimed).linkThread(summaries[i] as (typeof summaries)[number]);
      return minimize(resolve(name, root, { marks, ghosts, left }));
    });
    automata.forEach((automaton) => checkAssertions(automaton, claims));
    const returns = compileReturns(automata, returnClaims, decide);
    const positions = compilePositions(automata, positionClaims, decide);
    for (const list of [...returns.values(), ...positions.values()]) {
      for (const { root } of list) collectReads(root, marks, ghosts);
    }
    if (marks.size + ghosts.size === wanted) {
      const { labels, functions } = programs;
      const found = { automata, invariants, returns, positions, questions };
      return { system, ...found, ghosts, labels, functions };
    }
  }
}

type Decide = (
  claim: Claim,
  about: string,
  program: () => ReturnType<ReturnClaim['program']>,
) => CompiledProgram;

function compileReturns(
  automata: readonly Automaton[],
  claims: readonly ReturnClaim[],
  decide: Decide,
): Map<string, readonly CompiledProgram[]> {
  const programs = new Map<string, readonly CompiledProgram[]>();
  for (const { nodes, entryEvents } of automata) {
    const events = nodes.flatMap((node) => node.edges.flatMap((edge) => edge.events));
    for (const event of [...entryEvents, ...events]) {
      const key = eventKey(event);
      if (event.kind !== 'return' || programs.has(key)) continue;
      programs.set(
        key,
        claims
          .filter((claim) => claim.callee.identity === event.identity)
          .map((claim) =>
            decide(claim, `${event.functionName}() = ${showValue(event.result)}`, () =>
              claim.program(event.args, event.result),
            ),
          ),
      );
    }
  }
  return programs;
}

function compilePositions(
  automata: readonly Automaton[],
  claims: readonly PositionClaim[],
  decide: Decide,
): Map<string, readonly CompiledProgram[]> {
  const programs = new Map<string, readonly CompiledProgram[]>();
  for (const position of automata.flatMap(({ nodes }) => nodes.flatMap((n) => n.positions))) {
    const key = positionKey(position);
    if (programs.has(key)) continue;
    programs.set(
      key,
      claims
        .filter((claim) => claim.mark === position.mark)
        .map((claim) =>
          decide(claim, `${position.mark} ${showValue(position.data)}`, () =>
            claim.program(position.data),
          ),
        ),
    );
  }
  return programs;
}

function collectReads(decision: Decision, marks: Set<string>, ghosts: Set<string>): void {
  for (const { ghost, name } of variablesRead(decision)) if (ghost) ghosts.add(name);
  for (const { mark } of insidesRead(decision)) marks.add(mark);
}

/** An assertion that names a claim which nobody declares would be judged by nobody. */
function checkAssertions({ nodes, entryEvents }: Automaton, claims: readonly Claim[]): void {
  const declared = claims.filter(({ kind }) => kind === 'assertion').map(({ id }) => id);
  const events = nodes.flatMap(({ edges }) => edges.flatMap((edge) => edge.events));
  const named = [
    ...nodes.flatMap(({ action }) => (action.kind === 'failure' ? [action.claim] : [])),
    ...[...entryEvents, ...events].map((e) => (e.kind === 'passed' ? e.claim : undefined)),
  ];
  const unknown = named.find((claim) => claim !== undefined && !declared.includes(claim));
  if (unknown !== undefined) {
    throw new ContractError(
      `an assertion names the claim ${unknown}; expected one declared by assertionClaim` +
        `${declared.length === 0 ? '' : `: ${declared.join(', ')}`}`,
    );
  }
}

function checkNames({ threads, claims, liveness = [] }: System): void {
  const twice = (kind: string, names: readonly string[]) => {
    const name = names.find((other, i) => names.indexOf(other) !== i);
    if (name !== undefined) {
      throw new ContractError(`two ${kind} are called ${name}; expected unique names`);
    }
  };
  if (threads.length === 0) throw new ContractError('the system has no threads; expected one');
  twice(
    'threads',
    threads.map((thread) => thread.name),
  );
  const ids = [...claims, ...liveness].map(({ id }) => id);
  twice('claims', ['assertions', 'deadlock', ...ids]);
}
