const PLACE = /(<!-- bench -->\n)([\s\S]*?)(<!-- end of bench -->)/;

/** Where the table of a workload begins. */
const TITLE = /^### /m;

/** What was measured: what is said of all of it, and a table for each workload. */
export interface Results {
  readonly notes: string;
  /** Each begins with its title. */
  readonly tables: readonly string[];
  /** Only some workloads were measured: the other tables of the page are kept. */
  readonly isPart: boolean;
}

/** Puts what was measured between the two comments of a page. Nothing if they are not there. */
export function withResults(page: string, { notes, tables, isPart }: Results): string | undefined {
  if (!PLACE.test(page)) return undefined;
  return page.replace(PLACE, (_, begin: string, known: string, end: string) => {
    const results = isPart
      ? replaced(known, tables, notes)
      : [`\n${notes}\n`, ...tables].join('\n');
    return `${begin}${results.trimEnd()}\n\n${end}`;
  });
}

/** Each table in the place of the one with its title, with the notes of its own below the title. */
function replaced(known: string, tables: readonly string[], notes: string): string {
  const [first = '', ...others] = known.split(TITLE);
  const sections = others.map((text) => `### ${text}`);
  for (const table of tables) {
    const [title = '', ...rest] = table.split('\n');
    const section = [title, '', ...notes.split('\n'), ...rest, ''].join('\n');
    const place = sections.findIndex((one) => one.startsWith(`${title}\n`));
    if (place < 0) sections.push(section);
    else sections[place] = section;
  }
  return [first, ...sections].join('');
}
