import { atomic, choose, modelled, type Steps } from '../../checker/index.ts';
import { sept_entry } from '../entry.ts';
import { type Gfn, type Level, PG_LEVEL_2M } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import { type AcceptResult, tdg_mem_page_accept } from './tdg-mem-page-accept.ts';

/**
 * TDG.MEM.PAGE.ACCEPT that interrupts may break off while it zeroes 2M (domain.md 2.1, G6). The
 * entry stays PENDING, and the vCPU executes the instruction again. How far it came is not kept:
 * nothing but the time of the next try depends on it.
 */
export const tdg_mem_page_accept_interrupted = modelled(
  'tdg_mem_page_accept',
  function* (kvm: Kernel, gfn: Gfn, level: Level): Steps<AcceptResult> {
    return yield* atomic(function* () {
      const zeroes_2M =
        level === PG_LEVEL_2M &&
        (yield* sept_entry(kvm, gfn, level).test((entry) => entry === 'PENDING'));
      if (zeroes_2M && (yield* choose([false, true]).at('G6'))) return 'interrupted';
      return yield* tdg_mem_page_accept(kvm, gfn, level);
    });
  },
);
