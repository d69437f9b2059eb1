import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Draft, DraftObject } from '../../src/install/init/draft.js';
import { healthText } from '../../src/install/init/purchase-book.js';

const SHIPPED = readFileSync(join(import.meta.dirname, '..', '..', 'config', 'health.yaml'), 'utf8');

const mapped = (kind: DraftObject['kind'], ...attributes: readonly string[]): DraftObject => ({
  kind,
  object: kind,
  accountField: 'AccountId',
  attributes: attributes.map((attribute) => ({ attribute, field: attribute, translation: null })),
  custom: [],
});

const draft = (objects: readonly DraftObject[], purchases: readonly number[]): Draft => ({
  objects,
  unmapped: [],
  absent: [],
  remarks: [],
  revenues: [],
  purchases,
});

const ORDERS = Array.from({ length: 99 }, (_, at) => (at + 1) * 10);
const SHOP = [mapped('account', 'name'), mapped('opportunity', 'won', 'amount', 'closeOn')];

describe('the draft of config/health.yaml', () => {
  it('takes buying for use where nothing else tells of it, with lines from the purchases seen', () => {
    const { models } = parse(healthText(SHIPPED, draft(SHOP, ORDERS)));
    expect(models.map(({ id }: { id: string }) => id)).toEqual(['ongoing']);
    const { adoption, commercial } = models[0].dimensions;
    expect(adoption.label).toBe('Buying');
    expect(adoption.signals.purchaseAmount.curve.piecewise).toEqual([
      [250, 0],
      [500, 25],
      [1000, 50],
      [2000, 75],
      [6000, 100],
    ]);
    expect(Object.keys(commercial.signals)).not.toContain('lastPurchase');
  });

  it.each([
    ['recurring revenue is known', [mapped('account', 'name', 'arr'), SHOP[1] as DraftObject], ORDERS],
    ['use is read', [...SHOP, mapped('usage', 'on', 'count')], ORDERS],
    ['too few purchases were seen', SHOP, ORDERS.slice(0, 29)],
  ])('stays as it is shipped where %s', (_, objects, purchases) => {
    expect(healthText(SHIPPED, draft(objects, purchases))).toBe(SHIPPED);
  });
});
