import { readFileSync, writeFileSync } from 'node:fs';
import { BOARD_PAGE, boardOf } from './board-page.ts';
import { documentedRuns, PAGES, pathOf, runDocumented } from './documented-runs.ts';
import { loadModel } from './loaded-model.ts';

// `npm run docs`: writes the page of the board from what was recorded, and runs every command whose
// output a page shows, and shows what it prints now. Read the difference before it is committed.
writeFileSync(pathOf(BOARD_PAGE), boardOf(await loadModel(undefined)));
for (const page of PAGES) {
  let text = readFileSync(pathOf(page), 'utf8');
  for (const run of documentedRuns(page)) {
    const shown = abridge(runDocumented(run), run.output);
    // A function, because a text would give `$` a meaning.
    text = text.replace(run.output, () => shown);
  }
  writeFileSync(pathOf(page), text);
}

/** Cuts the middle out as it was cut before: as many lines at both ends. */
function abridge(output: string, before: string): string {
  const [head, tail] = before.split(/^\.\.\.\n/m).map((part) => part.split('\n').length - 1);
  if (tail === undefined) return output;
  const lines = output.trimEnd().split('\n');
  return [...lines.slice(0, head), '...', ...lines.slice(-tail), ''].join('\n');
}
