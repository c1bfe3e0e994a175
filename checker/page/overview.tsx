import { useMemo } from 'preact/hooks';
import type { Run } from '../report/exhibit.ts';

const LANE_HEIGHT = 10;

interface Props {
  readonly run: Run;
  readonly position: number;
  readonly onPosition: (position: number) => void;
}

/** The whole run at a glance: a lane for each thread, one path each however long the run is. */
export function Overview({ run, position, onPosition }: Props) {
  const { recording, loopStart } = run;
  const { steps, threads } = recording;
  const length = Math.max(steps.length, 1);
  const height = threads.length * LANE_HEIGHT;
  const paths = useMemo(() => lanePaths(run), [run]);
  const onClick = (event: MouseEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    onPosition(Math.ceil(((event.clientX - box.left) / box.width) * steps.length));
  };
  return (
    <svg
      class="overview"
      viewBox={`0 0 ${length} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onClick={onClick}
    >
      {loopStart !== undefined && (
        <rect class="loop" x={loopStart} y={0} width={length - loopStart} height={height} />
      )}
      {paths.map((path, i) => (
        <path key={threads[i]!.name} data-thread={i} d={path} />
      ))}
      <path class="broken" d={brokenPath(run)} />
      <rect class="to-come" x={position} y={0} width={length - position} height={height} />
    </svg>
  );
}

/** A column for each step that breaks a claim. */
function brokenPath({ recording: { steps, threads } }: Run): string {
  const height = threads.length * LANE_HEIGHT;
  return steps
    .map(({ broken }, i) => (broken.length === 0 ? '' : `M${i} 0h1v${height}H${i}z`))
    .join('');
}

/** For each thread, a rectangle for each run of steps that it makes without a switch. */
function lanePaths({ recording: { steps, threads } }: Run): readonly string[] {
  const paths = threads.map(() => '');
  for (let from = 0; from < steps.length; ) {
    const { thread } = steps[from]!;
    let to = from + 1;
    while (steps[to]?.thread === thread) to++;
    paths[thread] +=
      `M${from} ${thread * LANE_HEIGHT + 1}h${to - from}v${LANE_HEIGHT - 2}H${from}z`;
    from = to;
  }
  return paths;
}
