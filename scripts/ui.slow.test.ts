import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestBrowser } from '../checker/page/browser.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

let browser: TestBrowser;
let server: ChildProcess;
let address: string;
beforeAll(async () => {
  browser = await TestBrowser.launch();
  const scope = ['--vcpus', '2', '--ops', '1', '--port', '0'];
  server = spawn(process.execPath, ['scripts/kvm-interleave.mjs', 'ui', ...scope], { cwd: ROOT });
  const [line] = (await once(server.stdout!, 'data')) as [Buffer];
  address = /^http:\S+/.exec(line.toString())![0];
});
afterAll(async () => {
  await browser.close();
  server.kill('SIGINT');
  expect(await once(server, 'exit')).toEqual([0, null]);
});

test('the reader chooses each step, goes back, takes another, and jumps', async () => {
  const complaints: string[] = [];
  const page = await browser.visit(address, complaints);
  const now = page.getByRole('status');
  await page.getByRole('button', { name: /^vCPU1: choose → {does: touch, gfn: 2}/ }).click();
  await now.getByText('1 / 1').waitFor();
  expect(await now.innerText()).toContain('vCPU1, choose → {does: touch, gfn: 2}');
  await page.getByRole('button', { name: /^vCPU1: F4: write/ }).click();
  await now.getByText('2 / 2').waitFor();

  await page.keyboard.press('ArrowLeft');
  await now.getByText('1 / 2').waitFor();
  await page.getByRole('button', { name: /^vCPU0: choose → {does: stop}/ }).click();
  await now.getByText('2 / 2').waitFor();
  expect(await now.innerText()).toContain('vCPU0, choose → {does: stop}');
  expect(await page.locator('.threads > li').nth(0).innerText()).toContain('finished');

  await page.getByLabel('Variable', { exact: true }).selectOption('mirror_2M[1]');
  await page.getByLabel('Value').selectOption('FROZEN');
  await page.getByRole('button', { name: 'Jump' }).first().click();
  const region = page.locator('.piece', { hasText: '2M region 1' });
  await region.getByText('FROZEN').waitFor();

  await page.getByLabel('Variable', { exact: true }).selectOption('vm_dead');
  await page.getByLabel('Value').selectOption('true');
  await page.getByRole('button', { name: 'Jump' }).first().click();
  await page.getByText('No such state is near.').waitFor();
  expect(complaints).toEqual([]);
});

test('what is not asked by the page is refused in one line', async () => {
  const post = (body: string, headers = {}) =>
    fetch(`${address}run`, { method: 'POST', body, headers });
  const impossible = await post('{"moves":[{"thread":7,"choices":[]}]}');
  expect([impossible.status, await impossible.text()]).toEqual([
    400,
    expect.stringContaining('step 1 of the schedule is impossible for thread 7'),
  ]);
  expect((await post('{"moves":1}')).status).toBe(400);
  expect((await post('nonsense')).status).toBe(400);
  expect((await fetch(`${address}else`)).status).toBe(404);
  expect((await post('{"moves":[]}', { origin: 'http://example.org' })).status).toBe(403);
});
