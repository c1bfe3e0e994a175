import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promelaOf, SPIN_FLAGS } from '../../checker/export/promela.ts';
import { buildSystem, completeScope } from '../../checker/language/model.ts';
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
    { name: 'SPIN, reduction', space: 'reduced', spinFlags: SPIN_FLAGS, write: exported },
  ];
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

function promelaText({ name, model, scope }: Workload): string {
  return promelaOf(prepare(buildSystem(model, completeScope(model.parameters, scope))), name);
}

async function build(verifier: Verifier, options: SpinOptions): Promise<Contestant> {
  const { name, space, spinFlags, write } = verifier;
  const { signal } = options;
  const folder = join(options.folder, name.replaceAll(/\W+/g, '-'));
  mkdirSync(folder);
  write(join(folder, 'model.pml'));
  const reduction = space === 'reduced' ? [] : ['-DNOREDUCE'];
  await runProgram(['spin', ...spinFlags, 'model.pml'], { folder, signal });
  const flags = ['-O2', '-DSAFETY', ...reduction];
  await runProgram(['gcc', ...flags, '-o', 'pan', 'pan.c'], { folder, signal });
  let fit: PanFit | undefined;
  return {
    name,
    space,
    // It says how deep its stack must be.
    needsFirstRun: true,
    run: async () => {
      const { measurement, depth } = await runPan(fit ?? { states: options.states() }, {
        folder,
        signal,
      });
      fit = { states: measurement.states, depth };
      return measurement;
    },
  };
}

async function runPan(
  fit: PanFit,
  options: { readonly folder: string; readonly signal: AbortSignal },
): Promise<{ readonly measurement: Measurement; readonly depth: number }> {
  const ran = await runMeasured(['./pan', ...panFlags(fit)], options);
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
