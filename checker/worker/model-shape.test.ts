import { expect, test } from 'vitest';
import lostUpdate from '../report/fixtures/lost-update.ts';
import { modelFault } from './model-shape.ts';

test('a model has no fault', () => {
  expect(modelFault(lostUpdate)).toBeUndefined();
});

const parameter = { kind: 'integer', help: '', default: 1, min: 0, max: 3 };

test.each<[string, unknown]>([
  ['has no default export; expected `export default defineModel({ ... })`', undefined],
  ['default export: expected Object, received 3', 3],
  ['default export, version: is missing', { ...lostUpdate, version: undefined }],
  ['default export, build: expected Function, received "f"', { ...lostUpdate, build: 'f' }],
  [
    'default export, name: expected small letters, digits and dashes, received "My Model"',
    { ...lostUpdate, name: 'My Model' },
  ],
  [
    'default export, parameters.a.max: expected a whole number, received 1.5',
    { ...lostUpdate, parameters: { a: { ...parameter, max: 1.5 } } },
  ],
  [
    'default export, parameters.no-such: expected a name in camelCase, received "no-such"',
    { ...lostUpdate, parameters: { 'no-such': parameter } },
  ],
  [
    'default export, parameters.a.default: --a 1: expected a whole number from 2 to 3',
    { ...lostUpdate, parameters: { a: { ...parameter, min: 2 } } },
  ],
])('says "%s"', (fault, value) => {
  expect(modelFault(value)).toBe(fault);
});
