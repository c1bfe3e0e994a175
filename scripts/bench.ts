import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Model } from '../checker/index.ts';
import { buildSystem, completeScope } from '../checker/language/model.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { explore } from '../checker/search/explore.ts';
import mixedAccepts from '../docs/examples/mixed-accepts.ts';
import peterson from '../docs/examples/peterson.ts';
import kernel from '../properties/index.ts';

interface Workload {
  readonly name: string;
  readonly model: Model;
  readonly scope: Partial<Scope>;
  /** A small scope of the same model, explored first so that the hot code is compiled. */
  readonly warmUp: Partial<Scope>;
  /** Measured in so many fresh processes; the median is reported. */
  readonly runs: number;
}

/** What one process measured. */
interface Measurement {
  readonly states: number;
  readonly transitions: number;
  readonly stateBits: number;
  readonly seconds: number;
  /** Of all threads of the process; less than `seconds` where others want the cores. */
  readonly cpuSeconds: number;
  /** What the engine says it allocated. */
  readonly memoryBytes: number;
  /** Peak resident size of the whole process, Node included. */
  readonly residentBytes: number;
}

const WORKLOADS: readonly Workload[] = [
  {
    name: 'W1 filter lock, n=4',
    model: peterson,
    scope: { threads: 4 },
    warmUp: { threads: 3 },
    runs: 5,
  },
  {
    name: 'W1 filter lock, n=5',
    model: peterson,
    scope: { threads: 5 },
    warmUp: { threads: 4 },
    runs: 3,
  },
  {
    name: 'W2 mixed accepts, n=4',
    model: mixedAccepts,
    scope: { vcpus: 4, accepts: 2, top: '2M' },
    warmUp: { vcpus: 3, accepts: 2, top: '2M' },
    runs: 5,
  },
  {
    name: 'kernel, enomem',
    model: kernel,
    scope: { vcpus: 3, ops: 1, inject: ['enomem'] },
    warmUp: { vcpus: 2, ops: 1, inject: ['enomem'] },
    runs: 3,
  },
  {
    name: 'kernel, zap',
    model: kernel,
    scope: { vcpus: 3, ops: 1, host: ['zap'] },
    warmUp: { vcpus: 2, ops: 1, host: ['zap'] },
    runs: 3,
  },
];

function measure({ model, scope, warmUp }: Workload): Measurement {
  const search = (given: Partial<Scope>) =>
    explore(buildSystem(model, completeScope(model.parameters, given)), {
      limits: {},
      keepGoing: false,
      onProgress: () => 'continue',
    });
  search(warmUp);
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  const outcome = search(scope);
  const seconds = (performance.now() - start) / 1000;
  const cpu = process.cpuUsage(cpuStart);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  if (!outcome.exhausted) throw new Error('the search ended early; expected all states');
  const { states, transitions, stateBits, memoryBytes } = outcome;
  const residentBytes = process.resourceUsage().maxRSS * 1024;
  return { states, transitions, stateBits, seconds, cpuSeconds, memoryBytes, residentBytes };
}

/** Runs one measurement in a process of its own, so that its memory is its own. */
function measureInProcess(index: number): Measurement {
  const script = fileURLToPath(import.meta.url);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', script, String(index)],
    { encoding: 'utf8', cwd: fileURLToPath(new URL('..', import.meta.url)) },
  );
  if (status !== 0) throw new Error(`the measurement failed with exit code ${status}: ${stderr}`);
  return JSON.parse(stdout) as Measurement;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

function row({ name }: Workload, measurements: readonly Measurement[]): string[] {
  const { states, transitions, stateBits } = measurements[0]!;
  const seconds = median(measurements.map((measurement) => measurement.seconds));
  const cpuSeconds = median(measurements.map((measurement) => measurement.cpuSeconds));
  const memory = median(measurements.map((measurement) => measurement.memoryBytes));
  const resident = median(measurements.map((measurement) => measurement.residentBytes));
  return [
    name,
    states.toLocaleString('en'),
    transitions.toLocaleString('en'),
    String(stateBits),
    seconds.toFixed(2),
    cpuSeconds.toFixed(2),
    (transitions / seconds / 1e6).toFixed(2),
    (memory / states).toFixed(1),
    (resident / states).toFixed(1),
  ];
}

const HEADER = 'space|states|transitions|bits|s|CPU s|M trans/s|B/state|RSS/state'.split('|');

function print(cells: readonly string[]): void {
  const [name, ...numbers] = cells;
  console.log([name!.padEnd(24), ...numbers.map((cell) => cell.padStart(13))].join(''));
}

const [only] = process.argv.slice(2);
if (only !== undefined) {
  console.log(JSON.stringify(measure(WORKLOADS[Number(only)]!)));
} else {
  print(HEADER);
  for (const [index, workload] of WORKLOADS.entries()) {
    const runs = Array.from({ length: workload.runs }, () => measureInProcess(index));
    print(row(workload, runs));
  }
  console.log(
    '\nMedians. M trans/s: million transitions in a second of wall time. B/state: bytes that',
  );
  console.log(
    'the engine allocates for a state. RSS/state: peak of the whole process, Node included.',
  );
}
