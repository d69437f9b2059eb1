import { makeId, toId18 } from '../salesforce/ids.js';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Keeps the ids of made-up rows apart from those the org hands out. */
const SPACE = '000';
const SHAPE = /^[0-9A-Za-z]{18}$/;

/** The 18-character id of the row at `index` (0-based) of the object with this key prefix; ascending with the index. */
export function recordId(prefix: string, index: number): string {
  return makeId(prefix, index + 1, SPACE);
}

/** Inverse of `recordId`; -1 when the id is of another object, out of range or carries a wrong checksum. */
export function indexOfRecordId(prefix: string, id: string, count: number): number {
  if (!SHAPE.test(id) || !id.startsWith(prefix + SPACE)) return -1;
  let value = 0;
  for (let at = 6; at < 15; at += 1) value = value * 62 + DIGITS.indexOf(id.charAt(at));
  const index = value - 1;
  return index >= 0 && index < count && toId18(id.slice(0, 15)) === id ? index : -1;
}
