import { describe, expect, it } from '@jest/globals';
import { ATTRIBUTES } from '../../../src/domain/facts/attributes.js';
import { FACTS, isDerivable } from '../../../src/domain/facts/catalogue.js';
import type { Attribute } from '../../../src/domain/facts/record.js';

function attribute(name: string): Attribute | undefined {
  const [kind, key] = name.split('.');
  const kinds: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = ATTRIBUTES;
  return kinds[kind ?? '']?.[key ?? ''];
}

describe('the catalogue of facts', () => {
  it('needs only attributes that exist', () => {
    const unknown = Object.entries(FACTS).flatMap(([id, fact]) =>
      [...fact.needs, ...(fact.orNeeds ?? []).flat()]
        .filter((name) => !attribute(name))
        .map((name) => `${id}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('marks every fact that reads an outcome as one', () => {
    for (const fact of Object.values(FACTS)) {
      const reads = fact.needs.some((name) => attribute(name)?.class === 'outcome');
      expect(fact.outcome ?? false).toBe(reads);
    }
  });

  it('says what each fact is in plain words, with a unit for numbers alone', () => {
    for (const fact of Object.values(FACTS)) {
      expect(fact.label).not.toMatch(/[.]$/);
      expect(fact.unit !== null).toBe(fact.type === 'number');
    }
  });

  it('can derive a fact from either of the sets that serve', () => {
    const fact = FACTS['cases.open'];
    expect(isDerivable(fact, new Set(['case.closed']))).toBe(true);
    expect(isDerivable(fact, new Set(['case.closedAt']))).toBe(true);
    expect(isDerivable(fact, new Set(['case.priority']))).toBe(false);
  });
});
