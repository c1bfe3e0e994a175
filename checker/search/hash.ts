/**
 * Mixes a packed state into 32 bits: where it goes in the table, never what stands for it. The
 * final mix is that of MurmurHash3 (Appleby, public domain).
 */
export function hashState(words: Int32Array, at: number, wordCount: number): number {
  let hash = 0;
  for (let i = 0; i < wordCount; i++) {
    hash = Math.imul(hash ^ words[at + i]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
