/** Return codes, with the kernel's numbers. */

export const EIO = 5;
export const EAGAIN = 11;
export const ENOMEM = 12;
export const EFAULT = 14;
export const EBUSY = 16;
export const EOPNOTSUPP = 95;

/** What a page fault handler answers if not a negative error (domain.md 3.1, `RET_PF_*`). */
export const RET_PF_RETRY = 1;
export const RET_PF_FIXED = 4;
export const RET_PF_SPURIOUS = 5;
