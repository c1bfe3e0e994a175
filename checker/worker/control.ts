const INTERRUPT = 0;
const BEATS = 1;
const NAME_BYTES = 2;
const HEADER_INTS = 3;
const NAME_BYTES_MAX = 256;

/**
 * The words that host and worker share while the worker runs and cannot receive messages: a flag
 * that asks it to end, and what it is doing right now.
 */
export class Control {
  readonly buffer: SharedArrayBuffer;
  private readonly header: Int32Array;
  private readonly name: Uint8Array;

  constructor(
    buffer = new SharedArrayBuffer(HEADER_INTS * Int32Array.BYTES_PER_ELEMENT + NAME_BYTES_MAX),
  ) {
    this.buffer = buffer;
    this.header = new Int32Array(buffer, 0, HEADER_INTS);
    this.name = new Uint8Array(buffer, this.header.byteLength, NAME_BYTES_MAX);
  }

  /** Host: asks the worker to end soon. */
  interrupt(): void {
    Atomics.store(this.header, INTERRUPT, 1);
  }

  /** Worker: whether the host has asked it to end. */
  isInterrupted(): boolean {
    return Atomics.load(this.header, INTERRUPT) === 1;
  }

  /** Worker: code of the model is about to run that might not come back, e.g. `function f`. */
  enter(activity: string): void {
    const bytes = new TextEncoder().encode(activity).subarray(0, NAME_BYTES_MAX);
    this.name.set(bytes);
    Atomics.store(this.header, NAME_BYTES, bytes.length);
    Atomics.add(this.header, BEATS, 1);
  }

  /** Worker: no code of the model runs until the next `enter`. */
  leave(): void {
    Atomics.store(this.header, NAME_BYTES, 0);
    Atomics.add(this.header, BEATS, 1);
  }

  /** Host: what of the model runs, if anything, and a count that changes with each `enter`. */
  pulse(): { readonly activity: string | undefined; readonly beats: number } {
    const length = Atomics.load(this.header, NAME_BYTES);
    // A copy: the decoder refuses shared memory.
    const activity = new TextDecoder().decode(this.name.slice(0, length));
    const beats = Atomics.load(this.header, BEATS);
    return { activity: length === 0 ? undefined : activity, beats };
  }
}
