/** How much there is of what the workers of one search share. */
export interface RoomSizes {
  readonly workers: number;
  readonly partitions: number;
  readonly claims: number;
  readonly faults: number;
  /** Bytes of the biggest buffer of successors. */
  readonly mailBytes: number;
}

/** The shared memory behind a `Room`. */
export interface RoomBuffers {
  readonly sizes: RoomSizes;
  readonly words: SharedArrayBuffer;
  readonly counters: SharedArrayBuffer;
  readonly faults: SharedArrayBuffer;
  readonly mail: readonly SharedArrayBuffer[];
}

const ARRIVED = 0;
const GENERATION = 1;
const SENT = 2;
const COMMAND = 3;
const STOP = 4;
const LENGTH = 5;
const BUFFER_STATES = 6;
const BELLS = 8;

/** Letters that can wait for one worker. */
const LETTERS = 64;
const LETTER_WORDS = 3;
const FREE = 0;
const TAKEN = 1;
const FULL = 2;

/** So long does a worker sleep before it looks whether others have failed. */
const PATIENCE_MS = 20;

/** What all do next. */
export const COMMANDS = { expand: 0, end: 1 } as const;

const COUNTERS = ['states', 'transitions', 'memoryBytes', 'expanded'] as const;
/** What a worker tells while a level is being expanded. */
export type Counters = Readonly<Record<(typeof COUNTERS)[number], number>>;

/** A worker has failed: what is left of the search means nothing. */
export class CrewFailure extends Error {
  override readonly name = 'CrewFailure';
  readonly isOutOfMemory: boolean;

  constructor(message: string, isOutOfMemory = false) {
    super(message);
    this.isOutOfMemory = isOutOfMemory;
  }
}

/**
 * Where the workers of one search meet: barriers, mail, and what each has to tell. One object for
 * each worker, over the same buffers.
 */
export class Room {
  readonly sizes: RoomSizes;
  /** Per partition, the first position of the level and the end of it. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  private readonly id: number;
  private readonly hasFailed: () => boolean;
  private readonly words: Int32Array;
  private readonly failures: Int32Array;
  private readonly counters: Float64Array;
  private readonly faults: Uint8Array;
  private readonly mail: readonly Uint8Array[];

  static create(sizes: RoomSizes): RoomBuffers {
    const { workers, partitions, claims, faults, mailBytes } = sizes;
    const shared = (bytes: number) => new SharedArrayBuffer(bytes);
    const words = BELLS + workers + LETTER_WORDS * LETTERS * workers;
    return {
      sizes,
      words: shared(4 * (words + 2 * partitions + claims * workers)),
      counters: shared(8 * COUNTERS.length * workers),
      faults: shared(faults * workers),
      mail: Array.from({ length: workers }, () => shared(LETTERS * mailBytes)),
    };
  }

  /** @param hasFailed whether some worker is gone; asked while this one waits */
  constructor(buffers: RoomBuffers, id: number, hasFailed: () => boolean) {
    const { workers, partitions, claims } = buffers.sizes;
    this.sizes = buffers.sizes;
    this.id = id;
    this.hasFailed = hasFailed;
    this.words = new Int32Array(buffers.words);
    const own = BELLS + workers + LETTER_WORDS * LETTERS * workers;
    this.starts = this.words.subarray(own, own + partitions);
    this.ends = this.words.subarray(own + partitions, own + 2 * partitions);
    this.failures = this.words.subarray(own + 2 * partitions).subarray(0, claims * workers);
    this.counters = new Float64Array(buffers.counters);
    this.faults = new Uint8Array(buffers.faults);
    this.mail = buffers.mail.map((bytes) => new Uint8Array(bytes));
  }

  /** The worker that stores a partition. */
  ownerOf(partition: number): number {
    return partition % this.sizes.workers;
  }

  /** Says what all do when they have arrived. */
  command(command: number, length: number, bufferStates: number): void {
    this.words[COMMAND] = command;
    this.words[LENGTH] = length;
    this.words[BUFFER_STATES] = bufferStates;
    Atomics.store(this.words, STOP, 0);
  }

  get order(): {
    readonly command: number;
    readonly length: number;
    readonly bufferStates: number;
  } {
    const { words } = this;
    return {
      command: words[COMMAND]!,
      length: words[LENGTH]!,
      bufferStates: words[BUFFER_STATES]!,
    };
  }

  /** Asks all to leave the level that is being expanded. */
  stop(): void {
    Atomics.store(this.words, STOP, 1);
  }

  get isStopped(): boolean {
    return Atomics.load(this.words, STOP) === 1;
  }

