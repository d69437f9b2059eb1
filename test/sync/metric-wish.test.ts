import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { metricWish } from '../../src/sync/metric-wish.js';
import { day, recordsOf } from '../domain/program/metrics/builders.js';

const DIGEST = { content: (text: string) => createHash('sha256').update(text).digest('hex') };

const industries = (names: readonly string[]) =>
  recordsOf({
    accounts: names.map((industry) => ({ account: { industry, customerSince: day('2020-01-01') } })),
  }).filter(({ metric, period }) => metric.id === 'customers-by-industry' && period.name === '2026-11');

describe('the record of a group with a long name', () => {
  it('fits its field, halves no character, and is kept apart from one that begins alike', () => {
    const alike = `${'x'.repeat(254)}\u{1F3ED}`;
    const wishes = industries([`${alike} one`, `${alike} other`]).map((one) => metricWish(one, DIGEST));
    expect(wishes.map(({ values }) => values.segment)).toEqual(['x'.repeat(254), 'x'.repeat(254)]);
    expect(new Set(wishes.map(({ key }) => key)).size).toBe(2);
    for (const { key } of wishes) expect(key.length).toBeLessThanOrEqual(80);
  });
});
