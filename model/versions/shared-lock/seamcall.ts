import { modelled, type Steps } from '../../../checker/index.ts';
import type { Gfn, Level } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';
import { call_module } from '../../tdx-module/seamcall.ts';
import type { Seamcall, SeamcallStatus } from '../../tdx-module/status.ts';
import { tdh_mem_page_demote } from './tdh-mem-page-demote.ts';

/** The way into a TDX module that has NON-BLOCKING-RESIZE (domain.md 4.6). */
export const seamcall = modelled(
  'seamcall',
  function* (kvm: Kernel, call: Seamcall, gfn: Gfn, level: Level): Steps<SeamcallStatus> {
    return call === 'TDH.MEM.PAGE.DEMOTE'
      ? yield* tdh_mem_page_demote(kvm, gfn)
      : yield* call_module(kvm, call, gfn, level);
  },
);
