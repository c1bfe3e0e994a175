import { compileSearch } from '../codegen/compile-search.ts';
import type { Engine, EngineOptions, Outcome, StopReason } from '../engine/engine.ts';
import { DEADLOCK } from '../language/claim.ts';
import { ModelError } from '../language/model-error.ts';
import type { AllSteps, Cycles, Look } from '../liveness/graph.ts';
import { type FirstFailure, type Prepared, prepare } from '../search/explore.ts';
import { initialState } from '../search/layout.ts';
import { shortestSchedule } from '../search/shortest-schedule.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';
import { Crew, type Report } from './crew.ts';
import { edgeListBytes } from './edge-list.ts';
import { GraphLister } from './list-graph.ts';
import { Part } from './part.ts';
import { representBy } from './represent.ts';
import { COMMANDS, CrewFailure, Room } from './room.ts';
import { type Loaded, Shard } from './shard.ts';
import { countPassages, coverageOf } from './shared-coverage.ts';
import { StoredLevels } from './stored-levels.ts';
import { DEFAULT_TUNING, type Tuning } from './tuning.ts';
import { usableSymmetry } from './usable-symmetry.ts';

/**
 * The same search as `explore`, compiled to WebAssembly, by one or more workers. It visits the same
 * states level by level and keeps them whole; see `checker/codegen/`.
 */
export const exploreCompiled: Engine = (system, options) =>
  new CompiledRun(prepare(system, options.onFunction), options).run();

/** One search. What it stored stays readable afterwards. */
export class CompiledRun {
  readonly prepared: Prepared;
  private readonly options: EngineOptions;
  private readonly tuning: Tuning;
  private readonly symmetry: Symmetry;
  private readonly loaded: Loaded;
  private readonly part: Part;
  private crew: Crew | undefined;
  private room: Room | undefined;
  private readonly levelStarts: Int32Array[];
  /** By claim number, the length of the first failure, or -1. */
  private failures: readonly number[] = [];
  private readonly started = performance.now();
  private level = 0;
  private frontier = 1;
  private bufferStates: number;
  private stopped: StopReason | undefined;
  /** By cell, how often the search took a passage; known once it has ended. */
  private passages: ReadonlyMap<number, number> = new Map();
  private shards: readonly Shard[] = [];
  private shardOf: (partition: number) => Shard | undefined;

  constructor(prepared: Prepared, options: EngineOptions, tuning = DEFAULT_TUNING) {
    this.prepared = prepared;
    this.options = options;
    this.tuning = tuning;
    this.symmetry = usableSymmetry(prepared, options.symmetry ?? 'off');
    const { coverage = true } = options;
    const { bytes, ...search } = compileSearch(prepared, this.symmetry, tuning, coverage);
    this.loaded = { search, module: new WebAssembly.Module(bytes) };
    [this.bufferStates] = tuning.bufferStates;
    this.part = new Part(this.loaded, this.bufferStates, tuning.shardBytesMax);
    this.crew = options.crew === undefined ? undefined : new Crew(options.crew);
    this.levelStarts = [new Int32Array(search.map.partitions)];
    this.shardOf = (partition) => this.part.shardOf(partition);
  }

  run(): Outcome {
    try {
      return this.search();
    } catch (error) {
      // Who waited for one that failed has less to say than that one.
      throw error instanceof CrewFailure && this.crew !== undefined ? this.crew.failure() : error;
    }
  }

  /** Shows every stored state, with its level. */
  eachState(show: (words: Int32Array, level: number) => void): void {
    const levels = this.stored();
    for (let level = 0; level + 1 < this.levelStarts.length; level++) {
      levels.eachState(level, (words) => show(words, level));
    }
  }

  /** Shows every stored state: its number, that is its place by partition and position. */
  eachNumbered(show: (state: number, words: Int32Array, at: number) => void): void {
    const { partitions, stateBytes } = this.loaded.search.map;
    let state = 0;
    for (let partition = 0; partition < partitions; partition++) {
      const shard = this.shardOf(partition)!;
      for (const words of shard.states(partition, 0, shard.count(partition))) {
        for (let at = 0; at < words.length; at += stateBytes / 4) show(state++, words, at);
      }
    }
  }

  /**
   * The states that may lie on cycles, with their steps.
   *
   * @throws RangeError if one memory does not hold all states
   */
  cycles(look: Look): Cycles {
    return this.lister(look).cycles((show) => this.eachNumbered(show));
  }

  /**
   * Every step between the states that were found, with their numbers of `eachNumbered`.
   *
   * @throws RangeError if one memory does not hold all states
   */
  allSteps(look: Look): AllSteps {
    return this.lister(look).allSteps(this.levelStarts[1]!.indexOf(1));
  }

  /** What `cycles` and `allSteps` take beside what they answer. */
  get listingBytes(): number {
    const { loaded, prepared, shards } = this;
    const threads = prepared.compiled.automata.length;
    return edgeListBytes(shards[0]!, loaded.search.map, threads);
  }

