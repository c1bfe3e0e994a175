import type { CompiledSystem } from '../automaton/compile.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import { ClaimImages } from './claim-images.ts';
import { type Judged, Judges } from './judged.ts';
import { match } from './match.ts';
import type { Renaming } from './renaming.ts';
import type { Step, StepEdge } from './steps.ts';

/** A renaming on trial. Beside the visible nodes it maps the interior ones that steps lead to. */
export type Candidate = Renaming;

/**
 * Verifies that a renaming maps the transitions of the system, each with its thread, and the
 * violations of each claim onto each other, in all states and not only in the reachable ones, and
 * the initial state to itself. Nothing is assumed of the candidate but that it has a number for
 * each thread, variable, value and node.
 *
 * @returns the first reason why it does not
 */
export function verify(
  compiled: CompiledSystem,
  variables: readonly Variable<Scalar>[],
  steps: readonly (readonly Step[])[],
  candidate: Candidate,
): string | undefined {
  const judges = new Judges(compiled);
  const names = compiled.system.threads.map(({ name }) => name);
  if (!isBijective(compiled, variables, candidate)) return 'the renaming loses something';
  for (const [x, { name, initial }] of variables.entries()) {
    const image = variables[candidate.variables[x]!]!;
    if (candidate.values[x]![initial] !== image.initial) {
      return `${name} and ${image.name} start with values that are no counterparts`;
    }
  }
  const claims = new ClaimImages(compiled, variables, candidate);
  for (const [thread, { entry, entryEvents }] of compiled.automata.entries()) {
    const image = candidate.threads[thread]!;
    const other = compiled.automata[image]!;
    const pair = `${names[thread]} and ${names[image]}`;
    if (
      candidate.nodes[thread]![entry] !== other.entry ||
      !sameJudged(judges.along(entryEvents), judges.along(other.entryEvents), claims)
    ) {
      return `${pair} start differently`;
    }
    for (const [n, m] of candidate.nodes[thread]!.entries()) {
      if (m < 0) continue;
      const [left, right] = [steps[thread]![n]!, steps[image]![m]!];
      if (!sameStep(left, right, thread, candidate, claims)) {
        return `${pair} do not do the same at "${left.text}" and "${right.text}"`;
      }
      if (!claims.samePrograms(left.programs, right.programs)) {
        return `claims on positions treat ${pair} differently at "${left.text}"`;
      }
    }
  }
  const broken = claims.brokenClaim();
  return broken === undefined ? undefined : `the claim ${broken} tells them apart`;
}

function isBijective(
  { automata }: CompiledSystem,
  variables: readonly Variable<Scalar>[],
  { threads, variables: images, values, nodes }: Candidate,
): boolean {
  return (
    isBijection(threads, automata.length) &&
    isBijection(images, variables.length) &&
    variables.every(({ domain }, x) => {
      const image = variables[images[x]!]!;
      return image.domain.length === domain.length && isBijection(values[x]!, domain.length);
    }) &&
    automata.every(({ visibleCount, nodes: { length } }, thread) => {
      const image = automata[threads[thread]!]!;
      const list = nodes[thread]!;
      const interior = list.slice(visibleCount);
      return (
        list.length === length &&
        image.visibleCount === visibleCount &&
        isBijection(list.slice(0, visibleCount), visibleCount) &&
        interior.every((m) => m === -1 || (m >= visibleCount && m < image.nodes.length))
      );
    })
  );
}

function isBijection(images: readonly number[], count: number): boolean {
  const reached = new Set(images.filter((image) => image >= 0 && image < count));
  return images.length === count && reached.size === count;
}

function sameStep(
  left: Step,
  right: Step,
  thread: number,
  candidate: Candidate,
  claims: ClaimImages,
): boolean {
  const nodes = candidate.nodes[thread]!;
  const sameEdge = (l: StepEdge, r: StepEdge) =>
    nodes[l.target] === r.target && l.waypoints === r.waypoints && sameJudged(l, r, claims);
  if (left.kind !== right.kind || !sameTables(left, right, candidate)) return false;
  if (left.edgesBy === 'choice' || right.edgesBy === 'choice') {
    return left.edgesBy === right.edgesBy && match(left.edges, right.edges, sameEdge);
  }
  if (left.edgesBy === 'place' || right.edgesBy === 'place') {
    return (
      left.edgesBy === right.edgesBy &&
      left.edges.length === right.edges.length &&
      left.edges.every((edge, i) => sameEdge(edge, right.edges[i]!))
    );
  }
  const [x] = left.tables.keys();
  const [byLeft, byRight] = [left.edgesBy, right.edgesBy];
  return byLeft.every((l, value) => {
    const r = byRight[candidate.values[x!]![value]!]!;
    return l < 0 || r < 0 ? l === r : sameEdge(left.edges[l]!, right.edges[r]!);
  });
}

function sameJudged(left: Judged, right: Judged, claims: ClaimImages): boolean {
  return left.passed === right.passed && claims.samePrograms(left.programs, right.programs);
}

function sameTables(left: Step, right: Step, { variables, values }: Candidate): boolean {
  if (left.tables.size !== right.tables.size) return false;
  const isTest = /^(test|wait) /.test(left.kind);
  return [...left.tables].every(([x, table]) => {
    const image = right.tables.get(variables[x]!);
    return table.every((to, value) => {
      const imageTo = image?.[values[x]![value]!];
      return imageTo === (isTest || to < 0 ? to : values[x]![to]);
    });
  });
}
