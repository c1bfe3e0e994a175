import type { ClaimEntry } from './document.ts';
import type { Paint, Tone } from './paint.ts';
import { wrap } from './wrap.ts';

const WIDTH = 96;
/** Narrower than this, sentences are not worth wrapping. */
const SENTENCE_WIDTH_MIN = 30;

const TONES: Readonly<Record<ClaimEntry['verdict'], Tone>> = {
  HOLDS: 'good',
  VIOLATED: 'bad',
  UNDECIDED: 'unsure',
};

/** A line per claim: its id, its verdict, how often its premise was met, and what it says. */
export function claimsTable(claims: readonly ClaimEntry[], paint: Paint): string[] {
  const rows = claims.map((claim) => ({
    claim,
    judged: judgedText(claim),
  }));
  const idWidth = widest(['claim', ...rows.map(({ claim }) => claim.id)]);
  const verdictWidth = widest(['verdict', ...rows.map(({ claim }) => claim.verdict)]);
  const judgedWidth = widest(['judged', ...rows.map(({ judged }) => judged)]);
  const left = idWidth + verdictWidth + judgedWidth + 6;
  const head =
    `${'claim'.padEnd(idWidth)}  ${'verdict'.padEnd(verdictWidth)}  ` +
    `${'judged'.padStart(judgedWidth)}  sentence`;
  const body = rows.flatMap(({ claim, judged }) => {
    const sentenceWidth = Math.max(SENTENCE_WIDTH_MIN, WIDTH - left);
    const [first = '', ...rest] = wrap(claim.sentence, sentenceWidth);
    const verdict = paint(TONES[claim.verdict], claim.verdict.padEnd(verdictWidth));
    return [
      `${claim.id.padEnd(idWidth)}  ${verdict}  ${judged.padStart(judgedWidth)}  ${first}`,
      ...rest.map((line) => ' '.repeat(left) + line),
    ];
  });
  return [head, ...body];
}

/** How often the premise of a claim was met. What must not happen has none. */
export function judgedText(claim: ClaimEntry): string {
  if (claim.premise > 0) return count(claim.premise);
  return isNeverJudged(claim) ? 'never' : '-';
}

/** Whether the premise of a claim was never met, so that nothing is known of it. */
export function isNeverJudged({ premise, kind }: Pick<ClaimEntry, 'premise' | 'kind'>): boolean {
  return premise === 0 && kind !== 'assertion' && kind !== 'deadlock';
}

/** A number with its thousands apart: `27,730,844`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(({ length }) => length));
}
