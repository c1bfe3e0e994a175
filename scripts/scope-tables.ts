import { count } from '../checker/report/claims-table.ts';
import type { Mutation } from '../model/mutations/mutation.ts';
import { COLUMNS, SHOWN, scopeText, VCPUS } from './default-columns.ts';
import type { Finding, Size } from './scope-survey.ts';

/** A Markdown table of what each default scope costs, and all of the same number of vCPUs. */
export function sizesTable(sizes: readonly Size[]): string {
  const head = ['scope', 'vCPUs', 'states', 'transitions', 'depth', 'CPU s', 'wall s'];
  const rows = VCPUS.flatMap((vcpus) => {
    const group = sizes.filter(({ column }) => column.scope.vcpus === vcpus);
    const all = `all of ${vcpus} vCPUs`;
    return [
      ...group.map((size) =>
        sizeRow(`${size.column.letter}. ${scopeText(size.column.scope)}`, vcpus, size),
      ),
      sizeRow(all, vcpus, {
        states: sum(group.map(({ states }) => states)),
        transitions: sum(group.map(({ transitions }) => transitions)),
        depth: Math.max(...group.map(({ depth }) => depth)),
        cpuSeconds: sum(group.map(({ cpuSeconds }) => cpuSeconds)),
        wallSeconds: sum(group.map(({ wallSeconds }) => wallSeconds)),
      }),
    ];
  });
  return table(head, rows);
}

/**
 * A Markdown table of mutations by default scopes. A cell has the length of a shortest schedule for
 * each claim of the row, a dash where the claim holds, and the verdict if no claim should fail.
 */
export function catchesTable(findings: readonly Finding[]): string {
  const head = ['mutation', 'claims of its row', ...COLUMNS.map(({ letter }) => letter)];
  const rows = SHOWN.map((mutation) => [
    `${mutation.number} ${mutation.name}`,
    mutation.hits.length === 0 ? 'none: equivalent' : mutation.hits.join(', '),
    ...COLUMNS.map((column) =>
      findings
        .filter((finding) => finding.mutation === mutation && finding.column === column)
        .map(cell)
        .join(', '),
    ),
  ]);
  return table(head, rows);
}

/** What a reader of docs/scopes.md would be surprised by: one line each. */
export function surprises(sizes: readonly Size[], findings: readonly Finding[]): string[] {
  return [
    ...sizes
      .filter(({ verdict }) => verdict !== 'EXHAUSTED')
      .map(({ column, verdict }) => `scope ${column.letter}: ${verdict}, expected EXHAUSTED`),
    ...SHOWN.flatMap((mutation) => {
      const own = findings.filter((finding) => finding.mutation === mutation);
      return mutation.hits.length === 0 ? noticed(own) : missed(mutation, own);
    }),
  ];
}

function missed({ number, name, hits }: Mutation, findings: readonly Finding[]): string[] {
  return VCPUS.filter(
    (vcpus) =>
      !findings.some(
        ({ scope, claim, violated }) => scope.vcpus === vcpus && violated.has(claim ?? ''),
      ),
  ).map(
    (vcpus) =>
      `mutation ${number} ${name}: caught in no default scope of ${vcpus} vCPUs, ` +
      `expected a failure of ${hits.join(' or ')}`,
  );
}

function noticed(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ verdict }) => verdict !== 'EXHAUSTED')
    .map(({ mutation: { number, name }, column, verdict, violated }) => {
      const failed = violated.size === 0 ? '' : ` (${[...violated.keys()].join(', ')})`;
      return (
        `mutation ${number} ${name}: ${verdict}${failed} in scope ${column.letter}, ` +
        'expected EXHAUSTED as it is equivalent'
      );
    });
}

/** Where something else failed before the claim was decided, that is what the cell says. */
function cell({ claim, verdict, violated }: Finding): string {
  const length = claim === undefined ? undefined : violated.get(claim);
  if (length !== undefined) return String(length);
  if (claim !== undefined && verdict === 'EXHAUSTED') return '-';
  if (violated.size === 0) return verdict;
  return [...violated].map(([id, steps]) => `${id} ${steps}`).join(' ');
}

function sizeRow(name: string, vcpus: number, size: Omit<Size, 'column' | 'verdict'>): string[] {
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

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `|${cells.map((text) => ` ${text} |`).join('')}`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''].join('\n');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
