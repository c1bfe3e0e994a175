import { expect, test } from 'vitest';
import { documentedRuns, outputPattern, runDocumented } from './documented-runs.ts';

// Runs with three vCPUs take longer: documented-runs.slow.test.ts.
const runs = ['README.md', 'docs/language.md']
  .flatMap(documentedRuns)
  .filter(({ command }) => !command.includes('--vcpus 3'));

test.each(runs)('$page shows what "$command" prints', (run) => {
  expect(runDocumented(run)).toMatch(outputPattern(run));
});
