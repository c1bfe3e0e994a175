import { workerData } from 'node:worker_threads';
import { Employment, type HelperData, type Job } from './crew.ts';
import { Part } from './part.ts';
import { COMMANDS, CrewFailure, Room } from './room.ts';

const { sabotage } = workerData as HelperData;
const employment = new Employment(workerData as HelperData);

try {
  for (let job = employment.nextJob(); job !== undefined; job = employment.nextJob()) work(job);
} catch (error) {
  // One worker fails first, and it is the one that has something to say.
  if (!(error instanceof CrewFailure)) employment.fail(error);
}

/** Does one part of a search, level by level, until the leader says that it is over. */
function work({ loaded, room: buffers, id, bufferStates, shardBytesMax }: Job): void {
  const room = new Room(buffers, id, employment.hasFailed);
  const part = new Part(loaded, bufferStates, shardBytesMax);
  const { partitions } = loaded.search.map;
  for (let partition = 0; partition < partitions; partition++) {
    if (room.ownerOf(partition) === id) part.own(partition);
  }
  part.enter(room);
  // What was found before the crew came.
  part.finishMail(() => {});
  if (part.isMemoryFull || sabotage === 'have no room') room.stop();
  room.barrier();
  part.beginAt(room.starts, room.ends);
  for (let level = 0; ; level++) {
    room.barrier();
    const order = room.order;
    if (order.command === COMMANDS.end) break;
    if (level === 1) obeySabotage();
    part.prepareLevel(order.length, order.bufferStates);
    const tell = () =>
      room.tell({
        states: part.sum('states'),
        transitions: part.sum('transitions'),
        memoryBytes: part.memoryBytes,
        expanded: part.expanded,
      });
    part.expandLevel(() => {
      tell();
      if (part.isMemoryFull) room.stop();
      return !room.isStopped;
    });
    part.finishMail(() => {});
    part.judgeLevel();
    tell();
    // What came last may have been too much.
    if (part.isMemoryFull) room.stop();
    part.writeEnds(room.ends);
    room.tellFindings(part.failures(), part.faults());
    room.barrier();
  }
  employment.report(part.report());
}

/** For tests of what becomes of a search when a worker fails. */
function obeySabotage(): void {
  if (sabotage === 'throw') throw new Error('sabotage');
  // Ends the thread without a word.
  if (sabotage === 'die') throw new CrewFailure('sabotage');
}
