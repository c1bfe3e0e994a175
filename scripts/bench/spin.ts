import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LIVENESS_GCC_FLAGS, promelaOf, SPIN_FLAGS } from '../../checker/export/promela.ts';
import { buildSystem, completeScope } from '../../checker/language/model.ts';
import { prepareLiveness } from '../../checker/liveness/prepare-liveness.ts';
import { prepare } from '../../checker/search/explore.ts';
import { CLAIMS_SPIN_FLAGS, parsePan } from '../pan.ts';
import type { Contestant, Measurement, Space } from './measurement.ts';
import { type PanFit, panFigures, panFlags } from './pan-figures.ts';
import { runMeasured, runProgram } from './run-program.ts';
import { measuresClaims, type Workload } from './workloads.ts';

export interface SpinOptions {
  /** Where the verifiers are built. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** States of the workload, once they are known. */
  readonly states: () => number;
}

/** The contestant that the others are compared with. */
export const SPIN_NAME = 'SPIN';

const BY_HAND = fileURLToPath(new URL('./filter-lock.pml', import.meta.url));

interface Verifier {
  readonly name: string;
  readonly space: Space;
  readonly spinFlags: readonly string[];
  /** Whether infinite runs are looked for, of processes that are treated fairly. */
  readonly isLiveness?: boolean;
  readonly write: (file: string) => void;
}

/** Builds what SPIN makes of a workload. */
export async function spinContestants(
  workload: Workload,
  options: SpinOptions,
): Promise<readonly Contestant[]> {
  const exported = (file: string) => writeFileSync(file, promelaText(workload));
  const verifiers: Verifier[] = [
    { name: SPIN_NAME, space: 'all', spinFlags: SPIN_FLAGS, write: exported },
  ];
  if (workload.liveness === undefined) {
    const name = 'SPIN, reduction';
    verifiers.push({ name, space: 'reduced', spinFlags: SPIN_FLAGS, write: exported });
  } else {
    const claim = workload.liveness;
    const spinFlags = [`-DLIVE_c_${claim}`, ...SPIN_FLAGS];
    const name = `SPIN, ${claim}`;
    verifiers.push({ name, space: 'product', spinFlags, isLiveness: true, write: exported });
  }
  if (measuresClaims(workload)) {
    const spinFlags = [...CLAIMS_SPIN_FLAGS, ...SPIN_FLAGS];
    verifiers.push({ name: 'SPIN, claims', space: 'stepped', spinFlags, write: exported });
  }
  if (workload.filterLock !== undefined) {
    const spinFlags = ['-a', `-DN=${workload.filterLock}`];
    const write = (file: string) => copyFileSync(BY_HAND, file);
    verifiers.push({ name: 'SPIN, by hand', space: 'all', spinFlags, write });
  }
  const built: Contestant[] = [];
  for (const verifier of verifiers) built.push(await build(verifier, options));
  return built;
}

function promelaText({ name, model, scope, liveness }: Workload): string {
  const system = buildSystem(model, completeScope(model.parameters, scope));
  return liveness === undefined
    ? promelaOf(prepare(system), name)
    : promelaOf(prepareLiveness(system), name, system.liveness);
}

async function build(verifier: Verifier, options: SpinOptions): Promise<Contestant> {
  const { name, space, spinFlags, isLiveness = false, write } = verifier;
  const { signal } = options;
  const folder = join(options.folder, name.replaceAll(/\W+/g, '-'));
  mkdirSync(folder);
  write(join(folder, 'model.pml'));
  const reduction = space === 'reduced' ? [] : ['-DNOREDUCE'];
  await runProgram(['spin', ...spinFlags, 'model.pml'], { folder, signal });
  const flags = ['-O2', ...(isLiveness ? LIVENESS_GCC_FLAGS : ['-DSAFETY', ...reduction])];
  await runProgram(['gcc', ...flags, '-o', 'pan', 'pan.c'], { folder, signal });
  let fit: PanFit | undefined;
  return {
    name,
    space,
    // It says how deep its stack must be.
    needsFirstRun: true,
    run: async () => {
      // A never claim moves in turn with the model, so its paths are twice as long.
      const states = options.states() * (isLiveness ? 2 : 1);
      const extra = isLiveness ? ['-a', '-f'] : [];
      const { measurement, depth } = await runPan(fit ?? { states }, extra, { folder, signal });
      fit = { states: measurement.states, depth };
      return measurement;
    },
  };
}

async function runPan(
  fit: PanFit,
  extra: readonly string[],
  options: { readonly folder: string; readonly signal: AbortSignal },
): Promise<{ readonly measurement: Measurement; readonly depth: number }> {
  const ran = await runMeasured(['./pan', ...panFlags(fit), ...extra], options);
  const { states, transitions } = parsePan(ran.stdout);
  const { vector, depth, memoryBytes } = panFigures(ran.stdout);
  const { seconds, peakBytes } = ran;
  const measurement = {
    states,
    transitions: transitions - 1,
    seconds,
    ...(peakBytes === undefined ? {} : { peakBytes }),
    ownBytes: memoryBytes,
    state: `${vector} bytes`,
  };
  return { measurement, depth };
}
