import { expect, test } from 'vitest';
import { documentedRuns, outputPattern, PAGES, runDocumented } from './documented-runs.ts';

const runs = PAGES.flatMap(documentedRuns).filter(({ command }) => command.includes('--vcpus 3'));

test.each(runs)('$page shows what "$command" prints', (run) => {
  expect(runDocumented(run)).toMatch(outputPattern(run));
});
