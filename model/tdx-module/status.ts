/** The SEAMCALLs that KVM makes on this path. */
export type Seamcall =
  | 'TDH.MEM.PAGE.AUG'
  | 'TDH.MEM.SEPT.ADD'
  | 'TDH.MEM.RANGE.BLOCK'
  | 'TDH.MEM.RANGE.UNBLOCK'
  | 'TDH.MEM.TRACK'
  | 'TDH.MEM.PAGE.DEMOTE'
  | 'TDH.MEM.PAGE.REMOVE'
  | 'TDH.MEM.SEPT.REMOVE';

/** What the module answers: success, an injected failure, or which precondition was not met. */
export type SeamcallStatus =
  | 'SUCCESS'
  | InjectedStatus
  | 'TDX_EPT_WALK_FAILED'
  | 'TDX_EPT_ENTRY_STATE_INCORRECT'
  | 'TDX_GPA_RANGE_NOT_BLOCKED'
  | 'TDX_TLB_TRACKING_NOT_DONE';

/** Busy, interrupted, or an error of the module (domain.md 4.6). */
export type InjectedStatus =
  | 'TDX_OPERAND_BUSY'
  | 'TDX_INTERRUPTED_RESTARTABLE'
  | 'TDX_SEAMCALL_VMFAILINVALID';

/** Whether the answer says nothing about the state of the S-EPT. */
export function is_injected(status: SeamcallStatus): boolean {
  return (
    status === 'TDX_OPERAND_BUSY' ||
    status === 'TDX_INTERRUPTED_RESTARTABLE' ||
    status === 'TDX_SEAMCALL_VMFAILINVALID'
  );
}
