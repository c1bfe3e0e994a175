import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads';
import type { CrewEnds } from '../engine/engine.ts';
import { isOutOfMemory } from './out-of-memory.ts';
import { CrewFailure, type RoomBuffers } from './room.ts';
import type { Loaded } from './shard.ts';

const FAILED = 0;
const JOBS = 1;
const READY = 2;
const LOBBY_WORDS = 3;

/** So long does a worker sleep before it looks whether others have failed. */
const PATIENCE_MS = 50;

/** What a helper is given to do: its part of one search. */
export interface Job {
  readonly loaded: Loaded;
  readonly room: RoomBuffers;
  readonly id: number;
  readonly bufferStates: number;
  readonly shardBytesMax: number | undefined;
}

/** What a helper says when its part is done: its memories, and who of them has which partition. */
export interface Report {
  readonly kind: 'report';
  readonly memories: readonly WebAssembly.Memory[];
  /** Per partition, which of the memories has it, or -1. */
  readonly homes: Int32Array;
}

/** What a helper says when it fails. */
interface Fault {
  readonly kind: 'fault';
  readonly message: string;
  readonly isOutOfMemory: boolean;
}

type HelperMessage = Report | Fault;

/** What may be told to a helper for tests: to fail in its second level. */
export type Sabotage = 'throw' | 'die' | 'have no room';

/** What a helper thread is started with. */
export interface HelperData {
  readonly entry: 'helper';
  readonly lobby: SharedArrayBuffer;
  readonly port: MessagePort;
  readonly sabotage?: Sabotage;
}

/** Threads that help with searches, one after the other, until they are ended. */
export class Helpers {
  readonly ends: CrewEnds;
  readonly threads: readonly Worker[];

  /**
   * @param count how many, beside the thread that leads the search
   * @param onDeath told when one ends before it was told to, and why
   */
  constructor(count: number, onDeath: (reason: Error) => void, sabotage?: Sabotage) {
    const lobby = new SharedArrayBuffer(4 * LOBBY_WORDS);
    const channels = Array.from({ length: count }, () => new MessageChannel());
    this.ends = { lobby, ports: channels.map(({ port1 }) => port1) };
    this.threads = channels.map(({ port2 }) => {
      const data: HelperData = {
        entry: 'helper',
        lobby,
        port: port2,
        ...(sabotage === undefined ? {} : { sabotage }),
      };
      const thread = new Worker(new URL('./bootstrap.mjs', import.meta.url), {
        workerData: data,
        transferList: [port2],
        execArgv: [],
      });
      const mourn = (reason: Error) => {
        fail(lobby);
        onDeath(reason);
      };
      thread.on('error', (error: Error) => mourn(error));
      thread.on('exit', (code) => mourn(new Error(`a search worker ended with exit code ${code}`)));
      return thread;
    });
  }

  async end(): Promise<void> {
    for (const thread of this.threads) thread.removeAllListeners();
    for (const port of this.ends.ports) port.close();
    await Promise.all(this.threads.map((thread) => thread.terminate()));
  }
}

function fail(lobby: SharedArrayBuffer): void {
  Atomics.store(new Int32Array(lobby), FAILED, 1);
}

/** The thread that leads a search, as it sees its helpers. It never needs its event loop. */
export class Crew {
  private readonly lobby: Int32Array;
  private readonly ports: readonly MessagePort[];
  private fault: Fault | undefined;

  constructor({ lobby, ports }: CrewEnds) {
    this.lobby = new Int32Array(lobby);
    this.ports = ports;
  }

  /** How many workers there are, the leader included. */
  get workers(): number {
    return this.ports.length + 1;
  }

  /** Whether all helpers have started. */
  get isReady(): boolean {
    return Atomics.load(this.lobby, READY) === this.ports.length;
  }

  readonly hasFailed = (): boolean => Atomics.load(this.lobby, FAILED) !== 0;

  /** Starts a job in each helper, which are numbered from 1 on. */
  start(jobOf: (id: number) => Job): void {
    this.ports.forEach((port, i) => port.postMessage(jobOf(i + 1)));
    Atomics.add(this.lobby, JOBS, 1);
    Atomics.notify(this.lobby, JOBS);
  }

  /** Waits for what each helper reports. */
  reports(): readonly Report[] {
    return this.ports.map((port) => {
      for (;;) {
        const message = receive(port);
        if (message?.kind === 'report') return message;
        this.fault ??= message;
        if (message !== undefined || this.hasFailed()) throw this.failure();
        Atomics.wait(this.lobby, FAILED, 0, 1);
      }
    });
  }

  /** What a helper said before it failed. */
  failure(): CrewFailure {
    for (const port of this.ports) {
      const message = receive(port);
      if (message?.kind === 'fault') this.fault ??= message;
    }
    return this.fault === undefined
      ? new CrewFailure('a search worker died')
      : new CrewFailure(this.fault.message, this.fault.isOutOfMemory);
  }
}

function receive(port: MessagePort): HelperMessage | undefined {
  return (receiveMessageOnPort(port) as { message: HelperMessage } | undefined)?.message;
}

/** A helper, as it sees its leader. */
export class Employment {
  private readonly lobby: Int32Array;
  private readonly port: MessagePort;
  private jobs = 0;

  constructor({ lobby, port }: HelperData) {
    this.lobby = new Int32Array(lobby);
    this.port = port;
    Atomics.add(this.lobby, READY, 1);
  }

  readonly hasFailed = (): boolean => Atomics.load(this.lobby, FAILED) !== 0;

  /** Waits for the next job; there is none once somebody has failed. */
  nextJob(): Job | undefined {
    while (!this.hasFailed()) {
      const received = receiveMessageOnPort(this.port) as { message: Job } | undefined;
      if (received !== undefined) {
        this.jobs = Atomics.load(this.lobby, JOBS);
        return received.message;
      }
      Atomics.wait(this.lobby, JOBS, this.jobs, PATIENCE_MS);
      this.jobs = Atomics.load(this.lobby, JOBS);
    }
    return undefined;
  }

  report(report: Report): void {
    this.port.postMessage(report);
  }

  fail(error: unknown): void {
    const fault: Fault = {
      kind: 'fault',
      message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      isOutOfMemory: isOutOfMemory(error),
    };
    this.port.postMessage(fault);
    Atomics.store(this.lobby, FAILED, 1);
    Atomics.notify(this.lobby, FAILED);
  }
}
