import { expect, it } from 'vitest';
import { scopes } from '../model/scopes.ts';
import { versions } from '../model/versions/index.ts';
import { FAILURES } from './expected-failures.ts';
import { check, failures } from './version-failures.ts';

it.each(Object.entries(FAILURES))('%s with one vCPU fails as %j', (variant, expected) => {
  const [scope] = scopes({ vcpus: 1, variant });
  const result = check(scope!);
  expect(result.stopped).toBeUndefined();
  expect(failures(result)).toEqual(expected);
});

it('every version is listed', () => {
  expect(Object.keys(FAILURES).sort()).toEqual(versions.map(({ name }) => name).sort());
});