  private lister(look: Look): GraphLister {
    const [shard, ...others] = this.shards;
    if (shard === undefined || others.length > 0) {
      throw new RangeError('Array buffer allocation failed');
    }
    if (this.options.coverage === false) throw new Error('steps are listed by what was counted');
    const { loaded, prepared, passages, levelStarts } = this;
    const { search } = loaded;
    return new GraphLister(shard, { search, prepared, passages, levelStarts, look });
  }

  private search(): Outcome {
    this.begin();
    while (this.frontier > 0 && this.stopped === undefined) {
      if (this.failures.some((length) => length >= 0) && !this.options.keepGoing) break;
      const before = this.states;
      this.callCrew();
      this.expandLevel();
      this.frontier = this.states - before;
      this.level++;
      this.chooseBuffers();
    }
    return this.outcome();
  }

  private get states(): number {
    return this.room?.told.states ?? this.part.sum('states');
  }

  /** Stores and judges the initial state. */
  private begin(): void {
    const { layout, compiled } = this.prepared;
    const { part } = this;
    const { partitions } = this.loaded.search.map;
    for (let partition = 0; partition < partitions; partition++) part.own(partition);
    const entries = compiled.automata.map(({ entry }) => entry);
    const [shard] = part.shards;
    const partition = shard!.offer(initialState(layout, entries));
    part.judgeLevel();
    if (!part.isMemoryFull) shard!.functions.start(partition);
    this.endLevel(part.failures(), part.faults());
  }

  /** Shares the work once there is enough of it. */
  private callCrew(): void {
    const { crew, part, tuning, loaded, bufferStates } = this;
    if (crew === undefined || this.room !== undefined) return;
    if (this.states < tuning.crewStatesMin || !crew.isReady) return;
    const { map, claimIds, faults } = loaded.search;
    const buffers = Room.create({
      workers: crew.workers,
      partitions: map.partitions,
      claims: claimIds.length,
      faults: faults.length,
      mailBytes: tuning.bufferStates[1] * map.stateBytes,
    });
    const { shardBytesMax } = tuning;
    crew.start((id) => ({ loaded, room: buffers, id, bufferStates, shardBytesMax }));
    const room = new Room(buffers, 0, crew.hasFailed);
    room.starts.set(this.levelStarts.at(-2)!);
    room.ends.set(this.levelStarts.at(-1)!);
    const others = [...this.levelStarts[0]!.keys()].filter((one) => room.ownerOf(one) !== 0);
    for (const one of others) {
      part.copy(one, (states) => room.send(room.ownerOf(one), one, states, () => {}));
    }
    part.enter(room);
    part.finishMail(() => {});
    room.barrier();
    if (room.isStopped) {
      // Somebody has no memory for that: then all of it stays here.
      part.leave();
      this.dismiss(room);
      this.crew = undefined;
      return;
    }
    for (const one of others) part.giveAway(one);
    this.room = room;
  }

  /** Ends the work of the helpers. */
  private dismiss(room: Room): readonly Report[] {
    room.command(COMMANDS.end, 0, 0);
    room.barrier();
    return this.crew!.reports();
  }

  private expandLevel(): void {
    const { part, room, bufferStates } = this;
    const length = this.level + 1;
    room?.command(COMMANDS.expand, length, bufferStates);
    room?.barrier();
    part.prepareLevel(length, bufferStates);
    part.expandLevel(() => {
      this.look();
      return !(room?.isStopped ?? this.stopped !== undefined);
    });
    part.finishMail(() => this.look());
    part.judgeLevel();
    const { failures, faults } =
      room === undefined
        ? { failures: part.failures(), faults: part.faults() }
        : this.gatherFindings(room);
    this.endLevel(failures, faults);
  }

  private gatherFindings(room: Room): Room['findings'] {
    const { part } = this;
    this.tell();
    part.writeEnds(room.ends);
    room.tellFindings(part.failures(), part.faults());
    room.barrier();
    return room.findings;
  }

  private endLevel(failures: readonly number[], faults: Uint8Array): void {
    const { search } = this.loaded;
    const messages = search.faults.filter((_, i) => faults[i] === 1);
    // Of those of one level the first in the alphabet, so that it does not depend on the order.
    if (messages.length > 0) throw new ModelError([...messages].sort()[0]!);
    this.failures = failures;
    this.levelStarts.push(this.room?.ends.slice() ?? this.part.endsHere());
    this.look();
  }

  private tell(): Parameters<Room['tell']>[0] {
    const { part } = this;
    const counters = {
      states: part.sum('states'),
      transitions: part.sum('transitions'),
      memoryBytes: part.memoryBytes,
      expanded: part.expanded,
    };
    this.room?.tell(counters);
    return counters;
  }

