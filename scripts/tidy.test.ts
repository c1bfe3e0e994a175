import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSourceTree, tidy } from './tidy.ts';

/** Violations of a tree that holds one planted file. */
function violations(path: string, text: string): string[] {
  return tidy({ files: [{ path, text }], topLevel: [] });
}

/** An import statement; a function, so that no planted import stands in this file's own code. */
function importing(specifier: string): string {
  return `import { a } from '${specifier}';\n`;
}

describe('the real tree', () => {
  const tree = readSourceTree(fileURLToPath(new URL('..', import.meta.url)));

  test('is seen', () => {
    const paths = tree.files.map(({ path }) => path);
    expect(paths).toContain('scripts/tidy.test.ts');
    expect(paths).toContain('scripts/kvm-interleave.mjs');
    for (const room of ['checker/', 'model/', 'properties/', 'scripts/']) {
      expect(paths.filter((path) => path.startsWith(room)).length, room).toBeGreaterThan(0);
    }
    expect(tree.topLevel).toContain('package.json');
  });

  test('is tidy', () => {
    expect(tidy(tree)).toEqual([]);
  });
});

describe('imports', () => {
  test.each([
    ['model/kvm/a.ts', '../../checker/index.ts'],
    ['model/kvm/a.ts', 'kvm-interleave'],
    ['model/kvm/a.ts', '../tdx/b.ts'],
    ['model/kvm/a.test.ts', '../../checker/search/bfs.ts'],
    ['properties/a.ts', '../model/kvm/a.ts'],
    ['scripts/main.ts', '../checker/search/bfs.ts'],
    ['scripts/main.ts', '../package.json'],
    ['scripts/main.ts', 'commander'],
    ['docs/examples/peterson.ts', '../../checker/index.ts'],
    ['checker/search/a.test.ts', '../../docs/examples/peterson.ts'],
    ['checker/search/a.ts', 'node:worker_threads'],
  ])('of %s may lead to %s', (path, specifier) => {
    expect(violations(path, importing(specifier))).toEqual([]);
  });

  test.each([
    ['checker/a.ts', '../model/b.ts', 'imports model/b.ts upwards'],
    ['checker/a.test.ts', '../model/b.ts', 'imports model/b.ts upwards'],
    ['checker/a.ts', '../scripts/b.ts', 'imports scripts/b.ts upwards'],
    ['model/kvm/a.ts', '../../properties/b.ts', 'imports properties/b.ts upwards'],
    ['properties/a.ts', '../scripts/b.ts', 'imports scripts/b.ts upwards'],
    ['docs/examples/a.ts', '../../scripts/b.ts', 'imports scripts/b.ts upwards'],
    ['model/a.ts', '../checker/search.ts', 'past the public entry; use checker/index.ts'],
    ['properties/a.ts', '../checker/search.ts', 'past the public entry; use checker/index.ts'],
    ['docs/examples/a.ts', '../../checker/search.ts', 'past the public entry'],
    ['model/a.ts', '../package.json', 'imports package.json from outside the rooms'],
    ['model/a.ts', '../docs/examples/b.ts', 'imports docs/examples/b.ts, an example'],
    ['checker/a.ts', 'node:process', 'imports node:process; use a listener'],
    ['checker/a.ts', 'log-update', 'imports log-update; use a listener'],
  ])('of %s may not lead to %s', (path, specifier, message) => {
    expect(violations(path, `\n${importing(specifier)}`)).toEqual([
      expect.stringMatching(new RegExp(`^${path}:2: .*${message}`)),
    ]);
  });

  test.each([
    ["import type { A } from '../model/a.ts';"],
    ["import '../model/a.ts';"],
    ["export * from '../model/a.ts';"],
    ['const a = await import("../model/a.ts");'],
    ["new Worker(new URL('../model/worker.mjs', import.meta.url));"],
    ["import {\n  A,\n} from '../model/a.ts';"],
  ])('are found in %j', (text) => {
    expect(violations('checker/a.ts', text)).toHaveLength(1);
  });

  test('in a comment are not imports', () => {
    expect(violations('checker/a.ts', `// ${importing('../model/a.ts')}`)).toEqual([]);
  });
});

describe('the terminal', () => {
  test.each([
    ["console.log('a');"],
    ['const a = process.argv;'],
    ["const a = process['env'];"],
    [`const a = \`pid \${process.pid}\`;`],
  ])('is out of bounds for %j', (text) => {
    for (const room of ['checker', 'model', 'properties']) {
      expect(violations(`${room}/a.ts`, text)).toEqual([
        expect.stringMatching(/^\w+\/a\.ts:1: touches (console|process); use /),
      ]);
    }
  });

  test('belongs to scripts, examples and tests', () => {
    for (const path of ['scripts/a.ts', 'docs/examples/a.ts', 'checker/a.test.ts']) {
      expect(violations(path, 'console.log(process.pid);')).toEqual([]);
    }
  });

  test.each([
    ['/* process.exit ends it */'],
    ["const a = 'console.log';"],
    ['const a = /[`]/; // process.pid'],
    ['this.process.start();'],
    ['interface A { process: string }'],
  ])('is not touched by %j', (text) => {
    expect(violations('checker/a.ts', text)).toEqual([]);
  });
});

describe('clocks and dice', () => {
  test.each([
    ['Math.random()', 'seedrandom'],
    ['Date.now()', 'performance.now()'],
  ])('%s is replaced by %s', (call, instead) => {
    for (const path of ['checker/a.ts', 'model/a.ts', 'properties/a.test.ts']) {
      const found = violations(path, `\n\nconst a = ${call};\n`);
      expect(found).toHaveLength(1);
      expect(found[0]).toContain(`${path}:3: `);
      expect(found[0]).toContain(`use ${instead}`);
    }
    expect(violations('scripts/a.ts', `const a = ${call};\n`)).toEqual([]);
  });
});

describe('sizes', () => {
  test('lines end at column 100, counted in characters', () => {
    expect(violations('model/a.ts', `// ${'─'.repeat(97)}\n`)).toEqual([]);
    expect(violations('model/a.ts', `\n// ${'─'.repeat(98)}\n`)).toEqual([
      'model/a.ts:2: 101 columns; use at most 100',
    ]);
  });

  test('files end at line 400', () => {
    expect(violations('model/a.ts', '//\n'.repeat(400))).toEqual([]);
    expect(violations('model/a.ts', '//\n'.repeat(401))).toEqual([
      'model/a.ts:401: 401 lines in one file; use files of at most 400',
    ]);
  });
});

test('leftovers are found, in comments too', () => {
  for (const word of ['FIX', 'TO'].map((head, i) => head + ['ME', 'DO'][i])) {
    expect(violations('scripts/a.mjs', `// ${word}: later\n`)).toEqual([
      expect.stringContaining(`scripts/a.mjs:1: ${word} left behind; use `),
    ]);
  }
});

test('the top level is closed, dot files apart', () => {
  const topLevel = ['package.json', 'checker', '.ci', 'node_modules', 'race.html'];
  expect(tidy({ files: [], topLevel })).toEqual([
    'race.html:1: unknown top-level entry; use a room, docs/ or a dot folder',
  ]);
});
