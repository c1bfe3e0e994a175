import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCheck } from '../checker/check/check.ts';
import type { Part } from '../checker/check/result.ts';
import { documentOf } from '../checker/report/document.ts';
import { EVENTS_MAX, eventCount, listDiagram } from '../checker/report/list-cells.ts';
import { listReports } from '../checker/report/list-report.ts';
import { runOf } from '../checker/report/list-run.ts';
import { list_style } from '../model/list-style.ts';
import { mutations } from '../model/mutations/index.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import kvm from './index.ts';
import { SMALLEST } from './smallest-scopes.ts';

/** Lines that one can see at once. */
const SCREEN = 50;

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The report of one claim in a scope that violates it. */
function reportOf(scope: KvmScope, claim: string, part: Part = 'safety') {
  const [scopes, livenessScopes] = part === 'safety' ? [[scope], []] : [[], [scope]];
  const result = runCheck(kvm, scopes, {
    engine: 'compiled',
    only: [claim],
    limits: {},
    keepGoing: false,
    shrink: true,
    livenessScopes,
  });
  const replay = (schedule: string) => `npm run replay -- '${schedule}'`;
  const document = documentOf(result, {
    tool: 'kvm-interleave 0.1.0',
    scopes,
    livenessScopes,
    command: 'npm run check',
    replay,
    directory: '/',
  });
  const block = listReports(document, { style: list_style, tabs: false });
  return { block, violation: document.counterexample! };
}

/** The smallest scope that shows a mutation. */
function smallest(number: number): KvmScope {
  const { name, needs } = mutations.find((mutation) => mutation.number === number)!;
  return complete_scope({ ...needs, ...SMALLEST[number], mutate: name });
}

const LIVELOCK = complete_scope({
  vcpus: 2,
  ops: 1,
  regions: 1,
  host: [],
  variant: 'baseline',
});

/** What can be said of every block that fits into a mail. */
function expectToFit({ block, violation }: ReturnType<typeof reportOf>): void {
  expect(eventCount(listDiagram(runOf(violation), list_style))).toBeLessThanOrEqual(EVENTS_MAX);
  expect(Math.max(...block.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(75);
  expect(drawingIn(block).split('\n').length).toBeLessThanOrEqual(SCREEN);
}

function drawingIn(block: string): string {
  return block.slice(0, block.indexOf('Violates:'));
}

/** Runs the command in a report as it is pasted into a shell. */
function runReproduce(block: string) {
  const after = block.slice(block.indexOf('Reproduce:\n') + 'Reproduce:\n'.length);
  const command = after.slice(0, after.indexOf('\n\n'));
  return spawnSync(command, { cwd: ROOT, shell: true, encoding: 'utf8' });
}

test.each([
  [1, 'P1', ['hugepage_set_guest_inhibit()', 'tdp_mmu_iter_cond_resched()']],
  [2, 'P4', ['tdp_mmu_set_spte_atomic()', 'kvm_tdp_mmu_map_entry()']],
  [4, 'P1', ['hugepage_set_guest_inhibit()', 'kvm_lpage_info_max_mapping_level()']],
  [16, 'T5', ['hugepage_test_guest_inhibit()', 'hugepage_set_guest_inhibit()']],
  [23, 'P3', ['kvm_lpage_info_max_mapping_level()', 'hugepage_set_guest_inhibit()']],
])('mutation %i can be mailed: it fits, and names the functions', (number, claim, functions) => {
  const report = reportOf(smallest(number), claim);
  expectToFit(report);
  const { block } = report;
  const drawing = drawingIn(block);
  expect(block).toContain('Minimal:       no schedule violates this claim with fewer vCPUs than');
  for (const name of functions) expect(drawing).toContain(name);
  expect(drawing).toContain('_lock(mmu_lock)');
  expect(block).toContain(`Violates:      ${claim}. `);
  const { status, stdout } = runReproduce(block);
  expect(stdout).toContain(`reproduced: ${claim} fails`);
  expect(status).toBe(1);
});

test.each(['L1', 'L2'])('the livelock of the baseline can be mailed: %s', (claim) => {
  const report = reportOf(LIVELOCK, claim, 'liveness');
  expectToFit(report);
  const drawing = drawingIn(report.block);
  for (const name of ['tdh_mem_page_aug()', 'kvm_tdp_mmu_page_fault()']) {
    expect(drawing).toContain(name);
  }
  // The loop begins where the guest runs again, and not in the middle of a fault.
  expect(drawing).toContain('From here again and again:\n\n    tdg_mem_page_accept()');
  expect(report.block).toContain('Minimal:       no loop violates this claim with fewer vCPUs');
  const { status, stdout } = runReproduce(report.block);
  expect(stdout).toContain(`reproduced: ${claim} fails`);
  expect(status).toBe(1);
});
