import { expect, test } from 'vitest';
import { buildSystem, completeScope, type PictureNode } from '../checker/index.ts';
import { type KvmScope, parameters } from './parameters.ts';
import { presentation } from './presentation.ts';
import { td_model } from './td-model.ts';

const model = td_model(() => []);

test.each([
  { regions: 1, fanout: 2, host: [] },
  { regions: 3, fanout: 4, host: ['convert'] },
])('draws every entry and every word of %o, and each of its values', (size) => {
  const scope = completeScope(parameters, size) as never as KvmScope;
  const { shared } = buildSystem(model, scope);
  const cells = cellsOf(presentation(scope).memory);
  const names = cells.map(({ variable }) => variable);

  expect(names.toSorted()).toEqual(
    shared.variables
      .map(({ name }) => name)
      .filter((name) => /^(mirror|sept|disallow_lpage|mem_attr)_/.test(name))
      .toSorted(),
  );
  for (const { variable, tones, separator, onlyWhile } of cells) {
    const { domain } = shared.variables.find(({ name }) => name === variable)!;
    const words = domain.flatMap((value) => String(value).split(separator ?? '\n'));
    expect(Object.keys(tones)).toEqual(expect.arrayContaining(words));
    const above = shared.variables.find(({ name }) => name === onlyWhile?.variable);
    expect(above?.domain ?? []).toEqual(expect.arrayContaining([...(onlyWhile?.values ?? [])]));
  }
});

test.each([
  { host: ['prefault'], flags: ['GUEST_INHIBIT'] },
  { host: ['convert'], flags: ['GUEST_INHIBIT', 'MIXED', 'MIXED|GUEST_INHIBIT'] },
])('has a lane for the lock, each word and each gfn, with $flags', ({ host, flags }) => {
  const size = { regions: 2, fanout: 2, vcpus: 3, host };
  const scope = completeScope(parameters, size) as never as KvmScope;
  const { shared } = buildSystem(model, scope);
  const { lanes = [] } = presentation(scope);
  expect(lanes.map(({ name }) => name)).toEqual([
    ...['mmu_lock', 'disallow_lpage_1G', 'disallow_lpage_2M[0]', 'disallow_lpage_2M[1]'],
    ...[0, 1, 2, 3].map((gfn) => `gfn ${gfn} mapped at`),
  ]);
  expect(Object.keys(lanes[1]!.shows[0]!.as!)).toEqual(flags);
  for (const { variable, as } of lanes.flatMap(({ shows }) => shows)) {
    const { domain } = shared.variables.find(({ name }) => name === variable)!;
    expect(domain.map(String)).toEqual(expect.arrayContaining(Object.keys(as!)));
  }
});

function cellsOf({ cells, children }: PictureNode): PictureNode['cells'] {
  return [...cells, ...children.flatMap(cellsOf)];
}
