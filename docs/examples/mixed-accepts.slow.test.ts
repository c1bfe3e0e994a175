import { expect, test } from 'vitest';
import { checkScope } from '../../checker/index.ts';
import mixedAccepts from './mixed-accepts.ts';

test.each([
  { top: '2M', accepts: 1, states: 99_770, transitions: 320_623 },
  { top: '2M', accepts: 2, states: 892_664, transitions: 3_082_404, depth: 52 },
  { top: '1G', accepts: 1, states: 53_675, transitions: 165_353 },
  { top: '1G', accepts: 2, states: 1_836_704, transitions: 6_366_594 },
])('4 vCPUs, up to $top, $accepts accepts: $states states', ({ top, accepts, ...counts }) => {
  const options = { engine: 'interpreter', limits: {}, keepGoing: false } as const;
  const result = checkScope(mixedAccepts, { vcpus: 4, top, accepts, mistake: 'none' }, options);

  expect(result).toMatchObject({ verdict: 'EXHAUSTED', ...counts });
});
