import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commandsFor } from './reproduction.ts';

const home = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const plain = {
  engine: 'compiled',
  symmetry: 'verified',
  keepGoing: false,
  shrink: false,
} as const;

test('walks by chance are made again with their seed', () => {
  const simulation = {
    scheduler: 'pct',
    seed: "it's",
    walks: 10_000,
    stepsMax: 5,
    changePoints: 2,
  } as const;
  const flags = {
    engine: 'compiled',
    symmetry: 'verified',
    keepGoing: false,
    shrink: false,
  } as const;
  const walks = { ...flags, simulation, accepts: 'bounded' } as const;
  expect(commandsFor(walks, {}, undefined, '/elsewhere').command).toBe(
    "npx kvm-interleave check --simulate pct --seed 'it'\\''s' --walk-steps 5 --accept bounded",
  );
});

test('a run with nothing but defaults is a short command', () => {
  const { command, replay } = commandsFor(plain, {}, undefined, home);
  expect(command).toBe('npm run check');
  expect(replay('kvm@1//P1/ab/xxxxxx')).toBe("npm run replay -- 'kvm@1//P1/ab/xxxxxx'");
});

test('what was given is given again, fit for a shell', () => {
  const flags = {
    ...plain,
    engine: 'naive',
    symmetry: 'off',
    keepGoing: true,
    shrink: true,
    only: ['P1', "it's"],
  } as const;
  const given = { vcpus: 3, hostOps: ['zap', 'convert'] };
  const { command, replay } = commandsFor(flags, given, 'my model.ts', home);
  expect(command).toBe(
    "npm run check -- --model 'my model.ts' --vcpus 3 --host-ops zap,convert " +
      "--only 'P1,it'\\''s' --engine naive --no-symmetry --keep-going --shrink",
  );
  expect(replay('m@1//P1/ab/xxxxxx')).toBe(
    "npm run replay -- --model 'my model.ts' 'm@1//P1/ab/xxxxxx'",
  );
});

test('outside of the folder of the project the installed command is named', () => {
  const { command, replay } = commandsFor(plain, { vcpus: 2 }, 'model.ts', `${home}/docs`);
  expect(command).toBe('npx kvm-interleave check --model model.ts --vcpus 2');
  expect(replay('s')).toBe("npx kvm-interleave replay --model model.ts 's'");
});
