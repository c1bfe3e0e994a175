import type { Move } from '../engine/engine.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const RUN = /([a-zA-Z]|_\d+_)(\d*)((?:\.\d+)*)/y;

/**
 * Moves as text: a letter for the thread, how many equal moves follow each other (if more than
 * one), and `.option` for each choice. `a5b3.2` is five steps of thread 0 and then three of
 * thread 1, which picks option 2 in each. Threads beyond the letters are written `_52_`.
 */
export function encodeMoves(moves: readonly Move[]): string {
  let text = '';
  for (let start = 0, end: number; start < moves.length; start = end) {
    const key = keyOf(moves[start]!);
    end = start + 1;
    while (end < moves.length && keyOf(moves[end]!) === key) end++;
    const { thread, choices } = moves[start]!;
    const count = end - start === 1 ? '' : String(end - start);
    text += (LETTERS[thread] ?? `_${thread}_`) + count + choices.map((c) => `.${c}`).join('');
  }
  return text;
}

/** Reads what `encodeMoves` wrote, or answers `undefined` for any other text. */
export function decodeMoves(text: string): Move[] | undefined {
  const moves: Move[] = [];
  RUN.lastIndex = 0;
  for (let at = 0; at < text.length; at = RUN.lastIndex) {
    RUN.lastIndex = at;
    const [, name = '', count = '', options = ''] = RUN.exec(text) ?? [];
    if (name === '') return undefined;
    const thread = name.startsWith('_') ? Number(name.slice(1, -1)) : LETTERS.indexOf(name);
    const choices = options.split('.').slice(1).map(Number);
    const move: Move = { thread, choices };
    for (let i = Number(count || '1'); i > 0; i--) moves.push(move);
  }
  // One text for one list of moves: what encodes differently was not written by us.
  return encodeMoves(moves) === text ? moves : undefined;
}

function keyOf({ thread, choices }: Move): string {
  return `${thread}.${choices.join('.')}`;
}
