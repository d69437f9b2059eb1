/** FNV-1a over UTF-16 units, 32 bits, with the finishing mix of MurmurHash3: stable, well spread, no cryptography. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Which of `count` folds (from 0) an account belongs to: always the same, and all its cases with it. */
export function foldOf(account: string, count: number, salt: string): number {
  return hash32(`${salt}/${account}`) % count;
}
