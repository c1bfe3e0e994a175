const PLACE = /(<!-- bench -->\n)[\s\S]*?(<!-- end of bench -->)/;

/** Puts what was measured between the two comments of a page. Nothing if they are not there. */
export function withResults(page: string, results: string): string | undefined {
  if (!PLACE.test(page)) return undefined;
  return page.replace(PLACE, (_, begin: string, end: string) => `${begin}\n${results}\n${end}`);
}
