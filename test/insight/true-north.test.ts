import { describe, expect, it } from '@jest/globals';
import { formatDay } from '../../src/domain/day.js';
import { findTrueNorth } from '../../src/insight/true-north.js';
import { lookAtState } from '../../src/sync/account-today.js';
import { aDeal, aRenewalWorld, customers } from '../support/insight/renewal-world.js';
import { anAccount } from '../support/world/world.js';

describe('true north over a book', () => {
  it('reads the first days and the first renewal of each customer from dated rows', async () => {
    const world = aRenewalWorld('floor: 5\n');
    const dayZero = world.today() - 400;
    for (let nth = 0; nth < 300; nth++) {
      const agreed = nth % 2 === 0;
      const on = dayZero + (agreed ? 10 : 80);
      const account = anAccount(world, { Name: `C${nth}`, Criteria_Agreed__c: formatDay(on) });
      aDeal(world, account, { type: 'New', won: true, amount: 1_000, on: dayZero });
      const stays = nth % 20 < (agreed ? 19 : 11);
      aDeal(world, account, { type: 'Renewal', won: stays, amount: 1_000, on: dayZero + 365 });
    }
    customers(world, 3, {});
    const [waiting] = customers(world, 1, {});
    aDeal(world, waiting ?? '', { type: 'New', won: true, amount: 1_000, on: world.today() - 5 });
    await world.sync();
    const { run } = await lookAtState(world.tools, new Set());
    const sheet = await findTrueNorth(run);
    expect(sheet.waiting).toBe(1);
    expect(sheet.period).toEqual({ from: dayZero, to: dayZero + 365 });
    const [all] = sheet.found;
    expect(all).toMatchObject({ segment: 'All', customers: 300, verdict: 'separates' });
    expect(all?.chosen?.milestone.of).toBe('criteria-agreed');
    expect(all?.chosen?.milestone.byDay).toBe(14);
    const stayed = sheet.found[0]?.stayed;
    expect(stayed).toBeGreaterThan(200);
  });

  it('names the largest segments only, the others together', async () => {
    const world = aRenewalWorld('floor: 5\nsegmentBy: account.industry\nsegments: 2\n');
    const dayZero = world.today() - 400;
    const industries = ['Banking', 'Banking', 'Banking', 'Retail', 'Retail', 'Media', 'Energy'];
    for (const [nth, industry] of industries.entries()) {
      const account = anAccount(world, { Name: `C${nth}`, Industry: industry });
      aDeal(world, account, { type: 'New', won: true, amount: 1_000, on: dayZero });
      aDeal(world, account, { type: 'Renewal', won: nth > 0, amount: 1_000, on: dayZero + 365 });
    }
    await world.sync();
    const { run } = await lookAtState(world.tools, new Set());
    const { found } = await findTrueNorth(run);
    expect(found.map(({ segment, customers }) => [segment, customers])).toEqual([
      ['All', 7],
      ['Banking', 3],
      ['Other', 2],
      ['Retail', 2],
    ]);
  });
});
