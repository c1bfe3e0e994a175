import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Exhibit } from './exhibit.ts';

const ENTRIES = ['main.tsx', 'page.css'].map((name) =>
  fileURLToPath(new URL(`../page/${name}`, import.meta.url)),
);

/** The page loads nothing from anywhere, and the browser sees to it; a live one asks its server. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'";
const LIVE_POLICY = `${POLICY}; connect-src 'self'`;

/**
 * One HTML file with everything in it. It is bundled here and now: this takes less time than to
 * keep a bundle up to date, and there is none that could be stale or missing in a fresh clone.
 */
export function htmlPage(exhibit: Exhibit): string {
  const { script, style } = bundle();
  const data = JSON.stringify(exhibit).replaceAll('<', '\\u003c');
  const policy = exhibit.live === undefined ? POLICY : LIVE_POLICY;
  const title = escaped(`${exhibit.verdict}: ${exhibit.model.name}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<noscript>This page is drawn by the script in it; scripts are switched off.</noscript>
<div id="page"></div>
<script type="application/json" id="exhibit">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

function bundle(): { readonly script: string; readonly style: string } {
  const { outputFiles } = buildSync({
    entryPoints: ENTRIES,
    bundle: true,
    minify: true,
    write: false,
    outdir: '/',
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // An installed package has no tsconfig.json.
    tsconfigRaw: {},
    logLevel: 'silent',
  });
  const textOf = (ending: string) =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text.trim() ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
