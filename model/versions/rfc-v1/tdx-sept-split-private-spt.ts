import { modelled, type Steps } from '../../../checker/index.ts';
import { EBUSY } from '../../errno.ts';
import { type Gfn, PG_LEVEL_2M } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';
import { violation_request } from '../../tdx/violation-request.ts';

/**
 * The hook behind F15 in RFC v1 21/21 (domain.md 4.5): it splits nothing, and lets the running vCPU
 * ask for 2M here, so that its next fault wants the leaf that is there. No other path of this
 * version splits.
 */
export const tdx_sept_split_private_spt = modelled(
  'tdx_sept_split_private_spt',
  function* ({ geometry, running_vcpu }: Kernel, gfn: Gfn, _shared: boolean): Steps<number> {
    if (running_vcpu === undefined) throw new TypeError('no vCPU is running; expected one');
    const request = violation_request(geometry, gfn, PG_LEVEL_2M);
    yield* running_vcpu.violation_request.write(request).at('F15');
    return -EBUSY;
  },
);
