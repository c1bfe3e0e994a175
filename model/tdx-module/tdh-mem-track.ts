import { fill, modelled, type Steps } from '../../checker/index.ts';
import type { Memory } from '../memory.ts';
import type { SeamcallStatus } from './status.ts';

/**
 * TDH.MEM.TRACK and the kick of all vCPUs that tdx_track() waits for: nobody uses a translation
 * from before any longer (domain.md 4.4). One bit stands for the epochs, as all that matters is
 * whether a TRACK followed the last BLOCK.
 */
export const tdh_mem_track = modelled(
  'tdh_mem_track',
  function* (kvm: Memory): Steps<SeamcallStatus> {
    yield* fill([...kvm.tlb_tracked], true);
    return 'SUCCESS';
  },
);
