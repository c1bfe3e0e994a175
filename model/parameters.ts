import { integer, type ScopeOf, word, words } from '../checker/index.ts';
import { scenarios } from './guest/scenarios.ts';
import { mutations } from './mutations/index.ts';
import { versions } from './versions/index.ts';

/** What the command line may choose. */
export const parameters = {
  vcpus: integer({ help: 'vCPUs', default: 2, min: 1, max: 4 }),
  ops: integer({
    help: 'operations of each vCPU, or rounds of its program with --scenario',
    default: 2,
    min: 1,
    max: 4,
  }),
  regions: integer({ help: '2M regions in the 1G region', default: 2, min: 1, max: 3 }),
  fanout: integer({ help: '4K pages in a 2M region', default: 2, min: 2, max: 4 }),
  host: words({
    help:
      'what the VMM does: zap punches holes, prefault maps memory ahead of the guest, convert ' +
      'makes memory shared and private again',
    default: ['prefault'],
    words: ['zap', 'prefault', 'convert'],
  }),
  guest: words({
    help:
      'what guests may do beside accepting and touching: release pages again, accept-1g, be ' +
      'interrupted in a 2M accept, and ve-disabled: run with pending_ve_disable = 1',
    default: [],
    words: ['release', 'accept-1g', 'interrupted', 've-disabled'],
  }),
  scenario: word({
    help: 'what guests do; unless named, anything in any order',
    default: 'none',
    words: ['none', ...scenarios.map(({ name }) => name)],
    about: Object.fromEntries(
      scenarios.map(({ name, summary, source }) => [name, `${summary} (${source})`]),
    ),
  }),
  zaps: integer({ help: 'holes punched, with --host zap', default: 1, min: 1, max: 3 }),
  conversions: integer({
    help: 'conversions made, with --host convert',
    default: 2,
    min: 1,
    max: 3,
  }),
  inject: words({
    help:
      'failures: enomem of an allocation; enomem-for-ever of every one after the last of ' +
      '--failures, which no other check assumes; of a SEAMCALL busy (not while all vCPUs are ' +
      'kept out), busy-again (even then), interrupted (DEMOTE), seamcall-error (any other)',
    default: [],
    words: ['enomem', 'enomem-for-ever', 'busy', 'busy-again', 'interrupted', 'seamcall-error'],
  }),
  failures: integer({ help: 'failures in all, with --inject', default: 1, min: 1, max: 3 }),
  utility: words({
    help:
      'claims of usefulness that are judged too: U1, 2M accepts end in 2M leaves; U2, accept ' +
      'steps rarely take the write lock',
    default: [],
    words: ['U1', 'U2'],
  }),
  variant: word({
    help: 'version of the series',
    default: 'rfc-v2',
    words: versions.map(({ name }) => name),
    about: Object.fromEntries(versions.map(({ name, summary }) => [name, summary])),
  }),
  base: word({
    help:
      'where the base tree caps the level for TDX, before or after the loop over the words; ' +
      'unless named, as in the base tree of the variant',
    default: 'capped-before',
    words: ['capped-before', 'capped-after'],
  }),
  mutate: word({
    help: 'break the code on purpose, by number or name; unless named, the variant is its own',
    default: 'none',
    words: ['none', ...mutations.map(({ name }) => name)],
    about: Object.fromEntries(
      mutations.map(({ number, name, summary }) => [name, `${number}: ${summary}`]),
    ),
    aliases: Object.fromEntries(mutations.map(({ number, name }) => [String(number), name])),
  }),
};

/** One scope of this model. */
export type KvmScope = ScopeOf<typeof parameters>;
