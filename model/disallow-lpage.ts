/**
 * The value of one `disallow_lpage` word (domain.md 1.4): its flags, joined with '|', or '0'. A
 * word that is not '0' forbids a leaf of its level, whatever the reason.
 */
export type DisallowLpage = '0' | Flag;

export type Flag = 'GUEST_INHIBIT';

/** Bit 30 (v2 13/23): the guest asked for a smaller size here. */
export const KVM_LPAGE_GUEST_INHIBIT_FLAG: Flag = 'GUEST_INHIBIT';

/** `word & flag`. */
export function has_flag(word: DisallowLpage, flag: Flag): boolean {
  return word.split('|').includes(flag);
}

/** `word & ~flag`. */
export function without_flag(word: DisallowLpage, flag: Flag): DisallowLpage {
  const left = word.split('|').filter((other) => other !== flag);
  return left.length === 0 ? '0' : (left.join('|') as DisallowLpage);
}

/** `word | flag`. */
export function with_flag(word: DisallowLpage, flag: Flag): DisallowLpage {
  if (has_flag(word, flag)) return word;
  return (word === '0' ? flag : `${word}|${flag}`) as DisallowLpage;
}
