import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCheck } from '../checker/check/check.ts';
import { documentOf, stepsOf } from '../checker/report/document.ts';
import { EVENTS_MAX, eventCount, listDiagram } from '../checker/report/list-cells.ts';
import { listReports } from '../checker/report/list-report.ts';
import { list_style } from '../model/list-style.ts';
import { mutations } from '../model/mutations/index.ts';
import { complete_scope } from '../model/scopes.ts';
import kvm from './index.ts';
import { SMALLEST } from './smallest-scopes.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The report of a mutation on its smallest scope, judged by one claim. */
function reportOf(number: number, claim: string) {
  const { name, needs } = mutations.find((mutation) => mutation.number === number)!;
  const scope = complete_scope({ ...needs, ...SMALLEST[number], mutate: name });
  const options = {
    engine: 'compiled',
    only: [claim],
    limits: {},
    keepGoing: false,
    shrink: true,
  } as const;
  const result = runCheck(kvm, [scope], options);
  const replay = (schedule: string) => `npm run replay -- '${schedule}'`;
  const document = documentOf(result, {
    tool: 'kvm-interleave 0.1.0',
    scopes: [scope],
    command: 'npm run check',
    replay,
    directory: '/',
  });
  const block = listReports(document, { style: list_style, tabs: false });
  return { block, violation: document.counterexample! };
}

test.each([
  [1, 'P1', ['hugepage_set_guest_inhibit()', 'tdp_mmu_iter_cond_resched()']],
  [2, 'P4', ['tdp_mmu_set_spte_atomic()', 'kvm_tdp_mmu_map_entry()']],
  [4, 'P1', ['hugepage_set_guest_inhibit()', 'kvm_lpage_info_max_mapping_level()']],
  [16, 'T5', ['hugepage_test_guest_inhibit()', 'hugepage_set_guest_inhibit()']],
  [23, 'P3', ['kvm_lpage_info_max_mapping_level()', 'hugepage_set_guest_inhibit()']],
])('mutation %i can be mailed: it fits, and names the functions', (number, claim, functions) => {
  const { block, violation } = reportOf(number, claim);
  const diagram = listDiagram(stepsOf(violation), violation.why, list_style);
  expect(eventCount(diagram)).toBeLessThanOrEqual(EVENTS_MAX);
  expect(Math.max(...block.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(75);
  const drawing = block.slice(0, block.indexOf('Violates:'));
  expect(block).toContain('Minimal:       no schedule violates this claim with fewer vCPUs than');
  for (const name of functions) expect(drawing).toContain(name);
  expect(drawing).toContain('_lock(mmu_lock)');
  expect(block).toContain(`Violates:      ${claim}. `);
});

test('the command in a report runs as it is pasted into a shell, and reproduces', () => {
  const { block } = reportOf(23, 'P3');
  const after = block.slice(block.indexOf('Reproduce:\n') + 'Reproduce:\n'.length);
  const command = after.slice(0, after.indexOf('\n\n'));
  expect(command.split('\n').length).toBeGreaterThan(1);
  const { status, stdout } = spawnSync(command, { cwd: ROOT, shell: true, encoding: 'utf8' });
  expect(stdout).toContain('reproduced: P3 fails');
  expect(status).toBe(1);
});
