import { expect, it } from '@jest/globals';
import { formatDay } from '../../src/domain/day.js';
import { gatherOutcomes, type OutcomeQuestion } from '../../src/insight/outcomes.js';
import { lookAtState } from '../../src/sync/account-today.js';
import { aDeal, aRenewalWorld, customers } from '../support/insight/renewal-world.js';
import type { World } from '../support/world/world.js';

async function gathered(world: World, over: Partial<OutcomeQuestion> = {}) {
  await world.sync();
  const { run } = await lookAtState(world.tools, new Set());
  return gatherOutcomes(run, { days: 90, asOf: null, lostWhen: null, among: null, ...over });
}

it('are the days on which customers left where no renewal was ever won; who left without a day is counted', async () => {
  const world = aRenewalWorld('floor: 5\n');
  const since = (back: number) => formatDay(world.today() - back);
  const left = customers(world, 40, { Churned__c: true, Churned_On__c: since(30) });
  for (const account of left)
    aDeal(world, account, { type: 'Renewal', won: false, amount: 1_000, on: world.today() - 30 });
  customers(world, 100, {});
  customers(world, 7, { Churned__c: true });
  customers(world, 3, { Churned__c: true, Churned_On__c: since(200) });
  const { kind, examples, leftOut } = await gathered(world);
  expect([kind, examples.length]).toEqual(['churn', 140]);
  expect(examples.filter(({ lost }) => lost).length).toBe(40);
  expect(leftOut).toEqual({ churnedWithoutDay: 7, hadLeft: 3 });
});

it('leave out who has no renewal in the days that were asked for', async () => {
  const world = aRenewalWorld('floor: 5\n');
  const some = customers(world, 50, {});
  for (const [nth, account] of some.entries())
    aDeal(world, account, { type: 'Renewal', won: nth % 2 === 0, amount: 1_000, on: world.today() - 30 });
  customers(world, 12, {});
  const { kind, leftOut } = await gathered(world, { asOf: world.today() - 90 });
  expect([kind, leftOut]).toEqual(['renewals', { noRenewal: 12 }]);
});
