/** A hash of a text as lower-case hexadecimal, at least 16 digits. An argument: the domain owns no cryptography. */
export type HexHash = (text: string) => string;

/** True when the account is kept out of the playbook: stable for ever for the same salt, playbook and account. */
export function heldOut(
  hash: HexHash,
  key: { readonly salt: string; readonly playbook: string; readonly account: string; readonly share: number },
): boolean {
  if (key.share <= 0) return false;
  const drawn =
    Number.parseInt(hash(`${key.salt}|${key.playbook}|${key.account}`).slice(0, 12), 16) / 2 ** 48;
  return drawn < key.share;
}

/** An id that the same parts give everywhere: of an episode by playbook, original account, subject and local day of the edge. */
export function hexId(hash: HexHash, parts: readonly string[]): string {
  return hash(parts.join('|')).slice(0, 24);
}
