import type { Plain, Shrinking } from '../checker/index.ts';

/** What makes a race of this model simpler (design.md 8a). */
export const shrinking: Shrinking = {
  threads: { parameter: 'vcpus', name: 'vCPUs' },
  operations: [
    {
      name: 'host operations and injected failures',
      begins: (option) => VMM_TURNS.includes(does(option)),
      spends: ['failures_left'],
    },
    {
      name: 'guest operations',
      begins: (option) => GUEST_TURNS.includes(does(option)),
      spends: [],
    },
  ],
  bounds: ['host', 'inject', 'failures', 'ops', 'guest'],
  // Not `host`: without prefault the same race takes more steps, and reads no better.
  parameters: ['inject', 'ops', 'regions', 'fanout'],
};

const VMM_TURNS = ['punch hole', 'convert'];
/** A prefault is done for a vCPU, by its own thread. */
const GUEST_TURNS = ['accept', 'touch', 'prefault'];

function does(option: Plain): string {
  const isTurn = typeof option === 'object' && option !== null && 'does' in option;
  return isTurn ? String(option.does) : '';
}
