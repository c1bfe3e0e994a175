import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** For tests: what a run of the command left behind. */
export interface CommandRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * For tests: runs `kvm-interleave` in the folder of the project. `onOutput` is called with the
 * process at each piece of its output.
 */
export async function runCommand(
  args: readonly string[],
  onOutput: (process: ChildProcess) => void = () => {},
): Promise<CommandRun> {
  const env = {
    ...process.env,
    FORCE_COLOR: undefined,
    NO_COLOR: undefined,
    GITHUB_ACTIONS: undefined,
  };
  const script = 'scripts/kvm-interleave.mjs';
  const command = spawn(process.execPath, [script, ...args], { cwd: ROOT, env });
  let [stdout, stderr] = ['', ''];
  command.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
    onOutput(command);
  });
  command.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const status = await new Promise<number | null>((resolve) => command.on('close', resolve));
  return { status, stdout, stderr };
}
