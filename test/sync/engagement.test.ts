import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import { settingsWith } from '../support/world/settings.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const SURGE = `
label: Support surge
priority: 50
trigger: { when: cases.openedLast30 > 3, edge: cases.surgeOn, reenter: { afterDays: 60 } }
audience: { roles: [user, other], maxPersons: 3 }
steps:
  - { id: acknowledge, day: 1, channel: hubspot-list, target: 'Surge: acknowledge', lateBy: 3 }
  - { id: guide, day: 2, channel: hubspot-list, target: 'Surge: guide', lateBy: 3 }
  - id: call
    day: 5
    task: { subject: Call about the cases, description: Ask, kind: call, owner: csm, dueIn: 1, priority: high }
holdout: 0 %
`;

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({ surge: SURGE }, 'brakes: { share: 100 % }');
});

async function aSurge(): Promise<{ world: World; account: string }> {
  const world = aWorld({ settings });
  const account = anAccount(world);
  aContact(world, account, { Email: 'ann@customer.example' });
  await world.sync();
  world.pass(1);
  openCases(world, account, 4);
  return { world, account };
}

const deeds = (world: World, first: number) =>
  world.deeds.map(({ target, day }) => [target.replace(/ \(.*/, ''), day - first]);

describe('more than three cases in 30 days', () => {
  it('are acknowledged on day 1, answered with a guide on day 2, and a person calls on day 5', async () => {
    const { world } = await aSurge();
    const first = world.today();
    for (let day = 0; day < 10; day += 1) {
      await world.sync();
      expect((await world.sync()).changes).toMatchObject({ records: 0, enrolments: 0, tasks: 0, leaves: 0 });
      world.pass(1);
    }
    expect(deeds(world, first)).toEqual([
      ['Surge: acknowledge', 0],
      ['Surge: guide', 1],
      ['Call about the cases', 4],
    ]);
  });

  it('are left alone by the machine after a reply, which the owner is asked to answer', async () => {
    const { world } = await aSurge();
    const first = world.today();
    await world.sync();
    world.hubspot.engage('1', 'replied');
    world.pass(1);
    await world.sync();
    await world.sync();
    expect(deeds(world, first)).toEqual([
      ['Surge: acknowledge', 0],
      ['Answer the customer’s reply', 1],
    ]);
    const [task] = world.crm.tables.rows('Task');
    expect(task?.values).toMatchObject({ ActivityDate: '2026-03-05' });
  });
});
