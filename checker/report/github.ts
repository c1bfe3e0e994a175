import { type CheckDocument, stepsOf } from './document.ts';
import { documentHeadline, showScope } from './headline.ts';
import { drawing } from './lasso-text.ts';
import { noPaint } from './paint.ts';
import { stepTitle } from './step-title.ts';
import { verdictLine } from './text-report.ts';
import { violationsOf } from './violations.ts';

/**
 * Workflow commands that GitHub Actions shows as annotations: an error for each violation, in the
 * line of the model where its last step stands, and one for a check that proved nothing.
 */
export function githubAnnotations(document: CheckDocument): string {
  const commands = violationsOf(document).map((found) => {
    const { claim, because, replay } = found;
    const last = stepsOf(found).at(-1);
    const site = last?.operations.at(-1)?.site;
    const where = last === undefined ? '' : ` at ${stepTitle(last)} of ${last.thread}`;
    const sentence = document.claims.find(({ id }) => id === claim)?.sentence ?? '';
    return command(
      'error',
      {
        ...(site === undefined ? {} : { file: site.file, line: String(site.line) }),
        title: `${claim} fails${where}`,
      },
      `${because}\n${sentence}\nReproduce: ${replay}`,
    );
  });
  const { verdict, exitCode, baseline } = document;
  for (const text of baseline?.moved ?? []) {
    commands.push(command('error', { title: `Not as recorded in ${baseline?.file}` }, text));
  }
  if (verdict !== 'VIOLATED') {
    const accepted = verdict === 'EXHAUSTED' ? 'notice' : 'warning';
    const kind = exitCode === 0 ? accepted : 'error';
    commands.push(command(kind, { title: verdict }, verdictLine(document, noPaint)));
  }
  return `${commands.join('\n')}\n`;
}

/** A workflow command; what would end it, or one of its properties, is escaped as GitHub wants. */
function command(kind: string, properties: Readonly<Record<string, string>>, text: string): string {
  const escaped = (value: string) =>
    value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const listed = Object.entries(properties).map(
    ([name, value]) => `${name}=${escaped(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
  );
  return `::${kind} ${listed.join(',')}::${escaped(text)}`;
}

/** Markdown for the summary of a job: the verdict, each claim, and each violation drawn. */
export function githubSummary(document: CheckDocument): string {
  const { claims } = document;
  const violations = violationsOf(document).flatMap((found) => [
    `#### ${markdown(`${found.claim} fails: ${found.because}`)}`,
    '',
    markdown(showScope(found.scope)),
    '',
    ...fenced([...drawing(found), '', `Reproduce: ${found.replay}`]),
    '',
  ]);
  const lines = [
    `### ${markdown(verdictLine(document, noPaint))}`,
    '',
    ...fenced([documentHeadline(document)]),
    '',
    ...violations,
    '| claim | verdict | judged | sentence |',
    '| --- | --- | ---: | --- |',
    ...claims.map(
      ({ id, verdict, premise, sentence }) =>
        `| ${markdown(id)} | ${verdict} | ${premise} | ${markdown(sentence)} |`,
    ),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function fenced(lines: readonly string[]): string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map(lengthOf));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines, fence];
}

function lengthOf({ length }: string): number {
  return length;
}

/** Text in which nothing means something in Markdown, on one line. */
function markdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&-]/g, '\\$&').replace(/\s+/g, ' ');
}
