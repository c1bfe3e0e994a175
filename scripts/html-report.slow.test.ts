import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestBrowser } from '../checker/page/browser.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'report-'));

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

test('the page of a check shows the memory at the moment that its report speaks of', async () => {
  const complaints: string[] = [];
  const page = await browser.open(reportOf(['--vcpus', '2', '--mutate', '23']), complaints);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('VIOLATED');
  expect(await page.getByLabel('Claim').innerText()).toContain('goal_level: 2');

  const region = page.locator('.piece', { hasText: '2M region 0' });
  expect(await region.innerText()).toMatch(/disallow_lpage\s+GUEST_INHIBIT/);
  await page.getByRole('option', { name: 'write disallow_lpage_2M[0] = GUEST_INHIBIT' }).click();
  expect(await region.locator('.changed').innerText()).toMatch(/GUEST_INHIBIT\s+was 0/);
  const variables = page.getByRole('table', { name: 'Variables' });
  const lock = variables.getByRole('row', { name: 'mmu_lock' });
  expect(await lock.innerText()).toContain('vCPU1 (writer)');
  const threads = page.locator('.threads > li');
  expect(await threads.nth(0).innerText()).toContain('waits F11: acquire mmu_lock.reader');
  await page.keyboard.press('ArrowLeft');
  expect(await region.innerText()).toMatch(/disallow_lpage\s+0/);
  expect(complaints).toEqual([]);
});

test('two runs write the same page, with any number of workers', () => {
  const args = ['--model', 'docs/examples/ticket-lock.ts'];
  expect(reportOf([...args, '--workers', '2'])).toBe(reportOf([...args, '--workers', '1']));
});

function reportOf(args: readonly string[]): string {
  const path = join(folder, 'report.html');
  const command = ['scripts/kvm-interleave.mjs', 'check', ...args, '--output-file.html', path];
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  expect([status, stderr.replace(/^timing: .*\n/, '')]).toEqual([1, '']);
  return readFileSync(path, 'utf8');
}
