import { fileURLToPath } from 'node:url';
import { flagName, type Scope, showParameterValue } from '../checker/language/parameter.ts';
import type { ReportContext } from '../checker/report/document.ts';
import type { CheckFlags } from './command-line.ts';
import { simulationWords } from './simulation-flags.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The commands that a report tells its reader to run, as they work in `directory`. */
export function commandsFor(
  flags: Pick<CheckFlags, 'only' | 'engine' | 'symmetry' | 'keepGoing' | 'shrink'> &
    Partial<Pick<CheckFlags, 'liveness' | 'simulation' | 'accepts'>>,
  given: Partial<Scope>,
  modelPath: string | undefined,
  directory: string,
): Omit<ReportContext, 'scopes' | 'tool'> {
  const model = modelPath === undefined ? [] : ['--model', quoted(modelPath)];
  const parameters = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${flagName(name)}`, quoted(showParameterValue(value))],
  );
  const rest = [
    ...(flags.only === undefined ? [] : ['--only', quoted(flags.only.join(','))]),
    ...(flags.engine === 'compiled' ? [] : ['--engine', flags.engine]),
    ...(flags.symmetry === 'off' ? ['--no-symmetry'] : []),
    ...(flags.symmetry === 'required' ? ['--symmetry'] : []),
    ...(flags.liveness === undefined ? [] : [flags.liveness ? '--liveness' : '--no-liveness']),
    ...(flags.keepGoing ? ['--keep-going'] : []),
    ...(flags.shrink ? ['--shrink'] : []),
    ...simulationWords(flags.simulation).map(quoted),
    ...(flags.accepts === undefined ? [] : ['--accept', flags.accepts]),
  ];
  // Scripts of npm exist in the folder of the project only, the command where it is installed.
  const isHome = `${directory}/` === ROOT;
  const start = (command: string, words: readonly string[]) => {
    if (!isHome) return ['npx kvm-interleave', command, ...words].join(' ');
    return [`npm run ${command}`, ...(words.length === 0 ? [] : ['--', ...words])].join(' ');
  };
  return {
    directory,
    simulation: flags.simulation,
    ...(flags.accepts === undefined ? {} : { accepts: flags.accepts }),
    command: start('check', [...model, ...parameters, ...rest]),
    replay: (schedule) => start('replay', [...model, `'${schedule}'`]),
  };
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
