import { forecast } from '../checker/forecast/forecast.ts';
import { completeScope } from '../checker/language/model.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { type ForecastDocument, forecastEntry } from '../checker/report/forecast-document.ts';
import { forecastLines } from '../checker/report/forecast-text.ts';
import type { ForecastFlags } from './forecast-flags.ts';
import { type LoadedModel, named, scopesOf } from './loaded-model.ts';
import { commandsFor } from './reproduction.ts';
import { TOOL } from './tool.ts';

/** States of smaller scopes that are searched for each forecast, unless `--max-states` says. */
const STATES = 2_000_000;

/** Says how big each scope of a check will be, by smaller ones, and checks nothing. */
export function forecastCommand(
  loaded: LoadedModel,
  flags: ForecastFlags,
  given: Partial<Scope>,
): number {
  const { model, file } = loaded;
  const { command } = commandsFor(flags, given, loaded.path, process.cwd());
  const { statesMax = STATES, durationMsMax } = flags.limits;
  const scopes = scopesOf(loaded, given).map((scope) => completeScope(model.parameters, scope));
  const budget = {
    states: statesMax,
    ...(durationMsMax === undefined ? {} : { durationMsMax: durationMsMax / scopes.length }),
  };
  const each = scopes.map(
    (scope) => () =>
      forecastEntry(named(file, () => forecast(model, scope, budget, flags.symmetry))),
  );
  if (flags.json) {
    const document: ForecastDocument = {
      schema: { name: 'forecast', version: 1 },
      tool: TOOL,
      model: { name: model.name, version: model.version },
      command,
      forecasts: each.map((one) => one()),
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return 0;
  }
  process.stdout.write(`forecast ${model.name}; ${command}\n`);
  for (const one of each) process.stdout.write(`\n${forecastLines(one()).join('\n')}\n`);
  process.stdout.write('\nNothing was checked.\n');
  return 0;
}
