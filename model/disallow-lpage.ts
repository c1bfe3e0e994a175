/**
 * The value of one `disallow_lpage` word (domain.md 1.4): its flags from the top bit down, joined
 * with '|', or '0'. A word that is not '0' forbids a leaf of its level, whatever the reason.
 * 'freed' is memory that belongs to no slot: nobody may access it.
 */
export type DisallowLpage = '0' | Flag | 'MIXED|GUEST_INHIBIT' | 'freed';

export type Flag = 'MIXED' | 'GUEST_INHIBIT';

/** Bit 31: private and shared pages are mixed in the region. */
export const KVM_LPAGE_MIXED_FLAG: Flag = 'MIXED';

/** Bit 30 (v2 13/23): the guest asked for a smaller size here. */
export const KVM_LPAGE_GUEST_INHIBIT_FLAG: Flag = 'GUEST_INHIBIT';

const FLAGS: readonly Flag[] = [KVM_LPAGE_MIXED_FLAG, KVM_LPAGE_GUEST_INHIBIT_FLAG];

/** The values of a word where nothing is ever shared. */
export const WORDS_OF_PRIVATE_MEMORY: readonly DisallowLpage[] = ['0', 'GUEST_INHIBIT'];

/** All values of a word. */
export const EVERY_WORD: readonly DisallowLpage[] = [
  ...WORDS_OF_PRIVATE_MEMORY,
  'MIXED',
  'MIXED|GUEST_INHIBIT',
];

/** `word & flag`. */
export function has_flag(word: DisallowLpage, flag: Flag): boolean {
  return word.split('|').includes(flag);
}

/** `word | flag`. */
export function with_flag(word: DisallowLpage, flag: Flag): DisallowLpage {
  return of_flags((other) => other === flag || has_flag(word, other));
}

/** `word & ~flag`. */
export function without_flag(word: DisallowLpage, flag: Flag): DisallowLpage {
  return of_flags((other) => other !== flag && has_flag(word, other));
}

function of_flags(is_set: (flag: Flag) => boolean): DisallowLpage {
  const set = FLAGS.filter(is_set);
  return set.length === 0 ? '0' : (set.join('|') as DisallowLpage);
}
