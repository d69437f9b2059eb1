/** Salesforce record ids: three characters of key prefix, instance, a base-62 number, and a checksum suffix of three. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character id of the n-th record of an object. `space` keeps made-up rows apart from written ones. */
export function makeId(keyPrefix: string, n: number, space = '5e0'): string {
  let left = n;
  let tail = '';
  for (let i = 0; i < 9; i += 1) {
    tail = DIGITS.charAt(left % 62) + tail;
    left = Math.floor(left / 62);
  }
  return toId18(`${keyPrefix}${space}${tail}`);
}

/** Adds the suffix that keeps an id apart from another that differs in case only. */
export function toId18(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let i = 0; i < 5; i += 1) {
      const code = id15.charCodeAt(block + i);
      bits |= code >= 65 && code <= 90 ? 1 << i : 0;
    }
    suffix += SUFFIX.charAt(bits);
  }
  return id15 + suffix;
}

const ID = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

export function isId(text: string): boolean {
  return ID.test(text);
}

/** The 18-character form of a 15- or 18-character id; other text comes back as it is. */
export function normalId(text: string): string {
  return text.length === 15 && ID.test(text) ? toId18(text) : text;
}
