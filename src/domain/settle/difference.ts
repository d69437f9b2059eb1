import type { WrittenField, WrittenValue } from './written.js';

/** Which field carries which of our values, and what a null of ours does to it. */
export interface WriteRule {
  readonly fact: WrittenField;
  readonly field: string;
  readonly onNull: 'clear' | 'leave';
}

/** One field that differs: what it holds, and what it should hold. */
export interface FieldDifference {
  readonly field: string;
  readonly expected: WrittenValue;
  readonly value: WrittenValue;
}

/** Fields of one record whose content differs from what it should be, in mapping order. */
export function differences(
  desired: Readonly<Partial<Record<WrittenField, WrittenValue>>>,
  held: Readonly<Record<string, WrittenValue>>,
  rules: readonly WriteRule[],
): readonly FieldDifference[] {
  const found: FieldDifference[] = [];
  for (const { fact, field, onNull } of rules) {
    const value = desired[fact];
    if (value === undefined || (value === null && onNull === 'leave')) continue;
    const expected = held[field] ?? null;
    if (!sameValue(expected, value)) found.push({ field, expected, value });
  }
  return found;
}

/** CRMs trim texts, hold no empty ones, spell picklist values their way, and have no unknown checkbox. */
export function sameValue(held: WrittenValue, wanted: WrittenValue): boolean {
  const plain = (value: WrittenValue): WrittenValue => {
    if (typeof value === 'string')
      return value.trim() === '' ? null : value.trim().replace(/\r\n/g, '\n').toLowerCase();
    return value === false ? null : value;
  };
  return plain(held) === plain(wanted);
}
