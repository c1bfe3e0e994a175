import { rfc_v2_posted } from '../versions/rfc-v2-posted.ts';
import { ignore_hook_failure } from './ignore-hook-failure.ts';
import { kick_only } from './kick-only.ts';
import { kick_under_read_lock } from './kick-under-read-lock.ts';
import type { Mutation } from './mutation.ts';

const variant = 'rfc-v2';
const { tdx_sept_split_private_spt } = rfc_v2_posted.functions;

/** The rows of domain.md 8.4 that failing SEAMCALLs show. */
export const with_failures: readonly Mutation[] = [
  {
    number: 26,
    name: 'kick-under-read-lock',
    summary: 'splits in the fault path, and calls the module again after a kick when it is busy',
    variant: 'shared-lock',
    edit: kick_under_read_lock,
    needs: { scenario: 'non-linux-guest', regions: 2, inject: ['busy'], failures: 3 },
    hits: ['P6'],
  },
  {
    number: 32,
    name: 'kick-only',
    summary: 'kicks the vCPUs out when the module is busy, but lets them come back',
    variant,
    edit: kick_only,
    needs: { host: ['zap'], inject: ['busy'], failures: 2 },
    hits: ['P6'],
  },
  {
    number: 33,
    name: 'ignore-hook-failure',
    summary: 'goes on, and sets the bits, when the split of the S-EPT has failed',
    variant,
    edit: ignore_hook_failure,
    needs: { inject: ['seamcall-error'] },
    hits: ['P2', 'P14'],
  },
  {
    number: 34,
    name: 'interrupted-is-fatal',
    summary: 'takes a DEMOTE that was interrupted for a bug (v2 as posted)',
    variant,
    edit: { tdx_sept_split_private_spt },
    needs: { inject: ['interrupted'] },
    hits: ['P6'],
  },
  {
    number: 35,
    name: 'retry-interrupted-for-ever',
    summary: 'calls an interrupted DEMOTE again for ever (v1): the code as it is, so no edit',
    variant,
    edit: {},
    needs: { inject: ['interrupted'] },
    hits: [],
  },
];
