import { expect, test } from 'vitest';
import { documentedRuns, outputPattern, runDocumented } from './documented-runs.ts';

const runs = documentedRuns('README.md').filter(({ command }) => command.includes('--vcpus 3'));

test.each(runs)('$page shows what "$command" prints', (run) => {
  expect(runDocumented(run)).toMatch(outputPattern(run));
});
