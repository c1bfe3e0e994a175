import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The four rooms, lowest first: a room may import those before it, never those after it. */
export const ROOMS = ['checker', 'model', 'properties', 'scripts'] as const;

/** Where the examples of the documentation live: outside models, held to the same rules. */
export const EXAMPLES = 'docs/examples';

/**
 * Paths, relative to `root` and sorted, of every file of ours in the rooms and the examples, by its
 * ending. A room that does not exist contributes nothing, so callers must check that they saw any.
 */
export function projectFiles(root: string): string[] {
  return [...ROOMS, EXAMPLES].flatMap((folder) => filesBelow(root, folder)).sort();
}

function filesBelow(root: string, folder: string): string[] {
  let entries: ReturnType<typeof entriesOf>;
  try {
    entries = entriesOf(join(root, folder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return entries.flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) return [];
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(root, path);
    return /\.(tsx?|mjs|css)$/.test(entry.name) ? [path] : [];
  });
}

function entriesOf(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
