import type { ListStyle } from '../checker/index.ts';

/** How the list calls the steps of this model (domain.md 7 for the memory model). */
export const list_style: ListStyle = {
  wording: {
    'acquire mmu_lock.reader': 'read_lock(mmu_lock)',
    'release mmu_lock.reader': 'read_unlock(mmu_lock)',
    'acquire mmu_lock.writer': 'write_lock(mmu_lock)',
    'release mmu_lock.writer': 'write_unlock(mmu_lock)',
    'mmu_lock = -1': 'a writer holds mmu_lock',
    'mmu_lock = 0': 'nobody holds mmu_lock',
    'mmu_lock = 1': '1 reader holds mmu_lock',
  },
  memoryOrder:
    'sequential consistency, one step after the other. On x86 this is enough for the posted v2, ' +
    'v3 and v5: the lockless test is one aligned 32-bit load, what its reader looks at next is ' +
    'read under mmu_lock, and outside of locks no store is followed by a load of another word, ' +
    'so a store buffer adds no outcome.',
};
