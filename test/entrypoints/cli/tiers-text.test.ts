import { describe, expect, it } from '@jest/globals';
import pc from 'picocolors';
import { saySuggestion } from '../../../src/entrypoints/cli/commands/say-tiers.js';
import { suggestTiers } from '../../../src/insight/suggest-tiers.js';
import { lookAtState } from '../../../src/sync/account-today.js';
import { aRenewalWorld, customers } from '../../support/insight/renewal-world.js';

const PROGRAM = `
tiers:
  hybrid:
    people: 2
    accountsPerPerson: { from: 1, to: 4 }
    costs: { personPerYear: 50000, equipmentPerYear: 0, licencesPerYear: 0, perSend: 0 }
`;

/** Four customers of whom the revenue is known, and six of whom nobody knows it. */
async function said() {
  const world = aRenewalWorld(PROGRAM);
  customers(world, 4, { ARR__c: 30_000 });
  for (let nth = 0; nth < 6; nth += 1) world.crm.tables.insert('Account', { Name: `Unknown ${nth}` });
  await world.sync();
  const { run } = await lookAtState(world.tools, new Set());
  const suggestion = await suggestTiers(run);
  const lines: string[] = [];
  const to = { say: (line = '') => void lines.push(line), colors: pc.createColors(false) };
  const head = { day: '2026-03-02', currency: 'EUR', measureLabel: 'revenue' };
  saySuggestion(to, suggestion, head);
  return { suggestion, text: lines.join('\n') };
}

describe('suggested tiers as text', () => {
  it('leave customers of unknown revenue out of the curve, and say how many', async () => {
    const { suggestion, text } = await said();
    expect(suggestion).toMatchObject({ customers: 10, revenue: 120_000, revenueUnknown: 6 });
    expect(suggestion.curve.find(({ accounts }) => accounts === 0.5)?.revenue).toBeCloseTo(0.5, 10);
    expect(text).toContain('Left out: 6 customers whose revenue is not known.');
  });

  it('say that costs are those of the people needed, and where the others are told', async () => {
    const { text } = await said();
    expect(text).toContain('As it is today; the people needed cost 50,000 a year');
    expect(text).toContain('`truenorth program` tells the cost of those who are there');
  });
});
