import sarif from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { expect, test } from 'vitest';
import { stepsOf } from './document.ts';
import { checkLostUpdate } from './fixtures/check-lost-update.ts';
import { sarifReport } from './sarif.ts';

/** The schema of SARIF 2.1.0, as Microsoft ships it with its matchers for tests; draft 4. */
const { $schema: _draft, id: _id, ...SCHEMA } = sarif;
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
  SCHEMA,
);

function parse(text: string): Log {
  return JSON.parse(text) as Log;
}

const violated = checkLostUpdate('racy', { keepGoing: true });
const [run] = parse(sarifReport(violated)).runs;

test.each([
  ['exhausted', checkLostUpdate('atomic')],
  ['violated', violated],
  ['stopped', checkLostUpdate('atomic', { limits: { statesMax: 1 } })],
])('the schema of SARIF accepts a report: %s', (_, document) => {
  validate(parse(sarifReport(document)));
  expect(validate.errors ?? []).toEqual([]);
});

test('the schema of SARIF refuses other files', () => {
  expect(validate({ ...parse(sarifReport(violated)), version: '2.0.0' })).toBe(false);
});

test('there is a rule for each claim, and a result for each violation', () => {
  const ids = ['kept', 'grows', 'assertions', 'deadlock'];
  expect(run?.tool.driver.rules?.map(({ id }) => id)).toEqual(ids);
  expect(run?.results?.map(({ ruleId }) => ruleId)).toEqual(['kept']);
  expect(run?.results?.[0]).toMatchObject({
    ruleIndex: 0,
    message: {
      text: expect.stringMatching(/^kept fails at worker\(\) L3 of CPU0: fails for counter\. /),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'checker/report/fixtures/lost-update.ts' },
          region: { startLine: 22 },
        },
      },
    ],
  });
});

test('the thread flows together are the schedule, each step once and in order', () => {
  const flows = run?.results?.[0]?.codeFlows?.[0]?.threadFlows ?? [];
  expect(flows.map(({ id }) => id)).toEqual(['CPU0', 'CPU1']);
  const steps = flows.flatMap(({ id, locations }) =>
    locations.map(({ executionOrder, location }) => ({
      order: executionOrder,
      thread: id,
      line: location?.physicalLocation?.region?.startLine,
    })),
  );
  steps.sort((a, b) => a.order! - b.order!);
  expect(steps).toEqual(
    stepsOf(violated.counterexample!).map(({ thread, operations }, i) => ({
      order: i + 1,
      thread,
      line: operations.at(-1)!.site!.line,
    })),
  );
});

test('the fingerprint stays while lines move and schedules get longer', () => {
  const fingerprintOf = (log: Log) => log.runs[0]?.results?.[0]?.partialFingerprints;
  const { counterexample } = violated;
  const moved = stepsOf(counterexample!).map((step) => ({
    ...step,
    operations: step.operations.map((one) => ({ ...one, site: { file: 'b.ts', line: 1 } })),
  }));
  const same = {
    ...violated,
    counterexample: { ...counterexample!, steps: [moved[0]!, ...moved] },
  };
  expect(fingerprintOf(parse(sarifReport(same)))).toEqual(run?.results?.[0]?.partialFingerprints);
  const other = { ...violated, counterexample: { ...counterexample!, claim: 'grows' } };
  expect(fingerprintOf(parse(sarifReport(other)))).not.toEqual(
    fingerprintOf(parse(sarifReport(same))),
  );
});

test('a check that decided nothing was no success', () => {
  const [stopped] = parse(
    sarifReport(checkLostUpdate('atomic', { limits: { statesMax: 1 } })),
  ).runs;
  expect(stopped?.results).toEqual([]);
  expect(stopped?.invocations?.[0]).toMatchObject({
    executionSuccessful: false,
    exitCode: 3,
    toolExecutionNotifications: [{ level: 'error' }],
  });
});