  /** Looks at the limits. */
  private look(): void {
    const own = this.tell();
    const { states, transitions, memoryBytes, expanded } = this.room?.told ?? own;
    const { statesMax, memoryBytesMax, durationMsMax } = this.options.limits;
    const order = this.options.onProgress({
      states,
      transitions,
      depth: this.level,
      frontier: Math.max(0, this.frontier - expanded),
      memoryBytes,
    });
    if (order === 'interrupt') this.stopped = 'interrupt';
    else if (states > (statesMax ?? Infinity)) this.stopped = 'states';
    else if (memoryBytes > (memoryBytesMax ?? Infinity)) this.stopped = 'memory';
    else if (this.part.isMemoryFull) this.stopped = 'memory';
    else if (performance.now() - this.started > (durationMsMax ?? Infinity)) this.stopped = 'time';
    // A helper stops all only when it has no memory left.
    else if (this.room?.isStopped) this.stopped = 'memory';
    if (this.stopped !== undefined) this.room?.stop();
  }

  /** A quarter of a partition may wait for it: most lookups then share their cache lines. */
  private chooseBuffers(): void {
    const [, max] = this.tuning.bufferStates;
    const { partitions } = this.loaded.search.map;
    while (this.bufferStates < max && this.bufferStates < this.states / partitions / 4) {
      this.bufferStates *= 2;
    }
  }

  private stored(): StoredLevels {
    return new StoredLevels({
      shards: this.shards,
      shardOf: (partition) => this.shardOf(partition)!,
      levelStarts: this.levelStarts,
      claimIds: this.loaded.search.claimIds,
      wordCount: this.prepared.layout.wordCount,
    });
  }

  /** Ends the work of the helpers and takes their memories. */
  private collect(): void {
    const { part, room, loaded } = this;
    this.shards = part.shards;
    if (room === undefined) return;
    const reports = this.dismiss(room).map(({ memories, homes }) => ({
      homes,
      shards: memories.map((memory) => new Shard(loaded, () => {}, memory)),
    }));
    this.shards = [...part.shards, ...reports.flatMap(({ shards }) => shards)];
    this.shardOf = (partition) => {
      const owner = room.ownerOf(partition);
      if (owner === 0) return part.shardOf(partition);
      const { homes, shards } = reports[owner - 1]!;
      return shards[homes[partition]!];
    };
  }

  /** Leaves nothing in the stored states that is not theirs, where steps were not taken. */
  private forgetBits(): void {
    const { levelStarts } = this;
    // Of the last level that was begun perhaps not all steps were taken.
    levelStarts[Math.max(0, levelStarts.length - 3)]!.forEach((from, partition) => {
      const shard = this.shardOf(partition);
      shard?.functions.forget?.(partition, from, shard.count(partition));
    });
  }

  private outcome(): Outcome {
    const { stopped, frontier } = this;
    const { states, transitions, memoryBytes } = this.room?.told ?? this.tell();
    this.collect();
    this.forgetBits();
    const exhausted = frontier === 0 && stopped === undefined;
    // Before schedules are rebuilt, which steps and judges once more.
    const premises = this.premises();
    this.passages = countPassages(this.loaded.search, this.shards);
    const isCovered = exhausted && this.options.coverage !== false;
    const coverage = isCovered
      ? { coverage: coverageOf(this.prepared, this.passages, this.shards) }
      : {};
    return {
      ...(stopped === undefined ? {} : { stopped }),
      exhausted,
      ...coverage,
      states,
      transitions,
      depth: frontier === 0 ? this.level - 1 : this.level,
      premises,
      violations: this.violations(),
      ...this.symmetric(),
      stateBits: this.prepared.layout.bits,
      memoryBytes,
    };
  }

  private violations(): Outcome['violations'] {
    const levels = this.stored();
    const represent = representBy(this.prepared.layout, this.symmetry);
    return this.firstFailures().map((failure) => ({
      claim: failure.claim,
      because: failure.about,
      schedule: shortestSchedule(this.prepared, levels, failure, represent),
    }));
  }

  private symmetric(): Pick<Outcome, 'symmetric'> {
    const { classes } = this.symmetry;
    if (classes.length === 0) return {};
    const { threads } = this.prepared.compiled.system;
    return { symmetric: classes.map((one) => one.threads.map((t) => threads[t]!.name)) };
  }

  /** Shortest first. */
  private firstFailures(): readonly FirstFailure[] {
    const { claimIds } = this.loaded.search;
    return this.failures
      .flatMap((length, number) => {
        const claim = claimIds[number]!;
        // A deadlock is seen when the states after it would be found.
        const steps = claim === DEADLOCK ? length - 1 : length;
        return length < 0 ? [] : [{ claim, about: claim, length: steps }];
      })
      .sort((a, b) => a.length - b.length);
  }

  private premises(): Map<string, number> {
    const { claimIds } = this.loaded.search;
    const counts = new Map(claimIds.map((id) => [id, 0]));
    const add = (claim: string, times: number) => counts.set(claim, counts.get(claim)! + times);
    for (const shard of this.shards) {
      shard.premises().forEach((times, number) => add(claimIds[number]!, times));
      const { lists } = this.prepared.code.happenings;
      shard.tallies().forEach((times, list) => {
        for (const claim of lists[list]!.counts) add(claim, times);
      });
    }
    return counts;
  }
}
