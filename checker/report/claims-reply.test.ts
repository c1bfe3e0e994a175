import { describe, expect, test } from 'vitest';
import { runCheck } from '../check/check.ts';
import { completeScope, type Model } from '../language/model.ts';
import type { Scope } from '../language/parameter.ts';
import type { Quote } from '../language/quote.ts';
import { claimsReply } from './claims-reply.ts';
import { documentOf } from './document.ts';
import { checkRetry } from './fixtures/check-retry.ts';
import lostUpdate from './fixtures/lost-update.ts';
import { PLAIN_STYLE } from './list-report.ts';

const said = (testedBy: readonly string[], text = 'Nothing is lost.'): Quote => ({
  who: 'A. Writer',
  when: '1 Jan 2025',
  where: '[PATCH 1/2]',
  messageId: 'x@example.org',
  text,
  testedBy,
});

function replyOf(
  model: Model,
  given: readonly Partial<Scope>[],
  quotes: readonly Quote[],
  statesMax?: number,
) {
  const scopes = given.map((one) => completeScope(model.parameters, one));
  const limits = statesMax === undefined ? {} : { statesMax };
  const result = runCheck(model, scopes, { engine: 'interpreter', limits, keepGoing: true });
  const document = documentOf(result, {
    ...{ tool: 'kvm-interleave 0.1.0', scopes, command: 'npm run check', directory: '/' },
    replay: (schedule) => `npm run replay -- '${schedule}'`,
  });
  return claimsReply(document, quotes, { style: PLAIN_STYLE, tabs: false });
}

describe('a reply', () => {
  test('quotes what was said, and says how far it holds', () => {
    const given = [1, 2].map((threads) => ({ threads, variant: 'atomic' }));
    expect(
      replyOf(lostUpdate, given, [said(['kept', 'grows'])])
        .split('\n')
        .slice(0, 7),
    ).toEqual([
      'On 1 Jan 2025, A. Writer wrote ([PATCH 1/2]; in <x@example.org>):',
      '> Nothing is lost.',
      '',
      'kept holds for up to threads 2 (exhausted: A, B; judged 12 times): The',
      '    counter is at least the number of threads that have added one.',
      '',
      'grows holds for up to threads 2 (exhausted: A, B; judged 7 times): Every',
    ]);
  });

  test('draws a schedule once, with the command that replays it', () => {
    const text = replyOf(lostUpdate, [{}], [said(['kept']), said(['kept'], 'Again.')]);
    expect(text).toContain('kept fails after 6 steps and 2 thread switches: The counter');
    expect(text).toContain('CPU0                                CPU1');
    expect(text.match(/Reproduce:\n {2}npm run replay/g)).toHaveLength(1);
    expect(text).toContain('> Again.\n\nkept fails, see above.');
    // The same mail is named once.
    expect(text.match(/^On 1 Jan/gm)).toHaveLength(1);
  });

  test('says of a loop how long it is', () => {
    const options = { style: PLAIN_STYLE, tabs: false };
    const text = claimsReply(checkRetry(), [said(['ends'])], options);
    expect(text).toMatch(/ends fails in a loop of \d+ after \d+ steps: /);
  });

  test('takes nothing for held that was cut short, or that nobody judged', () => {
    const cut = replyOf(lostUpdate, [{ variant: 'atomic' }], [said(['kept', 'other'])], 4);
    expect(cut).toContain('kept is undecided, as the search ended first');
    expect(cut).toContain('other is not judged here: nothing in these scopes puts it to the test.');
    expect(cut).not.toContain('holds');
  });

  test('is refused if it breaks a rule for mails', () => {
    expect(() => replyOf(lostUpdate, [{}], [said(['kept'], 'so gro\u00df')])).toThrow(
      'the reply breaks a rule for mails: line 2 has a letter that is not plain ASCII',
    );
    expect(() => replyOf(lostUpdate, [{}], [said(['kept'], 'x'.repeat(80))])).toThrow('columns');
  });

  test('has nothing to answer where nobody is quoted', () => {
    expect(replyOf(lostUpdate, [{}], [])).toMatch(/^The model quotes nobody/);
  });
});
