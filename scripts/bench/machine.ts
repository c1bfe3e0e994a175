import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';

/** One line that says where the figures come from. */
export function machineLine(): string {
  const model = cpus()[0]?.model.trim().replaceAll(/\s+/g, ' ') ?? 'unknown processor';
  return [
    `${model}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Node ${process.versions.node}`,
    firstMatch('spin', '-V', /Spin Version ([\d.]+)/, 'SPIN'),
    firstMatch('gcc', '--version', /([\d.]+)$/m, 'gcc'),
  ].join('; ');
}

function firstMatch(program: string, flag: string, what: RegExp, name: string): string {
  const { stdout } = spawnSync(program, [flag], { encoding: 'utf8' });
  return `${name} ${what.exec(stdout ?? '')?.[1] ?? 'of an unknown version'}`;
}
