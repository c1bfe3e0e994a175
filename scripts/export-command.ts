import { shownBy } from '../checker/check/claim-results.ts';
import { decodeSchedule } from '../checker/check/schedule.ts';
import { promelaOf } from '../checker/export/promela.ts';
import { replay } from '../checker/generators/replay.ts';
import { buildSystem, completeScope } from '../checker/language/model.ts';
import { flagName, type Scope, showParameterValue } from '../checker/language/parameter.ts';
import { prepareLiveness } from '../checker/liveness/prepare-liveness.ts';
import { contentionTable } from '../checker/report/contention.ts';
import { commonScope, entryOf } from '../checker/report/document.ts';
import { showScope } from '../checker/report/headline.ts';
import { listReport, PLAIN_STYLE } from '../checker/report/list-report.ts';
import { outcomeLine, replayDocumentOf } from '../checker/report/replay-report.ts';
import { prepare } from '../checker/search/explore.ts';
import type { ExportRequest } from './export-flags.ts';
import { claimsOf, type LoadedModel, named, scopesOf, systemOf } from './loaded-model.ts';
import { refuseUnknownClaim } from './replay-command.ts';
import { commandLine } from './reproduction.ts';
import { TOOL } from './tool.ts';
import { UsageError } from './usage-error.ts';

/** Prints a model or a schedule in the form that others read; answers with the exit code. */
export function exportCommand(loaded: LoadedModel, request: ExportRequest): number {
  process.stdout.write(textOf(loaded, request));
  return 0;
}

function textOf(loaded: LoadedModel, request: ExportRequest): string {
  if (request.what === 'lkml') return listOf(loaded, request.schedule, request.tabs);
  const { name, version, listStyle = PLAIN_STYLE } = loaded.model;
  const scope = onlyScope(loaded, request.given);
  const system = systemOf(loaded, scope);
  const values = showScope(scope);
  const title = `${name} ${version}${values === '' ? '' : `: ${values}`}`;
  return named(loaded.file, () => {
    switch (request.what) {
      case 'promela':
        return promelaOf(prepare(system), title);
      case 'promela-liveness':
        return promelaOf(prepareLiveness(system), title, system.liveness);
      case 'contention':
        return contentionTable(prepare(system).compiled, `${TOOL}, model ${title}`, listStyle);
    }
  });
}

/** A schedule that violates its claim, as it is, drawn for a list. */
function listOf(loaded: LoadedModel, text: string, tabs: boolean): string {
  const { model, file, path } = loaded;
  const schedule = decodeSchedule(text, model);
  refuseUnknownClaim(loaded, schedule, 'schedule');
  const { scope, claim, moves, loop } = schedule;
  const directory = process.cwd();
  return named(file, () => {
    const system = buildSystem(model, scope);
    const replayed = replay(system, claim, moves, loop);
    if (replayed.result !== 'reproduced') {
      const document = replayDocumentOf(model, schedule, replayed, directory);
      const outcome = outcomeLine(document, (_, plain) => plain);
      throw new UsageError(`schedule is ${outcome}; expected one that violates its claim`);
    }
    const violation = entryOf(shownBy(model, scope, system, claim, replayed), {
      directory,
      replay: (printed) => commandLine('replay', path, [`'${printed}'`], directory),
    });
    const outline = claimsOf(loaded, [scope], [scope]).find(({ id }) => id === claim)!;
    const { sentence, source = null } = outline;
    const { listStyle: style = PLAIN_STYLE, notModelled = [] } = model;
    const found = 'this schedule was replayed, which says nothing of others';
    const subject = { violation, claim: { sentence, source }, tool: TOOL, model, found };
    return listReport({ ...subject, notModelled }, { style, tabs });
  });
}

/** The scope that the user named; several default scopes are no answer to what is to be printed. */
function onlyScope(loaded: LoadedModel, given: Partial<Scope>): Scope {
  const scopes = scopesOf(loaded, given);
  const [first, ...others] = scopes as readonly [Scope, ...Scope[]];
  if (others.length === 0) return first;
  const common = commonScope(scopes);
  const differing = Object.entries(first).filter(([name]) => !(name in common));
  if (differing.every(([name]) => given[name] !== undefined)) {
    return completeScope(loaded.model.parameters, given);
  }
  const flags = differing.map(
    ([name, value]) => `--${flagName(name)} ${showParameterValue(value)}`,
  );
  throw new UsageError(
    `a check of this covers ${scopes.length} scopes, and an export is of one; ` +
      `expected flags that name it, e.g. ${flags.join(' ')}`,
  );
}
