import { spawnSync } from 'node:child_process';
import { UsageError } from './usage-error.ts';

const PACKAGES = ['spin', 'gcc', 'libc6-dev'] as const;

/**
 * Sees to it that SPIN and a C compiler are there, with the packages of Debian if need be.
 *
 * @throws UsageError with what to install if this user may not
 */
export function ensureSpin(): void {
  if (works('spin', '-V') && works('gcc', '--version')) return;
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...PACKAGES];
  if (process.getuid?.() === 0 && works('apt-get', 'update') && works(...install)) return;
  throw new UsageError(`SPIN and gcc are needed; install the packages ${PACKAGES.join(', ')}`);
}

function works(...[program, ...args]: readonly string[]): boolean {
  return spawnSync(program!, args, { stdio: 'ignore' }).status === 0;
}
