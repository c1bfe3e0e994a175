const FLAG = '--model';

/**
 * The file that `--model` names, if any. The parameters of the model are flags, so the model has to
 * be known before the command line can be parsed; faults are left for the parser to find.
 */
export function modelFlag(args: readonly string[]): string | undefined {
  let path: string | undefined;
  for (let i = 0; i < args.length && args[i] !== '--'; i++) {
    const word = args[i]!;
    if (word === FLAG && args[i + 1] !== undefined) path = args[++i];
    else if (word.startsWith(`${FLAG}=`)) path = word.slice(FLAG.length + 1);
  }
  return path;
}
