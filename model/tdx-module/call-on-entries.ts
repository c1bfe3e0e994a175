import {
  atomic,
  checkScope,
  defineModel,
  type Modelled,
  modelled,
  onReturn,
  type Steps,
  thread,
} from '../../checker/index.ts';
import type { Gfn } from '../gfn.ts';
import { declare_memory, type Memory, type SeptEntry } from '../memory.ts';

/** The S-EPT over one 2M region: its 2M entry, its two 4K entries, and whether TRACK was done. */
export interface Entries {
  readonly sept_2M: SeptEntry;
  readonly sept_4K: readonly [SeptEntry, SeptEntry];
  readonly tlb_tracked: boolean;
}

type ModuleCall = Modelled<[kvm: never, gfn: Gfn, level: number], string>;

/**
 * For tests: makes one call for gfn 0 on the given entries.
 *
 * @returns whether it resulted in `result` and left `after` behind
 */
export function call_on_entries(
  before: Entries,
  call: ModuleCall,
  level: number,
  result: string,
  after: Entries,
): boolean {
  const as_expected = (memory: Memory) =>
    onReturn(
      { id: 'expected', sentence: 'the call does what is expected' },
      call as unknown as Modelled<unknown[], string>,
      function* (_args, returned) {
        const entries: Entries = {
          sept_2M: yield* memory.sept_2M.at(0).read(),
          sept_4K: [yield* memory.sept_4K.at(0).read(), yield* memory.sept_4K.at(1).read()],
          tlb_tracked: yield* memory.tlb_tracked.at(0).read(),
        };
        return returned === result && JSON.stringify(entries) === JSON.stringify(after);
      },
    );
  const model = defineModel({
    name: 'one call of the module',
    version: '1',
    summary: 'one call of the module',
    parameters: {},
    build: (shared) => {
      const memory = declare_memory(shared, {
        regions: 1,
        fanout: 2,
        vcpus: 1,
        inject: [],
        failures: 0,
        converts: false,
        deletes_slot: false,
        requests: false,
      });
      return {
        threads: [thread('test', 'test', set_up_and_call, memory, before, call, level)],
        claims: [as_expected(memory)],
      };
    },
  });
  const { claims } = checkScope(model, {}, { engine: 'naive', limits: {}, keepGoing: false });
  const judged = claims.find(({ id }) => id === 'expected');
  return judged?.verdict === 'HOLDS' && judged.premise === 1;
}

const set_up_and_call = modelled(
  'set up and call',
  function* (memory: Memory, before: Entries, call: ModuleCall, level: number): Steps<void> {
    yield* atomic(function* () {
      yield* memory.sept_2M.at(0).write(before.sept_2M);
      for (const [gfn, entry] of before.sept_4K.entries()) {
        yield* memory.sept_4K.at(gfn).write(entry);
      }
      yield* memory.tlb_tracked.at(0).write(before.tlb_tracked);
    });
    yield* call(memory as never, 0 as Gfn, level);
  },
);
