import type { ScopeResult } from '../checker/check/result.ts';
import { count } from '../checker/report/claims-table.ts';
import type { ModelFile } from '../checker/worker/import-model.ts';
import { runInWorker } from '../checker/worker/run-in-worker.ts';
import type { KvmScope } from '../model/parameters.ts';
import { scopes } from '../model/scopes.ts';
import { errorOf, InternalFault } from './fault.ts';

/** What one default scope costs. */
export interface Size extends Pick<ScopeResult, 'verdict' | 'states' | 'transitions' | 'depth'> {
  readonly scope: KvmScope;
  /** Of all threads, start of the worker included. */
  readonly cpuSeconds: number;
  /** From the start of the worker to its answer. */
  readonly wallSeconds: number;
}

const VCPUS = [2, 3] as const;

/** The default scopes in order. */
export const MEASURED: readonly KvmScope[] = VCPUS.flatMap((vcpus) => scopes({ vcpus }));

/**
 * Checks one scope by one thread, and takes the time.
 *
 * @throws the reason of the signal once that is aborted
 */
export async function measure(
  scope: KvmScope,
  file: ModelFile,
  memoryBytesMax: number,
  signal: AbortSignal,
): Promise<Size> {
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const options = { engine: 'compiled', limits: { memoryBytesMax }, keepGoing: false } as const;
  const answer = await runInWorker(
    { kind: 'check', model: file, scopes: [scope], options },
    { onProgress: () => {}, signal, heapBytesMax: memoryBytesMax },
  );
  signal.throwIfAborted();
  if (answer.kind === 'fault') throw errorOf(answer, file);
  if (answer.kind === 'replayed') throw new InternalFault('the worker answered with a replay');
  const found = answer.kind === 'checked' ? answer.result.scopes[0] : undefined;
  const { verdict, states, transitions, depth } = found ?? LOST;
  const { user, system } = process.cpuUsage(cpuBefore);
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const cpuSeconds = (user + system) / 1e6;
  return { scope, verdict, states, transitions, depth, cpuSeconds, wallSeconds };
}

const LOST = { verdict: 'STOPPED', states: 0, transitions: 0, depth: 0 } as const;

/** A Markdown table of what each default scope costs, and all of the same number of vCPUs. */
export function sizesTable(sizes: readonly Size[]): string {
  const head = ['scope', 'vCPUs', 'states', 'transitions', 'depth', 'CPU s', 'wall s'];
  const letter = (size: Size) => String.fromCharCode('a'.charCodeAt(0) + sizes.indexOf(size));
  const rows = VCPUS.flatMap((vcpus) => {
    const group = sizes.filter(({ scope }) => scope.vcpus === vcpus);
    return [
      ...group.map((size) => sizeRow(`${letter(size)}. ${scopeText(size.scope)}`, vcpus, size)),
      sizeRow(`all of ${vcpus} vCPUs`, vcpus, {
        states: sum(group.map(({ states }) => states)),
        transitions: sum(group.map(({ transitions }) => transitions)),
        depth: Math.max(...group.map(({ depth }) => depth)),
        cpuSeconds: sum(group.map(({ cpuSeconds }) => cpuSeconds)),
        wallSeconds: sum(group.map(({ wallSeconds }) => wallSeconds)),
      }),
    ];
  });
  const line = (cells: readonly string[]) => `|${cells.map((text) => ` ${text} |`).join('')}`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''].join('\n');
}

function sizeRow(name: string, vcpus: number, size: Omit<Size, 'scope' | 'verdict'>): string[] {
  return [
    name,
    String(vcpus),
    count(size.states),
    count(size.transitions),
    String(size.depth),
    size.cpuSeconds.toFixed(1),
    size.wallSeconds.toFixed(1),
  ];
}

/** A scope in words, e.g. `2 ops, 1 region, prefault`. */
function scopeText({ ops, regions, host, inject, base }: KvmScope): string {
  return [
    `${ops} ${ops === 1 ? 'op' : 'ops'}`,
    `${regions} ${regions === 1 ? 'region' : 'regions'}`,
    ...(host.length === 0 ? [] : [host.join(' and ')]),
    ...inject,
    ...(base === 'capped-before' ? [] : [base]),
  ].join(', ');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
