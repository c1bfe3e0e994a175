import { fileURLToPath } from 'node:url';
import { projectFiles } from './project-files.ts';

// Runs after `npm test`. A fast run that does not say what it skipped reads like a full one.
const root = fileURLToPath(new URL('..', import.meta.url));
const slow = projectFiles(root).filter((path) => path.endsWith('.slow.test.ts'));

if (slow.length === 0) {
  console.log('left out: nothing (there is no *.slow.test.ts)');
} else {
  console.log(
    `left out (npm run test:slow, or .ci/run for everything): ${slow.length} slow suites`,
  );
  for (const path of slow) console.log(`  ${path}`);
}
