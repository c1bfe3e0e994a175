import { expect, test } from 'vitest';
import { runCheck } from '../check/check.ts';
import { documentOf } from './document.ts';
import { type Exhibit, exhibitOf } from './exhibit.ts';
import { checkRetry } from './fixtures/check-retry.ts';
import lostUpdate from './fixtures/lost-update.ts';
import retry from './fixtures/retry.ts';
import { htmlPage } from './html-page.ts';

const scopes = [{ threads: 2, variant: 'racy' }];

test('shows each counterexample as the generators run it', () => {
  const { runs, verdict } = exhibit();
  expect(verdict).toBe('VIOLATED');
  expect(runs.map(({ name, violation }) => [name, violation?.because])).toEqual([
    ['kept', 'fails for counter'],
  ]);
  const { recording } = runs[0]!;
  expect(recording.start.values).toEqual(['0', '0']);
  expect(recording.steps.at(-1)).toMatchObject({ changes: [[1, '2']], after: { holds: [] } });
  expect(recording.steps.map(({ broken }) => broken.map(({ claim }) => claim))).toEqual([
    ...Array.from({ length: recording.steps.length - 1 }, () => []),
    ['kept'],
  ]);
});

test('is one file that names no other', () => {
  const page = htmlPage(exhibit());
  expect(page).not.toMatch(/\bsrc=|\bhref=|@import|url\(/);
  expect(page).toContain("default-src 'none'");
  expect(htmlPage(exhibit())).toBe(page);
});

test('keeps text of a model from being markup', () => {
  const nasty = '</script><script>alert(1)</script><!--';
  const { model, ...rest } = exhibit();
  const page = htmlPage({ ...rest, model: { ...model, name: nasty } });
  const [, data = ''] = /id="exhibit">([^<]*)<\/script>/.exec(page) ?? [];
  expect((JSON.parse(data) as Exhibit).model.name).toBe(nasty);
  expect(page.match(/<script>alert/)).toBeNull();
});

test('a lasso is one run that says where its loop begins', () => {
  const [run] = exhibitOf(checkRetry(), retry as never).runs;
  expect([run?.loopStart, run?.recording.steps.length]).toEqual([3, 5]);
});

function exhibit(): Exhibit {
  const options = { engine: 'interpreter', limits: {}, keepGoing: true } as const;
  const result = runCheck(lostUpdate as never, scopes, options);
  const document = documentOf(result, {
    tool: 'kvm-interleave 0.1.0',
    scopes,
    command: 'check',
    replay: (text) => text,
    directory: '/',
  });
  return exhibitOf(document, lostUpdate as never);
}
