/** The SEAMCALLs that KVM makes on this path. */
export type Seamcall =
  | 'TDH.MEM.PAGE.AUG'
  | 'TDH.MEM.SEPT.ADD'
  | 'TDH.MEM.RANGE.BLOCK'
  | 'TDH.MEM.TRACK'
  | 'TDH.MEM.PAGE.DEMOTE'
  | 'TDH.MEM.PAGE.REMOVE'
  | 'TDH.MEM.SEPT.REMOVE';

/** What the module answers: success, or which precondition was not met. */
export type SeamcallStatus =
  | 'SUCCESS'
  | 'TDX_EPT_WALK_FAILED'
  | 'TDX_EPT_ENTRY_STATE_INCORRECT'
  | 'TDX_GPA_RANGE_NOT_BLOCKED'
  | 'TDX_TLB_TRACKING_NOT_DONE';
