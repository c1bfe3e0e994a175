import type { Prepared } from '../search/explore.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';
import { get, I32, type Local } from '../wasm/code.ts';
import { generateAllocation } from './allocation.ts';
import { canonicalOf } from './canonical.ts';
import { Decisions } from './decisions.ts';
import { EdgeLean } from './edge-lean.ts';
import { generateEdges } from './edges.ts';
import { generateExpand } from './expansion.ts';
import { Generator, type StepEntry } from './generator.ts';
import { increment } from './increment.ts';
import { Judging } from './judging.ts';
import { MeetingCode } from './meetings.ts';
import type { DataSegment, MapTuning, MemoryMap } from './memory-map.ts';
import { PAGE_BYTES } from './memory-map.ts';
import { Settling } from './settling.ts';
import { StepFunctions } from './step-functions.ts';
import { StepTable } from './step-tables.ts';
import { generateSuccessors } from './successors.ts';
import { generateTracing } from './tracing.ts';
import { generateInsert, stateAddress } from './visited-set.ts';

/** A search as a WebAssembly module, with what its memory must hold. */
export interface CompiledSearch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly map: MemoryMap;
  readonly image: readonly DataSegment[];
  /** Where memory can be handed out from. */
  readonly heap: number;
  /** Where the host puts states that it hands in, and how many bytes fit. */
  readonly inbox: number;
  readonly inboxBytes: number;
  /** How many lists of happenings are counted. */
  readonly lists: number;
  /** By cell of the thread code, the address of the i64 that counts the passage there. */
  readonly passages: ReadonlyMap<number, number>;
  readonly stepEntries: readonly StepEntry[];
  /** Where the bytes of a `MeetingTable` lie, and how many there are. */
  readonly meetings: { readonly address: number; readonly bytes: number };
  readonly claimIds: readonly string[];
  /** By the number of the byte in `MemoryMap.faults`. */
  readonly faults: readonly string[];
}

/** States that the host can hand in at a time. */
const INBOX_STATES = 1 << 12;

/** The most pages that an instance can have: one less than 4 GiB, so that no address overflows. */
export const PAGES_MAX = 65_535;

/**
 * Compiles a search: the automata and the layout to steps, the claims to judgements, and around
 * them the visited set.
 *
 * @param symmetry threads whose renamings are one state
 * @throws ContractError if a state has more bits than a compiled search can hold
 */
export function compileSearch(
  prepared: Prepared,
  symmetry: Symmetry,
  tuning: MapTuning,
  coverage = true,
): CompiledSearch {
  const { automata } = prepared.compiled;
  const atEntry = prepared.code.happenings.add(automata.flatMap(({ entryEvents }) => entryEvents));
  const generator = new Generator(prepared, symmetry, tuning, coverage);
  const { module, map } = generator;
  const decisions = new Decisions(generator, true);
  const quick = new Decisions(generator, false);
  const settling = new Settling(generator, decisions);
  const allocation = generateAllocation(generator);
  const insert = generateInsert(generator, allocation);
  const canonical = canonicalOf(generator, symmetry);
  const successors = generateSuccessors(generator, insert, settling.settle, canonical);
  const functions = new StepFunctions(generator, successors.emit);
  const tables = prepared.compiled.automata.map(
    (_, thread) => new StepTable(generator, functions, settling, thread),
  );
  const meetings = new MeetingCode(generator);
  const { bits } = generator;
  const lean = bits === undefined ? undefined : new EdgeLean(generator, bits);
  generateExpand(generator, tables, successors.sort, meetings, lean);
  const { judgeState } = new Judging(generator, settling, decisions, quick);
  generateEdges(generator, tables, successors.sort);
  generateTracing(generator, tables, successors.sort, judgeState);
  generateStart(generator, settling, atEntry);
  const inboxBytes = INBOX_STATES * map.stateBytes;
  const inbox = map.space(inboxBytes);
  const { image, heap } = map;
  const { claimIds, faults, stepEntries } = generator;
  const lists = prepared.code.happenings.lists.length;
  const bytes = module.build(Math.ceil(heap / PAGE_BYTES), PAGES_MAX);
  const passages = generator.passages.addresses;
  return {
    ...{ bytes, map, image, heap, inbox, inboxBytes },
    ...{ lists, passages, stepEntries, claimIds, faults },
    meetings: { address: meetings.seen, bytes: meetings.table.size ** 2 },
  };
}

/** Generates `start(partition)`: judges what happens before the first operations. */
function generateStart(generator: Generator, settling: Settling, list: number): void {
  generator.module.exported('start', [I32], [], (f) => {
    const [partition] = f.params as [Local];
    const words = generator.words(f);
    const first = f.local(I32);
    return [
      generator.loadWords(words, stateAddress(generator, get(partition), first)),
      increment(generator.map.tallies + 8 * list),
      settling.judgeList(list, words),
    ];
  });
}
