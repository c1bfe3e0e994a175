import { fileURLToPath } from 'node:url';
import { flagName, type Scope, showParameterValue } from '../checker/language/parameter.ts';
import type { ReportContext } from '../checker/report/document.ts';
import type { CheckFlags } from './command-line.ts';
import { simulationWords } from './simulation-flags.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The commands that a report tells its reader to run, as they work in `directory`. */
export function commandsFor(
  flags: Pick<CheckFlags, 'only' | 'engine' | 'symmetry' | 'keepGoing'> &
    Partial<Pick<CheckFlags, 'liveness' | 'simulation' | 'accepts' | 'baseline'>>,
  given: Partial<Scope>,
  modelPath: string | undefined,
  directory: string,
): Omit<ReportContext, 'scopes' | 'tool'> {
  const { baseline } = flags;
  const gate =
    baseline === undefined
      ? []
      : ['--ci', ...(baseline.file === undefined ? [] : ['--baseline', quoted(baseline.file)])];
  const words = [...checkWords(flags, given), ...gate];
  return {
    directory,
    simulation: flags.simulation,
    ...(flags.accepts === undefined ? {} : { accepts: flags.accepts }),
    command: commandLine('check', modelPath, words, directory),
    replay: (schedule) => commandLine('replay', modelPath, [`'${schedule}'`], directory),
  };
}

/** What decides the result of a check, as flags that are fit for a shell. */
export function checkWords(
  flags: Parameters<typeof commandsFor>[0],
  given: Partial<Scope>,
): readonly string[] {
  return [
    ...parameterWords(given),
    ...(flags.only === undefined ? [] : ['--only', quoted(flags.only.join(','))]),
    ...(flags.engine === 'compiled' ? [] : ['--engine', flags.engine]),
    ...(flags.symmetry === 'off' ? ['--no-symmetry'] : []),
    ...(flags.symmetry === 'required' ? ['--symmetry'] : []),
    ...(flags.liveness === undefined ? [] : [flags.liveness ? '--liveness' : '--no-liveness']),
    ...(flags.keepGoing ? ['--keep-going'] : []),
    ...simulationWords(flags.simulation).map(quoted),
    ...(flags.accepts === undefined ? [] : ['--accept', flags.accepts]),
  ];
}

/**
 * A command as it is typed in `directory`: scripts of npm exist in the folder of the project only,
 * the installed command everywhere.
 *
 * @param words what stands behind the model, fit for a shell
 */
function commandLine(
  name: string,
  modelPath: string | undefined,
  words: readonly string[],
  directory: string,
): string {
  const all = [...(modelPath === undefined ? [] : ['--model', quoted(modelPath)]), ...words];
  if (`${directory}/` !== ROOT) return ['npx kvm-interleave', name, ...all].join(' ');
  return [`npm run ${name}`, ...(all.length === 0 ? [] : ['--', ...all])].join(' ');
}

/** Parameters as flags, fit for a shell. */
function parameterWords(given: Partial<Scope>): readonly string[] {
  return Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${flagName(name)}`, quoted(showParameterValue(value))],
  );
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
