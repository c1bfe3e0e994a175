import { availableParallelism } from 'node:os';
import { EXIT_ERROR } from '../checker/report/exit-code.ts';
import packageJson from '../package.json' with { type: 'json' };
import { checkCommand } from './check-command.ts';
import { type Invocation, parseCommandLine } from './command-line.ts';
import { diffCommand } from './diff-command.ts';
import { explainCommand } from './explain-command.ts';
import { exportCommand } from './export-command.ts';
import { faultLine } from './fault.ts';
import { forecastCommand } from './forecast-command.ts';
import { listCommand } from './list-command.ts';
import { type LoadedModel, loadModel } from './loaded-model.ts';
import { matrixCommand } from './matrix-command.ts';
import { modelFlag } from './model-flag.ts';
import { corpusCommand, replayCommand } from './replay-command.ts';
import { showCommand } from './show-command.ts';
import { uiCommand } from './ui-command.ts';

/** What of the free memory a search may take: the rest is for us and for everything else. */
const MEMORY_SHARE = 0.8;

// A reader like `head` has seen enough; that is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Not process.exit(): what was written to a pipe must get there.
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const loaded = await loadModel(modelFlag(args));
    const invocation = parseCommandLine(args, {
      model: loaded.model,
      version: packageJson.version,
      memoryBytesMax: Math.floor(process.availableMemory() * MEMORY_SHARE),
      cores: availableParallelism(),
    });
    return await run(invocation, loaded);
  } catch (error) {
    process.stderr.write(`${faultLine(error)}\n`);
    return EXIT_ERROR;
  }
}

async function run(invocation: Invocation, loaded: LoadedModel): Promise<number> {
  switch (invocation.command) {
    case 'check':
      return checkCommand(loaded, invocation.flags, invocation.given);
    case 'forecast':
      return forecastCommand(loaded, invocation.flags, invocation.given);
    case 'replay':
      return replayCommand(loaded, invocation.schedule, invocation);
    case 'matrix':
      return matrixCommand(loaded, invocation.flags, invocation.given);
    case 'replay-corpus':
      return corpusCommand(loaded, invocation.corpus, invocation);
    case 'diff':
      return diffCommand(loaded, invocation.flags, invocation.given);
    case 'explain':
      return explainCommand(loaded, invocation.flags, invocation.given);
    case 'export':
      return exportCommand(loaded, invocation);
    case 'show':
      return showCommand(loaded, invocation);
    case 'ui':
      return uiCommand(loaded, invocation);
    case 'list':
      return listCommand(loaded);
    case 'help':
      process.stdout.write(invocation.text);
      return 0;
  }
}
