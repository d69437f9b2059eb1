import { makeId, toId18 } from '../salesforce/ids.js';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** Keeps the ids of made-up rows apart from those the org hands out. */
const SPACE = '000';
const SHAPE = /^[0-9A-Za-z]{18}$/;
/** Five digits hold more rows than any book has. */
const SHORT = 62 ** 5;
const { floor } = Math;

/** First fifteen characters but five, and the first two of the suffix, by key prefix: the same for every row. */
const heads = new Map<string, { readonly start: string; readonly suffix: string }>();

function headOf(prefix: string): { readonly start: string; readonly suffix: string } {
  const known = heads.get(prefix);
  if (known !== undefined) return known;
  const id = makeId(prefix, 0, SPACE);
  const head = { start: id.slice(0, 10), suffix: id.slice(15, 17) };
  heads.set(prefix, head);
  return head;
}

/** The 18-character id of the row at `index` (0-based) of the object with this key prefix; ascending with the index. */
export function recordId(prefix: string, index: number): string {
  if (index + 1 >= SHORT) return makeId(prefix, index + 1, SPACE);
  const { start, suffix } = headOf(prefix);
  let rest = index + 1;
  let tail = '';
  let capitals = 0;
  for (let at = 4; at >= 0; at -= 1) {
    const digit = rest % 62;
    rest = floor(rest / 62);
    tail = DIGITS.charAt(digit) + tail;
    if (digit >= 10 && digit < 36) capitals |= 1 << at;
  }
  return start + tail + suffix + SUFFIX.charAt(capitals);
}

/** Inverse of `recordId`; -1 when the id is of another object, out of range or carries a wrong checksum. */
export function indexOfRecordId(prefix: string, id: string, count: number): number {
  if (!SHAPE.test(id) || !id.startsWith(prefix + SPACE)) return -1;
  let value = 0;
  for (let at = 6; at < 15; at += 1) value = value * 62 + DIGITS.indexOf(id.charAt(at));
  const index = value - 1;
  return index >= 0 && index < count && toId18(id.slice(0, 15)) === id ? index : -1;
}
