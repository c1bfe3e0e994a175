import type { Excerpt } from '../checker/index.ts';
import { scenario_of } from './guest/scenarios.ts';
import type { KvmScope } from './parameters.ts';

/** What a check has to see where a scenario keeps guests from most of the code. */
export function excerpt_of({ scenario }: KvmScope): Excerpt | undefined {
  const known = scenario_of(scenario);
  return known && { name: `scenario ${known.name}`, shows: known.shows };
}
