import { describe, expect, test } from 'vitest';
import { CrewFailure, Room, type RoomSizes } from './room.ts';

const SIZES: RoomSizes = { workers: 2, partitions: 4, claims: 3, faults: 2, mailBytes: 16 };

/** Two workers in one thread, so that nobody may wait for the other. */
function meet(hasFailed = () => false): readonly [Room, Room] {
  const buffers = Room.create(SIZES);
  return [new Room(buffers, 0, hasFailed), new Room(buffers, 1, hasFailed)];
}

function read(room: Room): (readonly [number, number[]])[] {
  const letters: (readonly [number, number[]])[] = [];
  room.readMail((partition, states) => letters.push([partition, [...states]]));
  return letters;
}

const bytes = (from: number, count: number) =>
  Uint8Array.from({ length: count }, (_, i) => from + i);

describe('mail', () => {
  test('reaches whom it was sent to, once', () => {
    const [one, other] = meet();
    one.send(1, 3, bytes(10, 8), () => {});
    one.send(1, 1, bytes(50, 16), () => {});
    expect(read(one)).toEqual([]);
    expect(read(other)).toEqual([
      [3, [...bytes(10, 8)]],
      [1, [...bytes(50, 16)]],
    ]);
    expect(read(other)).toEqual([]);
  });

  test('that is too big for a letter is sent in several', () => {
    const [one, other] = meet();
    one.send(1, 2, bytes(0, 40), () => {});
    const letters = read(other);
    expect(letters.map(([partition, states]) => [partition, states.length])).toEqual([
      [2, 16],
      [2, 16],
      [2, 8],
    ]);
    expect(letters.flatMap(([, states]) => states)).toEqual([...bytes(0, 40)]);
  });

  test('waits for a place, and whoever waits may read its own', () => {
    const [one, other] = meet();
    const received: (readonly [number, number[]])[] = [];
    let waited = 0;
    const meanwhile = () => {
      waited++;
      received.push(...read(other));
    };
    for (let i = 0; i < 100; i++) one.send(1, i % 4, bytes(i, 8), meanwhile);
    received.push(...read(other));
    expect(waited).toBeGreaterThan(0);
    expect(received.map(([, [first]]) => first).sort((a, b) => a! - b!)).toEqual([
      ...Array(100).keys(),
    ]);
  });

  test('is not waited for once a worker has failed', () => {
    const [one] = meet(() => true);
    const send = () => {
      for (let i = 0; i < 100; i++) one.send(1, 0, bytes(i, 8), () => {});
    };
    expect(send).toThrow(CrewFailure);
  });
});

test('a barrier is not passed alone, and not once a worker has failed', () => {
  let looks = 0;
  const [one] = meet(() => ++looks > 3);
  expect(() => one.barrier()).toThrow(CrewFailure);
  expect(looks).toBe(4);
});

test('an order stays until the next, and takes back what asked all to stop', () => {
  const [leader, helper] = meet();
  helper.stop();
  expect(leader.isStopped).toBe(true);
  leader.command(1, 17, 64);
  expect(helper.isStopped).toBe(false);
  expect(helper.order).toEqual({ command: 1, length: 17, bufferStates: 64 });
});

test('counters are added up, failures are the shortest, faults are all', () => {
  const [one, other] = meet();
  one.tell({ states: 1, transitions: 20, memoryBytes: 300, expanded: 4_000 });
  other.tell({ states: 2 ** 40, transitions: 2, memoryBytes: 2, expanded: 2 });
  other.tell({ states: 2 ** 33, transitions: 2, memoryBytes: 2, expanded: 2 });
  const expected = { states: 2 ** 33 + 1, transitions: 22, memoryBytes: 302, expanded: 4_002 };
  expect(one.told).toEqual(expected);
  one.tellFindings([-1, 5, 7], Uint8Array.of(1, 0));
  other.tellFindings([-1, 6, 3], Uint8Array.of(0, 0));
  expect(other.findings).toEqual({ failures: [-1, 5, 3], faults: Uint8Array.of(1, 0) });
});

test('every partition has an owner, and the places of workers do not overlap', () => {
  const [one, other] = meet();
  expect([0, 1, 2, 3].map((partition) => one.ownerOf(partition))).toEqual([0, 1, 0, 1]);
  one.starts.set([1, 2, 3, 4]);
  one.ends.set([5, 6, 7, 8]);
  one.tellFindings([9, 9, 9], Uint8Array.of(0, 0));
  other.tellFindings([10, 10, 10], Uint8Array.of(0, 0));
  other.send(0, 0, bytes(0, 16), () => {});
  expect([[...other.starts], [...other.ends]]).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
  expect(one.findings.failures).toEqual([9, 9, 9]);
});
