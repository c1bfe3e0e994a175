import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import peterson from '../../docs/examples/peterson.ts';
import { runCheck } from '../check/check.ts';
import type { Move } from '../engine/engine.ts';
import { Machine } from '../generators/machine.ts';
import { record } from '../generators/recording.ts';
import { buildSystem, type Model } from '../language/model.ts';
import { documentOf } from '../report/document.ts';
import { type Exhibit, exhibitOf, type Run } from '../report/exhibit.ts';
import lostUpdate from '../report/fixtures/lost-update.ts';
import { htmlPage } from '../report/html-page.ts';
import { TestBrowser } from './browser.ts';

const LONG = 10_000;
/** Much less than a long run would need: three elements for each of its steps. */
const ELEMENTS_MAX = 600;
/** Of text on its background: WCAG 2.2, level AA. */
const CONTRAST_MIN = 4.5;

const a: Move = { thread: 0, choices: [] };
const b: Move = { thread: 1, choices: [] };

let browser: TestBrowser;
const complaints: string[] = [];
beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterAll(() => browser.close());
afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

const open = (runs: readonly Run[], options = {}) =>
  browser.open(htmlPage(exhibitWith(runs)), complaints, options);

describe('a page', () => {
  test('goes through a run by keys', async () => {
    const page = await open([lostUpdateRun()]);
    const now = page.getByRole('status');
    expect(await now.innerText()).toMatch(/^6 \/ 6 CPU1, L3: update finished/);
    await expectText(page, 'kept is broken: fails for counter');
    await page.keyboard.press('ArrowLeft');
    expect(await now.innerText()).toMatch(/^5 \/ 6 /);
    await expectText(page, 'No claim is broken here.');
    await page.keyboard.press('Home');
    expect(await now.innerText()).toMatch(/^0 \/ 6 initial state/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await now.innerText()).toMatch(/^2 \/ 6 CPU1, L1: read counter → 0/);
    await page.keyboard.press(']');
    expect(await now.innerText()).toMatch(/^4 \/ 6 /);
    await page.keyboard.press('[');
    expect(await now.innerText()).toMatch(/^2 \/ 6 /);
    await page.keyboard.press('End');
    expect(await now.innerText()).toMatch(/^6 \/ 6 /);
    expect(new URL(page.url()).hash).toBe('#kept/6');
  });

  test('goes through a run by clicks, on steps, buttons and the slider', async () => {
    const page = await open([lostUpdateRun()]);
    const now = page.getByRole('status');
    await page.getByRole('option', { name: 'CPU0: L2: write counter = 1' }).click();
    expect(await now.innerText()).toMatch(/^3 \/ 6 /);
    expect(await page.getByRole('option', { selected: true }).innerText()).toContain('L2: write');
    await page.getByRole('button', { name: 'One step back' }).click();
    expect(await now.innerText()).toMatch(/^2 \/ 6 /);
    await page.getByRole('button', { name: 'First' }).click();
    expect(await page.getByRole('button', { name: 'One step back' }).isDisabled()).toBe(true);
    await page.getByRole('slider', { name: 'Step' }).fill('4');
    expect(await now.innerText()).toMatch(/^4 \/ 6 /);
    await page.getByRole('slider', { name: 'Step' }).press('ArrowLeft');
    expect(await now.innerText()).toMatch(/^3 \/ 6 /);
  });

  test('shows what changed, what each thread would do next, and where it is', async () => {
    const page = await open([lostUpdateRun()]);
    await page.getByRole('option', { name: 'CPU0: L2: write counter = 1' }).click();
    const variables = page.getByRole('table', { name: 'Variables' });
    expect(await variables.getByRole('row', { name: 'counter' }).innerText()).toMatch(/1\s+was 0/);
    expect(await page.locator('tr.changed').count()).toBe(1);
    const next = page.locator('.threads > li');
    expect(await next.nth(0).innerText()).toContain('L3: update finished');
    expect(await next.nth(1).innerText()).toContain('L2: write counter = 1');
    expect(await page.getByRole('list', { name: 'Calls' }).innerText()).toContain('increment()');
  });

  test('plays a run by itself, from the beginning if it is at the end', async () => {
    const page = await open([lostUpdateRun()]);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    expect(await page.getByRole('status').innerText()).toMatch(/^6 \/ 6 /);
  });

  test('goes round a loop for ever', async () => {
    const run = { ...lostUpdateRun(), loopStart: 2 };
    const page = await open([run]);
    const now = page.getByRole('status');
    await page.keyboard.press('ArrowRight');
    expect(await now.innerText()).toMatch(/^3 \/ 6 /);
    await expectText(page, 'In the loop, for ever: fails for counter');
    await page.keyboard.press('ArrowLeft');
    await expectText(page, 'No claim is broken here.');
    expect(await page.locator('.row.in-loop').count()).toBe(4);
  });

  test('offers a choice of runs, and opens at the step that its address names', async () => {
    const second = { ...lostUpdateRun(), name: 'grows' };
    const page = await open([lostUpdateRun(), second]);
    await page.getByRole('combobox', { name: 'Run' }).selectOption({ index: 1 });
    await page.keyboard.press('Home');
    await page.evaluate(() => {
      location.hash = '#grows/2';
      location.reload();
    });
    await page.getByRole('status').getByText('2 / 6').waitFor();
    expect(await page.getByRole('combobox').inputValue()).toBe('1');
  });

  test('says of a check without a run what was claimed', async () => {
    const page = await open([]);
    expect(await page.getByRole('row', { name: 'kept' }).innerText()).toContain('HOLDS');
  });

  test('shows the ledger, what is missing first, and opens the rest by keys', async () => {
    const page = await browser.open(htmlPage(exhibitWithLedger()), complaints);
    await expectText(page, 'Ledger');
    const missing = page.getByRole('table', { name: 'Not met' });
    expect(await missing.getByRole('row', { name: 'worker L2 waits' }).innerText()).toMatch(
      /never\s+never seen/,
    );
    const met = page.getByRole('table', { name: 'Met', exact: true });
    expect(await met.isVisible()).toBe(false);
    await page.getByText('Met 1', { exact: true }).focus();
    await page.keyboard.press('Enter');
    expect(await met.getByRole('row', { name: 'worker L1' }).innerText()).toMatch(/1,234/);
    await page.keyboard.press('Space');
    expect(await met.isVisible()).toBe(false);
    await page.getByText('Waived 1').click();
    expect(await page.getByRole('table', { name: 'Waived' }).innerText()).toContain('It is so.');
    const panel = await page.locator('.ledger').innerText();
    expect(panel).toContain('2 of 3 obligations are accounted for');
    expect(panel).toMatch(/The canary, a known mistake, was caught by kept\./);
  });

  test('the ledger of a real check is on its page', async () => {
    const scopes = [{ threads: 2, variant: 'atomic' }];
    const options = { engine: 'interpreter', limits: {}, keepGoing: false, ledger: true } as const;
    const result = runCheck(lostUpdate as unknown as Model, scopes, options);
    const document = documentOf(result, {
      ...{ tool: 'x 1', scopes, command: 'npm run check', directory: '/' },
      replay: (schedule) => schedule,
    });
    const page = await browser.open(
      htmlPage(exhibitOf(document, lostUpdate as unknown as Model)),
      complaints,
    );
    const { accounted, total } = document.ledger!;
    expect(await page.locator('.ledger').innerText()).toContain(`${accounted} of ${total}`);
    await page.getByText(`Met ${accounted}`).click();
    expect(await page.getByRole('table', { name: 'Met' }).getByRole('row').count()).toBe(
      accounted + 1,
    );
  });

  test('draws only what is in sight of ten thousand steps', async () => {
    const page = await open([longRun()]);
    const now = page.getByRole('status');
    for (const key of ['Home', 'PageDown', 'End', 'ArrowLeft', '[']) {
      await page.keyboard.press(key);
      const elements = await page.evaluate(() => document.querySelectorAll('*').length);
      expect(elements).toBeLessThan(ELEMENTS_MAX);
      expect(await page.getByRole('option', { selected: true }).isVisible()).toBe(true);
    }
    await page.getByRole('slider', { name: 'Step' }).fill('5000');
    expect(await now.innerText()).toMatch(/^5000 \/ 10000 /);
    await page.locator('.lane-list').evaluate((list) => list.scrollTo(0, 0));
    await page.getByRole('option', { name: 'initial state' }).click();
    expect(await now.innerText()).toMatch(/^0 \/ 10000 /);
  });

  test('has a name for all that can be used, and reaches it with the Tab key', async () => {
    const page = await open([lostUpdateRun(), { ...lostUpdateRun(), name: 'grows' }]);
    await page.keyboard.press('Home');
    const reached: string[] = [];
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(() => {
          const { tagName, textContent, ariaLabel } = document.activeElement!;
          return tagName === 'SELECT' ? 'Run' : (ariaLabel ?? (textContent || tagName));
        }),
      );
    }
    const all = ['Run', 'Dark theme', 'Play', 'One step on', 'Last', 'Step', 'Steps in time order'];
    expect(reached).toEqual(expect.arrayContaining(all));
  });
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('text can be read, by preference and by the button', async () => {
    const page = await open([lostUpdateRun()], { colorScheme });
    expect(await page.getByRole('button', { name: /theme/ }).innerText()).toBe(
      colorScheme === 'dark' ? 'Light theme' : 'Dark theme',
    );
    expect(await faintColours(page)).toEqual([]);
    await page.getByRole('button', { name: /theme/ }).click();
    expect(await faintColours(page)).toEqual([]);
  });

  test('the ledger is drawn in colours of the theme only', async () => {
    const page = await browser.open(htmlPage(exhibitWithLedger()), complaints, { colorScheme });
    const used = await page
      .locator('.ledger, .ledger *')
      .evaluateAll((all) => [...new Set(all.map((one) => getComputedStyle(one).color))]);
    const theme = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      return ['ink', 'quiet', 'good', 'bad'].map((name) => {
        probe.style.color = `var(--${name})`;
        return getComputedStyle(probe).color;
      });
    });
    expect(used.filter((color) => !theme.includes(color))).toEqual([]);
  });
});

