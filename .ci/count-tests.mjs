// Adds up vitest's JSON reports, named as arguments, into the line `N passed, N failed`.
import { existsSync, readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  // A run that died before it could report is a failure, never silence.
  const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  const files = report?.testResults ?? [];
  // A file that could not be loaded has no tests of its own to count.
  const unloaded = files.filter((file) => file.status === 'failed' && !hasFailedTest(file)).length;
  const failedHere = (report?.numFailedTests ?? 0) + unloaded;
  passed += report?.numPassedTests ?? 0;
  failed += report?.success === true ? failedHere : Math.max(1, failedHere);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function hasFailedTest(file) {
  return file.assertionResults.some((result) => result.status === 'failed');
}
