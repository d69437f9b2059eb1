import { type Day, parseDay } from '../../../src/domain/day.js';
import { ATTRIBUTES } from '../../../src/domain/facts/attributes.js';
import { type BookOfDay, type FactBasis, factBasis } from '../../../src/domain/facts/basis.js';
import type { Facts, FactValue } from '../../../src/domain/facts/fact.js';
import type { CrmRow, RecordValue } from '../../../src/domain/facts/record.js';

export function day(text: string): Day {
  return parseDay(text) ?? Number.NaN;
}

export const TODAY = day('2026-11-22');

/** Noon UTC of a day, as an instant. */
export function noon(on: Day): number {
  return on * 86_400_000 + 43_200_000;
}

export function mappedAll(): Set<string> {
  return new Set(
    Object.entries(ATTRIBUTES).flatMap(([kind, of]) => Object.keys(of).map((name) => `${kind}.${name}`)),
  );
}

export function aBasis(over: Partial<BookOfDay> = {}): FactBasis {
  return factBasis({
    today: TODAY,
    dayOf: (instant) => Math.floor(instant / 86_400_000),
    mapped: mappedAll(),
    feeds: {},
    rates: null,
    custom: [],
    ...over,
  });
}

export function aRow(values: Readonly<Record<string, RecordValue>>, id = '001000000000001AAA'): CrmRow {
  return { id, accountId: '001000000000001AAA', values };
}

export function valueIn(facts: Facts, id: string): FactValue {
  return facts[id]?.value ?? null;
}