/** Colours of text that do not stand out enough from the panels that they are on. */
async function faintColours(page: Page): Promise<string[]> {
  const pairs = await page.evaluate(() => {
    const texts = ['ink', 'quiet', 'good', 'bad', 'empty', 'link', 'weak', 'strong', 'blocked'];
    const papers = ['paper', 'panel', 'here'];
    const probe = document.body.appendChild(document.createElement('i'));
    const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const channels = (name: string) => {
      probe.style.color = `var(--${name})`;
      pixel.fillStyle = getComputedStyle(probe).color;
      pixel.fillRect(0, 0, 1, 1);
      return [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const found = [...texts, 'alarm'].flatMap((text) =>
      papers.map((paper) => ({
        name: `${text} on ${paper}`,
        text: channels(text),
        paper: channels(paper),
      })),
    );
    probe.remove();
    return found;
  });
  expect(pairs.length).toBeGreaterThan(20);
  return pairs.flatMap(({ name, text, paper }) => {
    const [low, high] = [luminance(text), luminance(paper)].sort((x, y) => x - y);
    const contrast = (high! + 0.05) / (low! + 0.05);
    return contrast < CONTRAST_MIN ? [`${name}: ${contrast.toFixed(1)}`] : [];
  });
}

function luminance(channels: readonly number[]): number {
  const [red, green, blue] = channels.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

async function expectText(page: Page, text: string): Promise<void> {
  await page.getByText(text, { exact: true }).waitFor();
}

function lostUpdateRun(): Run {
  const machine = new Machine(buildSystem(lostUpdate, { threads: 2, variant: 'racy' }));
  return {
    name: 'kept',
    scope: 'threads 2, variant racy',
    recording: record(machine, [a, b, a, a, b, b]).recording,
    violation: {
      claim: 'kept',
      sentence: 'The counter is at least the number of threads that have added one.',
      source: null,
      because: 'fails for counter',
    },
  };
}

/** Two contenders that never end: of what each can do next the first, in uneven turns. */
function longRun(): Run {
  const machine = new Machine(buildSystem(peterson, { threads: 2 }));
  let { state } = machine.initial();
  const moves = Array.from({ length: LONG }, (_, i): Move => {
    const step = machine.successors(state)[i % 3 === 0 ? 0 : 1]!;
    state = step.after!;
    return step.move;
  });
  return { name: 'long', scope: 'threads 2', recording: record(machine, moves).recording };
}

function exhibitWithLedger(): Exhibit {
  const entry = { kind: 'step', times: 0, timesByScope: [0], claim: null, reason: null } as const;
  return {
    ...exhibitWith([]),
    verdict: 'VACUOUS',
    ledger: {
      ...{ accounted: 2, total: 3, uncalled: ['idle'] },
      obligations: [
        { ...entry, name: 'worker L1', status: 'met', times: 1234 },
        { ...entry, name: 'worker L2 waits', status: 'unmet', reason: 'never seen' },
        { ...entry, name: 'worker L3', status: 'waived', reason: 'It is so.' },
      ],
    },
    canary: {
      ...{ summary: 'a known mistake', scope: {}, caughtBy: ['kept'] },
      ...{ caught: 'kept', states: 5 },
    },
  };
}

function exhibitWith(runs: readonly Run[]): Exhibit {
  return {
    model: { name: 'lost-update', version: '1', summary: 'threads that add one to a counter' },
    verdict: runs.length === 0 ? 'EXHAUSTED' : 'VIOLATED',
    command: 'npm run check',
    extent: '24 states',
    scopes: [],
    claims: [
      {
        id: 'kept',
        kind: 'invariant',
        fairness: null,
        verdict: 'HOLDS',
        sentence: 'The counter is right.',
        source: null,
        blindSpot: null,
        premise: 24,
      },
    ],
    runs,
    notModelled: ['overflow'],
  };
}
