import { expect, test } from 'vitest';
import { explain, findWeakenings } from '../explain/explain.ts';
import { counting } from '../explain/fixtures/counting.ts';
import { type ExplainedFunctions, explainedCode, kernelLike } from './explained-code.ts';
import { PLAIN_STYLE } from './list-report.ts';

function subject(): ExplainedFunctions {
  const scopes = [{}];
  const { weakenings, listings } = findWeakenings(counting, scopes, (name) => name === 'add');
  const options = { engine: 'interpreter', limits: {}, keepGoing: false } as const;
  const wording = {
    'acquire lock.holder': 'spin_lock(lock)',
    'release lock.holder': 'spin_unlock(lock)',
  };
  return {
    by: 'a test',
    ...{ scopes, listings },
    explanations: [...explain(counting, scopes, weakenings, options)],
    sourceLine: () => undefined,
    style: { ...PLAIN_STYLE, wording },
  };
}

test('each line has a comment, and each comment that names a race has it below', async () => {
  const text = explainedCode(subject());
  await expect(text).toMatchFileSnapshot('goldens/explained-counting.txt');
  const asked = [...text.matchAll(/fails in \d+ steps \[(\d+)\]/g)].map(([, number]) => number);
  const given = [...text.matchAll(/^\[(\d+)\] add\(\)/gm)].map(([, number]) => number);
  expect(asked.length).toBeGreaterThan(2);
  expect(given).toEqual(asked);
});

test('a line of C is what a line of the model stands for', () => {
  const lines = [
    [
      "    if (yield* kvm.test_inhibit(kvm, gfn, level + 1).at('B4')) return 0;",
      'if (test_inhibit(gfn, level + 1)) return 0;',
    ],
    ['  const ret = yield* kvm.split(kvm, range).at("B6");', 'ret = split(range).at("B6");'],
    ['  if (yield* kvm.test(kvm)) {', 'if (test())'],
    ['  yield* other.call(kvm, gfn);', 'other.call(kvm, gfn);'],
  ];
  expect(lines.map(([text]) => kernelLike(text!))).toEqual(lines.map(([, line]) => line));
});

test('what a mail must not have is refused', () => {
  expect(() => explainedCode({ ...subject(), by: 'so gro\u00df' })).toThrow(
    'breaks a rule for mails',
  );
});
