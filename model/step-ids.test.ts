import { expect, it } from 'vitest';
import { assertionClaim, buildSystem, inspect } from '../checker/index.ts';
import { complete_scope } from './scopes.ts';
import { modelled_steps, steps_left_out } from './step-ids.ts';
import { td_model } from './td-model.ts';
import { versions } from './versions/index.ts';

const model = td_model(() => [assertionClaim({ id: 'P13', sentence: 'nothing leaks' })]);

function labels_of(variant: string, base: string): readonly string[] {
  const size = {
    vcpus: 1,
    ops: 1,
    host: ['zap', 'prefault', 'convert', 'memslot'],
    guest: ['release', 'accept-1g', 'interrupted', 've-disabled'],
    inject: ['enomem'],
  } as const;
  return inspect(buildSystem(model, complete_scope({ ...size, variant, base }))).labels;
}

it('labels exactly the steps that are said to be modelled', () => {
  const labels = new Set(
    versions.flatMap(({ name }) => [
      ...labels_of(name, 'capped-before'),
      ...labels_of(name, 'capped-after'),
    ]),
  );
  expect([...labels].sort()).toEqual([...modelled_steps].sort());
});

it('lists each step once, as modelled or with the reason why not', () => {
  const listed = [...modelled_steps, ...Object.keys(steps_left_out)];
  expect(new Set(listed).size).toBe(listed.length);
});

it('knows every step of every numbered list of domain.md', () => {
  const listed = new Set([...modelled_steps, ...Object.keys(steps_left_out)]);
  const lists = { A: 7, B: 10, C: 9, D: 2, F: 19, G: 7, H: 4, K: 7, M: 4, S: 7, Z: 4 };
  const expected = Object.entries(lists).flatMap(([letter, length]) =>
    Array.from({ length }, (_, i) => `${letter}${i + 1}`),
  );
  expect(expected.filter((id) => !listed.has(id))).toEqual([]);
});
