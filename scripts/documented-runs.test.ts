import { expect, test } from 'vitest';
import { documentedRuns, outputPattern, PAGES, runDocumented } from './documented-runs.ts';

// If one fails, and the new output is right: `npm run docs`.
// Runs with three vCPUs take longer: documented-runs.slow.test.ts.
const runs = PAGES.flatMap(documentedRuns).filter(({ command }) => !command.includes('--vcpus 3'));

test.each(runs)('$page shows what "$command" prints', (run) => {
  expect(runDocumented(run)).toMatch(outputPattern(run));
});
