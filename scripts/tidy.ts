import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXAMPLES, projectFiles, ROOMS } from './project-files.ts';

/** A source file: path relative to the root of the repository, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What `tidy` judges: every source file, and the names at the top of the repository. */
export interface SourceTree {
  readonly files: readonly SourceFile[];
  readonly topLevel: readonly string[];
}

interface Finding {
  readonly index: number;
  readonly message: string;
}

const LINE_WIDTH_MAX = 100;
const FILE_LINES_MAX = 400;

const TOP_LEVEL = new Set([
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'node_modules'],
  ...['README.md', 'CHANGELOG.md', 'LICENSE', 'docs', ...ROOMS],
]);

/** Files below scripts/ that may speak to the terminal all the same. */
const TERMINAL_FILES: ReadonlySet<string> = new Set([]);

/** Modules that are the terminal or the process under another name. */
const TERMINAL_MODULES =
  /^(node:)?(process|console|tty|readline(\/promises)?)$|^(commander|log-update)$/;

const CLOCKS_AND_DICE: readonly { call: RegExp; instead: string }[] = [
  { call: /\bMath\s*\.\s*random\b/g, instead: 'seedrandom with the seed of the run' },
  { call: /\bDate\s*\.\s*now\b/g, instead: 'performance.now(), and only in a `timing` field' },
];

/**
 * Judges a tree by the rules a formatter cannot know: which way imports point, who may touch the
 * terminal, clocks and dice, sizes, leftovers. Each violation is one line that ends in what to do.
 *
 * Source is read with regular expressions, not parsed: an import whose path is computed, or a
 * `const p = process`, is not seen.
 */
export function tidy(tree: SourceTree): string[] {
  const strays = tree.topLevel
    .filter((name) => !name.startsWith('.') && !TOP_LEVEL.has(name))
    .map((name) => `${name}:1: unknown top-level entry; use a room, docs/ or a dot folder`);
  return [...strays, ...tree.files.flatMap(tidyFile)];
}

/** Reads the tree that `tidy` judges from disk. */
export function readSourceTree(root: string): SourceTree {
  const files = projectFiles(root).map((path) => ({
    path,
    text: readFileSync(join(root, path), 'utf8'),
  }));
  return { files, topLevel: topLevelOf(root) };
}

