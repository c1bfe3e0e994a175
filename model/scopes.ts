import { ParameterError } from '../checker/index.ts';
import { type Scenario, scenario_of } from './guest/scenarios.ts';
import { edit_of, mutation_of } from './mutations/edit-of.ts';
import type { Mutation } from './mutations/mutation.ts';
import { type KvmScope, parameters } from './parameters.ts';
import { version_of } from './versions/index.ts';
import { refuse_hosts_of } from './versions/refuse-hosts-of.ts';
import type { Base } from './versions/version.ts';

/** What makes a scope big: whoever names one of these wants that scope and no other. */
const SIZES = [
  'ops',
  'regions',
  'fanout',
  'host',
  'guest',
  'zaps',
  'conversions',
  'inject',
  'failures',
  'utility',
] as const;

type Size = Pick<KvmScope, 'ops' | 'regions' | 'host' | 'inject'> & Partial<KvmScope>;

/**
 * The default scopes by the number of vCPUs, measured in docs/scopes.md: together they end within
 * the promised time, and catch every mutation that a safety claim should catch.
 */
const DEFAULTS: Readonly<Record<number, readonly Size[]>> = {
  1: [
    { ops: 4, regions: 2, host: ['prefault'], inject: [] },
    { ops: 3, regions: 2, host: ['zap', 'prefault'], inject: [] },
    { ops: 3, regions: 2, host: ['prefault'], inject: ['enomem'] },
    { ops: 3, regions: 2, host: ['prefault'], inject: [], base: 'capped-after' },
  ],
  2: [
    { ops: 3, regions: 2, host: ['prefault'], inject: [] },
    { ops: 2, regions: 2, host: ['zap', 'prefault'], inject: [] },
    { ops: 2, regions: 2, host: ['prefault'], inject: ['enomem'] },
    { ops: 2, regions: 2, host: ['prefault'], inject: [], base: 'capped-after' },
  ],
  3: [
    { ops: 1, regions: 2, host: ['prefault'], inject: [] },
    { ops: 2, regions: 1, host: ['prefault'], inject: [] },
    { ops: 1, regions: 1, host: ['zap', 'prefault'], inject: [] },
    { ops: 1, regions: 2, host: ['prefault'], inject: ['enomem'] },
    { ops: 1, regions: 1, host: ['prefault'], inject: [], base: 'capped-after' },
  ],
  4: [
    { ops: 1, regions: 1, host: ['prefault'], inject: [] },
    { ops: 1, regions: 1, host: ['zap'], inject: [] },
    { ops: 1, regions: 1, host: [], inject: [], base: 'capped-after' },
  ],
};

const SMALLEST: Size = { ops: 1, regions: 1, host: [], inject: [] };

/**
 * The default scopes for claims over infinite runs. They are smaller: no symmetry is used, and a
 * scope of 4 vCPUs would have millions of states.
 */
const LIVENESS_DEFAULTS: Readonly<Record<number, readonly Size[]>> = {
  1: [
    { ops: 3, regions: 2, host: ['prefault'], inject: [] },
    { ops: 2, regions: 2, host: ['zap', 'prefault'], inject: [] },
    { ops: 2, regions: 2, host: ['prefault'], inject: ['enomem'] },
    { ops: 2, regions: 2, host: ['prefault'], inject: [], base: 'capped-after' },
  ],
  2: [
    { ops: 2, regions: 1, host: ['prefault'], inject: [] },
    { ops: 1, regions: 1, host: ['zap', 'prefault'], inject: [] },
    { ops: 1, regions: 1, host: ['prefault'], inject: ['enomem'] },
    { ops: 1, regions: 1, host: ['prefault'], inject: [], base: 'capped-after' },
  ],
  3: [{ ops: 1, regions: 1, host: [], inject: [] }],
  4: [{ vcpus: 3, ops: 1, regions: 1, host: [], inject: [] }],
};

/**
 * The scopes of one check, given what the user named.
 *
 * @throws ParameterError if the mutation is not one of the variant, or a host operation is not
 *   modelled with it
 */
