import type { Model } from '../language/model.ts';
import { REPLAY_EXIT_CODE } from './exit-code.ts';
import type { Paint } from './paint.ts';
import { outcomeLine, type ReplayDocument } from './replay-report.ts';

/** What became of a file of schedules, for machines. */
export interface CorpusDocument {
  readonly schema: { readonly name: 'corpus-result'; readonly version: 1 };
  readonly exitCode: number;
  readonly model: { readonly name: string; readonly version: string };
  readonly corpus: string;
  /** In the order of the file. */
  readonly replays: readonly (ReplayDocument & { readonly line: number })[];
}

/** From bad to good: the exit code of a corpus is that of its worst answer. */
const WORST_FIRST = ['reproduced', 'diverged', 'fixed'] as const;

/** Derives the document from the answers to all schedules of a file. */
export function corpusDocumentOf(
  { name, version }: Pick<Model, 'name' | 'version'>,
  corpus: string,
  replays: CorpusDocument['replays'],
): CorpusDocument {
  const worst = WORST_FIRST.find((result) => replays.some((replay) => replay.result === result));
  if (worst === undefined) throw new RangeError('a corpus has at least one schedule');
  return {
    schema: { name: 'corpus-result', version: 1 },
    exitCode: REPLAY_EXIT_CODE[worst],
    model: { name, version },
    corpus,
    replays,
  };
}

/** The answers that people read: a line for each schedule, and how many there are of each kind. */
export function corpusText(document: CorpusDocument, paint: Paint): string {
  const { model, corpus, replays } = document;
  const counts = WORST_FIRST.flatMap((result) => {
    const count = replays.filter((replay) => replay.result === result).length;
    return count === 0 ? [] : [`${count} ${result}`];
  });
  return [
    `replay ${model.name} ${model.version}: schedules of ${corpus}`,
    '',
    ...replays.map((replay) => `line ${replay.line}: ${outcomeLine(replay, paint)}`),
    '',
    counts.join(', '),
    '',
  ].join('\n');
}
