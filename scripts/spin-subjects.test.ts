import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Model } from '../checker/index.ts';
import { bundledSubjects, randomSubjects } from './spin-subjects.ts';

const EXAMPLES = new URL('../docs/examples/', import.meta.url);

test('SPIN is asked about every model that comes with the checker', async () => {
  const files = readdirSync(fileURLToPath(EXAMPLES)).filter((name) => /^[^.]+\.ts$/.test(name));
  const examples = await Promise.all(
    files.map(async (name) => {
      const { default: model }: { default: Model } = await import(new URL(name, EXAMPLES).href);
      return model.name;
    }),
  );
  const asked = new Set(bundledSubjects().map(({ name }) => name.split(':')[0]));
  expect([...asked].sort()).toEqual([...examples, 'kvm-tdx-accept'].sort());
});

test('random programs are the same each time', () => {
  const threads = () =>
    randomSubjects(20).map(({ system }) => [system.threads.length, system.shared.variables.length]);
  expect(threads()).toEqual(threads());
});