export function scopes(given: Partial<KvmScope>): readonly KvmScope[] {
  return scopes_from(DEFAULTS, given);
}

/** Those in which claims over infinite runs are judged. For errors see `scopes`. */
export function liveness_scopes(given: Partial<KvmScope>): readonly KvmScope[] {
  return scopes_from(LIVENESS_DEFAULTS, given);
}

function scopes_from(
  table: Readonly<Record<number, readonly Size[]>>,
  given: Partial<KvmScope>,
): readonly KvmScope[] {
  const mutation = mutation_of(given.mutate ?? 'none');
  const needs = mutation?.needs ?? {};
  const scenario = scenario_of(given.scenario ?? needs.scenario ?? 'none');
  const defaults = complete_scope({ ...both(scenario?.scope ?? {}, needs), ...given });
  const version = version_of(defaults.variant);
  if (mutation !== undefined) edit_of(mutation, version);
  refuse_together(defaults.host);
  if (scenario !== undefined) {
    refuse_turns_of(scenario, given);
    refuse_hosts_of(version, defaults.host);
    return [defaults];
  }
  refuse_hosts_of(version, given.host ?? []);
  if (SIZES.some((name) => given[name] !== undefined)) return [defaults];

  const base = given.base ?? needs.base;
  const sizes = table[defaults.vcpus] ?? [];
  const fitting = sizes.filter((size) => fits(size, needs) && is_on(size.base, base, version.base));
  // Where no default has what the mutation needs, a small scope is given it.
  return fitting.length > 0
    ? fitting.map((size) => ({ ...defaults, ...size }))
    : [{ ...defaults, ...SMALLEST, ...needs, ...given }];
}

/**
 * One scope: the defaults of the parameters, the variant of the mutation and the base tree of the
 * variant, with what is known in their place.
 */
export function complete_scope(known: Partial<KvmScope>): KvmScope {
  const defaults = Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]),
  );
  const mutation = mutation_of(known.mutate ?? 'none');
  const variant = known.variant ?? mutation?.variant ?? parameters.variant.default;
  const { base } = version_of(variant);
  return { ...(defaults as unknown as KvmScope), variant, base, ...known };
}

/** @throws ParameterError if the VMM would do two things that are not modelled together */
function refuse_together(host: readonly string[]): void {
  if (!host.includes('convert') || !host.includes('memslot')) return;
  throw new ParameterError(
    '--host convert,memslot: the attributes of memory without a slot are not modelled; expected ' +
      'one of the two',
  );
}

/** What a scenario implies, with what a mutation needs. */
function both(implied: Partial<KvmScope>, needs: Mutation['needs']): Partial<KvmScope> {
  const known = [...(implied.host ?? []), ...(needs.host ?? [])];
  const host = parameters.host.words.filter((word) => known.includes(word));
  return { ...implied, ...needs, ...(host.length === 0 ? {} : { host }) };
}

/** @throws ParameterError for what the programs of a scenario would leave undone */
function refuse_turns_of({ name }: Scenario, { host = [], guest = [] }: Partial<KvmScope>): void {
  const turn = ['prefault', 'release', 'accept-1g'].find((word) =>
    [...host, ...guest].includes(word),
  );
  if (turn === undefined) return;
  const flag = turn === 'prefault' ? '--host' : '--guest';
  throw new ParameterError(
    `${flag} ${turn}: not with --scenario ${name}, whose programs are fixed; ` +
      'expected one or the other',
  );
}

/** Whether a scope shows what a mutation does. */
function fits(size: Size, { host = [], inject }: Mutation['needs']): boolean {
  return (
    host.every((part) => size.host.includes(part)) &&
    (inject === undefined || inject.join() === size.inject.join())
  );
}

/**
 * Whether a default scope is one of a check on the base tree that is asked for, if one is. Those
 * that name a tree are for versions that were posted on the other one.
 */
function is_on(own: string | undefined, asked: string | undefined, posted: Base): boolean {
  if (own === undefined) return true;
  return asked === undefined ? own !== posted : own === asked;
}
