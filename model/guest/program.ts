import { type Gfn, PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import type { Turn } from './turn.ts';

/** One operation of a program: a turn that the vCPU chooses among these. */
export interface Operation {
  readonly turns: readonly Turn[];
  /** It is left out unless the last ACCEPT that is no fallback itself was refused. */
  readonly is_fallback?: boolean;
}

/** What one vCPU does: its operations in order. */
export type Program = readonly Operation[];

/** An operation that leaves the choice of all these, and to stop. */
export function one_of(operations: readonly Operation[]): Operation {
  return { turns: [...operations.flatMap(({ turns }) => turns), { does: 'stop' }] };
}

function only(turn: Turn): Operation {
  return { turns: [turn] };
}

export function accept_4K(gfn: Gfn): Operation {
  return only({ does: 'accept', gfn, level: PG_LEVEL_4K });
}

/** An ACCEPT of the 2M region that `gfn` begins. */
export function accept_2M(gfn: Gfn): Operation {
  return only({ does: 'accept', gfn, level: PG_LEVEL_2M });
}

export function touch(gfn: Gfn): Operation {
  return only({ does: 'touch', gfn });
}

export function prefault(gfn: Gfn): Operation {
  return only({ does: 'prefault', gfn });
}

/**
 * try_accept_one() of Linux for the pages of a 2M region: at 2M, and page by page at 4K if that
 * returns anything but success (domain.md 2.4).
 */
export function accept_2M_then_4K(pages: readonly Gfn[]): Program {
  const fallback = (page: Gfn): Operation => ({ ...accept_4K(page), is_fallback: true });
  return [accept_2M(pages[0]!), ...pages.map(fallback)];
}
