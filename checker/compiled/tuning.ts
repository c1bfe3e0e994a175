import type { MapTuning } from '../codegen/memory-map.ts';

/** What is chosen for speed, and must not matter for what is found. */
export interface Tuning extends MapTuning {
  /** The most that one memory may hold; that of WebAssembly if absent. */
  readonly shardBytesMax?: number;
  /** States from which on it pays to share the work. */
  readonly crewStatesMin: number;
  /** How many successors may wait for a partition, at the least and at the most. */
  readonly bufferStates: readonly [min: number, max: number];
}

export const DEFAULT_TUNING: Tuning = {
  partitionBits: 9,
  memoBits: 13,
  crewStatesMin: 50_000,
  bufferStates: [64, 1 << 12],
};
