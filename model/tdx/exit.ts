import type { Gfn, Level } from '../gfn.ts';

/**
 * An EPT violation exit: the private gfn, and the type and the decoded level of its extended exit
 * qualification (domain.md 2.2). Type PENDING_EPT_VIOLATION occurs only where pending_ve_disable is
 * 1 (domain.md 2.3).
 */
export type Exit =
  | { readonly type: 'ACCEPT'; readonly gfn: Gfn; readonly level: Level }
  | { readonly type: 'NONE'; readonly gfn: Gfn }
  | { readonly type: 'PENDING_EPT_VIOLATION'; readonly gfn: Gfn };