  /** Waits until all workers have arrived here. */
  barrier(): void {
    const generation = Atomics.load(this.words, GENERATION);
    if (Atomics.add(this.words, ARRIVED, 1) + 1 === this.sizes.workers) {
      Atomics.store(this.words, ARRIVED, 0);
      Atomics.store(this.words, SENT, 0);
      Atomics.add(this.words, GENERATION, 1);
      Atomics.notify(this.words, GENERATION);
      return;
    }
    while (Atomics.load(this.words, GENERATION) === generation) {
      this.sleep(GENERATION, generation);
    }
  }

  /**
   * Puts states into the mail of another worker.
   *
   * @param meanwhile called while there is no place: has to empty the own mail
   */
  send(to: number, partition: number, states: Uint8Array, meanwhile: () => void): void {
    const { mailBytes } = this.sizes;
    for (let at = 0; at < states.length; at += mailBytes) {
      const letter = this.freeLetter(to, meanwhile);
      const part = states.subarray(at, at + mailBytes);
      this.mail[to]!.set(part, letter * mailBytes);
      const words = this.letterAt(to, letter);
      this.words[words + 1] = partition;
      this.words[words + 2] = part.length;
      Atomics.store(this.words, words, FULL);
      this.ring(to);
    }
  }

  /** Reads the letters that are there. */
  readMail(read: (partition: number, states: Uint8Array) => void): void {
    const { mailBytes } = this.sizes;
    for (let letter = 0; letter < LETTERS; letter++) {
      const words = this.letterAt(this.id, letter);
      if (Atomics.load(this.words, words) !== FULL) continue;
      const at = letter * mailBytes;
      const bytes = this.words[words + 2]!;
      read(this.words[words + 1]!, this.mail[this.id]!.subarray(at, at + bytes));
      Atomics.store(this.words, words, FREE);
    }
  }

  /**
   * Says that this worker will send nothing more, and reads mail until no other will either.
   *
   * @param look called now and then
   */
  finishMail(read: (partition: number, states: Uint8Array) => void, look: () => void): void {
    Atomics.add(this.words, SENT, 1);
    for (let worker = 0; worker < this.sizes.workers; worker++) this.ring(worker);
    for (;;) {
      const bell = Atomics.load(this.words, BELLS + this.id);
      const isLast = Atomics.load(this.words, SENT) === this.sizes.workers;
      this.readMail(read);
      if (isLast) return;
      look();
      this.sleep(BELLS + this.id, bell);
    }
  }

  tell(counters: Counters): void {
    COUNTERS.forEach((name, i) => {
      this.counters[this.id * COUNTERS.length + i] = counters[name];
    });
  }

  /** What all workers told, added up. */
  get told(): Counters {
    const sum = { states: 0, transitions: 0, memoryBytes: 0, expanded: 0 };
    for (let worker = 0; worker < this.sizes.workers; worker++) {
      COUNTERS.forEach((name, i) => {
        sum[name] += this.counters[worker * COUNTERS.length + i]!;
      });
    }
    return sum;
  }

  /** Tells what was found in a level: per claim the length of a failure or -1, and faults. */
  tellFindings(failures: readonly number[], faults: Uint8Array): void {
    this.failures.set(failures, this.id * this.sizes.claims);
    this.faults.set(faults, this.id * this.sizes.faults);
  }

  /** What all workers found: the shortest failures, and all faults. */
  get findings(): { readonly failures: readonly number[]; readonly faults: Uint8Array } {
    const { workers, claims, faults } = this.sizes;
    const failures = new Array<number>(claims).fill(-1);
    const allFaults = new Uint8Array(faults);
    for (let worker = 0; worker < workers; worker++) {
      for (let claim = 0; claim < claims; claim++) {
        const length = this.failures[worker * claims + claim]!;
        const known = failures[claim]!;
        if (length >= 0 && (known < 0 || length < known)) failures[claim] = length;
      }
      for (let i = 0; i < faults; i++) allFaults[i]! |= this.faults[worker * faults + i]!;
    }
    return { failures, faults: allFaults };
  }

  private letterAt(worker: number, letter: number): number {
    return BELLS + this.sizes.workers + LETTER_WORDS * (LETTERS * worker + letter);
  }

  private freeLetter(to: number, meanwhile: () => void): number {
    for (;;) {
      const bell = Atomics.load(this.words, BELLS + this.id);
      for (let letter = 0; letter < LETTERS; letter++) {
        const at = this.letterAt(to, letter);
        if (Atomics.compareExchange(this.words, at, FREE, TAKEN) === FREE) return letter;
      }
      meanwhile();
      Atomics.wait(this.words, BELLS + this.id, bell, 1);
      this.check();
    }
  }

  private ring(worker: number): void {
    Atomics.add(this.words, BELLS + worker, 1);
    Atomics.notify(this.words, BELLS + worker);
  }

  private sleep(at: number, value: number): void {
    Atomics.wait(this.words, at, value, PATIENCE_MS);
    this.check();
  }

  private check(): void {
    if (this.hasFailed()) throw new CrewFailure('another worker of the search has failed');
  }
}