/** What is committed or about to be: a report or log that lies about in a checkout is no stray. */
function topLevelOf(root: string): string[] {
  const { stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  const tracked = (stdout ?? '').split('\0').flatMap((path) => path.split('/')[0] || []);
  // Not a checkout, or nothing added to it yet.
  if (tracked.length === 0) return readdirSync(root);
  return [...new Set(tracked)];
}

function tidyFile(file: SourceFile): string[] {
  const source = blank(file.text, 'comments');
  const code = blank(file.text, 'comments and literals');
  const findings = [
    ...misdirectedImports(file.path, source),
    ...terminalUse(file.path, code),
    ...clocksAndDice(file.path, code),
    ...leftovers(file.text),
    ...sizes(file),
  ];
  return findings
    .sort((a, b) => a.index - b.index)
    .map(({ index, message }) => `${file.path}:${lineOf(file.text, index)}: ${message}`);
}

function misdirectedImports(path: string, source: string): Finding[] {
  const specifiers = /\b(?:from|import\s*\(?|new\s+URL\s*\()\s*(['"])([^'"\n]+)\1/g;
  return [...source.matchAll(specifiers)].flatMap((match) => {
    const message = importFault(path, match[2] ?? '');
    return message === undefined ? [] : [{ index: match.index, message }];
  });
}

function importFault(path: string, specifier: string): string | undefined {
  const from = roomOf(path);
  if (TERMINAL_MODULES.test(specifier) && !maySpeakToTerminal(path)) {
    return `imports ${specifier}; use a listener that scripts/ subscribes`;
  }
  const target = targetOf(path, specifier);
  if (target === undefined || from === 'scripts') return undefined;

  const to = roomOf(target);
  if (to === from) return undefined;
  if (to === undefined) {
    if (isTest(path)) return undefined;
    return `imports ${target} from outside the rooms; use an argument that scripts/ passes`;
  }
  if (to === EXAMPLES) {
    if (isTest(path)) return undefined;
    return `imports ${target}, an example; use a file of ${from}/ (only tests import examples)`;
  }
  if (rankOf(to) > rankOf(from)) {
    return `imports ${target} upwards; use an argument or a callback that ${to}/ passes down`;
  }
  if (to === 'checker' && target !== 'checker/index.ts' && !isTest(path)) {
    return `imports ${target} past the public entry; use checker/index.ts`;
  }
  return undefined;
}

function terminalUse(path: string, code: string): Finding[] {
  if (maySpeakToTerminal(path)) return [];
  const uses = /(?<![.\w$])(process|console)\s*(?:\?\.|\.|\[)/g;
  return [...code.matchAll(uses)].map((match) => ({
    index: match.index,
    message: `touches ${match[1]}; use a returned value or an event that scripts/ prints`,
  }));
}

function clocksAndDice(path: string, code: string): Finding[] {
  if (roomOf(path) === 'scripts') return [];
  return CLOCKS_AND_DICE.flatMap(({ call, instead }) =>
    [...code.matchAll(call)].map((match) => ({
      index: match.index,
      message: `${match[0]} makes two runs differ; use ${instead}`,
    })),
  );
}

function leftovers(text: string): Finding[] {
  // The classes keep this line from finding itself.
  return [...text.matchAll(/\b(?:FIX[M]E|TO[D]O)\b/g)].map((match) => ({
    index: match.index,
    message: `${match[0]} left behind; use an issue, or docs/limits.md with the test that pins it`,
  }));
}

function sizes({ text }: SourceFile): Finding[] {
  const lines = text.replace(/\n$/, '').split('\n');
  const findings: Finding[] = [];
  let index = 0;
  for (const [i, line] of lines.entries()) {
    const width = [...line].length;
    if (width > LINE_WIDTH_MAX) {
      findings.push({ index, message: `${width} columns; use at most ${LINE_WIDTH_MAX}` });
    }
    if (i === FILE_LINES_MAX) {
      const message = `${lines.length} lines in one file; use files of at most ${FILE_LINES_MAX}`;
      findings.push({ index, message });
    }
    index += line.length + 1;
  }
  return findings;
}

/** The path an import leads to, relative to the root; nothing for a package or a Node module. */
function targetOf(path: string, specifier: string): string | undefined {
  if (specifier === 'kvm-interleave') return 'checker/index.ts';
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(path), specifier);
}

function roomOf(path: string): string | undefined {
  return [...ROOMS, EXAMPLES].find((room) => path.startsWith(`${room}/`));
}

function rankOf(room: string | undefined): number {
  // An example is an outside model that may also use ours, so it stands where properties/ does.
  const rank = ROOMS.findIndex((name) => name === (room === EXAMPLES ? 'properties' : room));
  return rank === -1 ? ROOMS.length : rank;
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}

function maySpeakToTerminal(path: string): boolean {
  const room = roomOf(path);
  return room === 'scripts' || room === EXAMPLES || isTest(path) || TERMINAL_FILES.has(path);
}

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//;
const REGULAR_EXPRESSION =
  /(?<=[(=,:[!&|?{};]\s*|\breturn\s)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//;
const TEXT = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/;
const TEMPLATE = /`(?:\\[\s\S]|[^`\\])*`/;
const TOKEN = new RegExp(
  [COMMENT, REGULAR_EXPRESSION, TEXT, TEMPLATE].map(({ source }) => source).join('|'),
  'g',
);

/** Replaces what is not code by spaces, so that every index and line number stays what it was. */
function blank(text: string, what: 'comments' | 'comments and literals'): string {
  return text.replace(TOKEN, (token) => {
    if (/^\/[/*]/.test(token)) return token.replace(/[^\n]/g, ' ');
    if (what === 'comments') return token;
    if (!token.startsWith('`')) return ' '.repeat(token.length);
    return token.replace(/(\$\{[^{}]*\})|[^\n]/g, (_, hole: string | undefined) => hole ?? ' ');
  });
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tree = readSourceTree(fileURLToPath(new URL('..', import.meta.url)));
  const violations = tidy(tree);
  for (const violation of violations) console.error(violation);
  console.log(`tidy: ${tree.files.length} files, ${violations.length} violations`);
  if (violations.length > 0 || tree.files.length === 0) process.exitCode = 1;
}
