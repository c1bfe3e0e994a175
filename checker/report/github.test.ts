import { describe, expect, test } from 'vitest';
import { checkLostUpdate } from './fixtures/check-lost-update.ts';
import { githubAnnotations, githubSummary } from './github.ts';

const violated = checkLostUpdate('racy');
const stopped = checkLostUpdate('atomic', { limits: { statesMax: 1 } });

/** Reads workflow commands as GitHub documents them. */
function read(text: string) {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, kind, list = '', message = ''] = /^::(\w+) ([^:]*)::(.*)$/.exec(line) ?? [];
      const decode = (part: string) => decodeURIComponent(part);
      const properties = Object.fromEntries(
        list.split(',').map((part) => /^(\w+)=(.*)$/.exec(part)!.slice(1).map(decode)),
      );
      return { kind, ...properties, message: decode(message) };
    });
}

describe('annotations', () => {
  test('a violation is an error in the line of its last step', () => {
    expect(read(githubAnnotations(violated))).toEqual([
      {
        kind: 'error',
        file: 'checker/report/fixtures/lost-update.ts',
        line: '22',
        title: 'kept fails at worker() L3 of CPU0',
        message: expect.stringMatching(
          /^fails for counter\nThe counter is .*\nReproduce: npm run replay -- '\S+'$/,
        ),
      },
    ]);
  });

  test('what proved nothing is an error, and a proof a notice', () => {
    expect(read(githubAnnotations(stopped))).toEqual([
      { kind: 'error', title: 'STOPPED', message: expect.stringMatching(/^STOPPED by the limit/) },
    ]);
    expect(read(githubAnnotations(checkLostUpdate('atomic')))).toMatchObject([
      { kind: 'notice', title: 'EXHAUSTED' },
    ]);
  });

  test('no text ends its command early', () => {
    const { counterexample } = violated;
    const odd = { ...counterexample!, claim: 'a,b::c=d', because: '100%\r\n::error::x' };
    expect(read(githubAnnotations({ ...violated, counterexample: odd }))).toMatchObject([
      {
        title: 'a,b::c=d fails at worker() L3 of CPU0',
        message: expect.stringMatching(/^100%\r\n::error::x\n/),
      },
    ]);
  });
});

describe('the summary', () => {
  test('draws each violation, and has a row for each claim', () => {
    const summary = githubSummary(violated);
    expect(summary).toContain('\n#### kept fails: fails for counter\n\nthreads 2, variant racy\n');
    expect(summary).toContain('L3: update finished  // 1 -> 2 !!!');
    expect(summary.match(/^\| (kept|grows|assertions|deadlock) \| /gm)).toHaveLength(4);
  });

  test('text of a model is not taken for Markdown', () => {
    const claims = [{ ...violated.claims[0]!, sentence: 'a | b\n<img> *c* ```' }];
    expect(githubSummary({ ...violated, claims })).toContain(
      '| a \\| b \\<img\\> \\*c\\* \\`\\`\\` |',
    );
  });
});
