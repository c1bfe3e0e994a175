import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Exhibit, Run } from '../report/exhibit.ts';
import { AboutPanel } from './about-panel.tsx';
import { ClaimPanel } from './claim-panel.tsx';
import { Lanes } from './lanes.tsx';
import { MemoryPicture, variablesIn } from './memory-picture.tsx';
import { momentsOf } from './moments.ts';
import { Player } from './player.tsx';
import { StepPanel } from './step-panel.tsx';
import { type Steering, ThreadsPanel } from './threads-panel.tsx';
import { VariablesTable } from './variables-table.tsx';

interface Props {
  readonly exhibit: Exhibit;
  readonly run: Run;
  /** Steps done. */
  readonly position: number;
  readonly onPosition: (position: number) => void;
  /** How to go on from here, if the reader may choose. */
  readonly steering?: Steering;
  readonly children?: ComponentChildren;
}

/** One run: its lanes, and everything that is so after the steps done. */
export function RunView({ exhibit, run, position, onPosition, steering, children }: Props) {
  const { recording, presentation } = run;
  const moments = useMemo(() => momentsOf(recording), [recording]);
  const moment = moments[position]!;
  const before = moments[Math.max(position - 1, 0)]!;
  const values = useMemo(
    () =>
      new Map(
        recording.variables.map((name, i) => [
          name,
          { now: moment.values[i]!, before: before.values[i]! },
        ]),
      ),
    [recording, moment, before],
  );
  const drawn = useMemo(() => variablesIn(presentation?.memory), [presentation]);
  const locks = { threads: recording.threads, moment };
  // Where the reader chooses each step, the threads come first.
  const step = <StepPanel run={run} position={position} />;
  const threads = (
    <ThreadsPanel
      threads={recording.threads}
      moment={moment}
      moving={recording.steps[position]?.thread}
      steering={steering}
    />
  );
  return (
    <main>
      <ClaimPanel run={run} position={position} moment={moment} />
      <Player run={run} position={position} onPosition={onPosition} />
      <Lanes run={run} position={position} onPosition={onPosition} />
      <div class="state">
        {steering === undefined ? step : threads}
        {presentation !== undefined && (
          <MemoryPicture memory={presentation.memory} values={values} />
        )}
        {steering === undefined ? threads : step}
        {children}
        <VariablesTable
          variables={recording.variables.filter((name) => !drawn.has(name))}
          values={values}
          locks={locks}
        />
        <AboutPanel exhibit={exhibit} run={run} />
      </div>
    </main>
  );
}
