import { describe, expect, it } from '@jest/globals';
import { settingsWith } from '../support/world/settings.js';
import { doings, eachDay } from '../support/world/what-happened.js';
import { aContact, anAccount, aWorld, openCases } from '../support/world/world.js';

const WELCOME = `
label: Welcome
priority: 50
trigger: { when: cases.openedLast90 > 0, reenter: never, onFirstSight: fire }
audience: { roles: [user], maxPersons: 3 }
steps:
  - { id: one, day: 1, channel: hubspot-list, target: one }
  - { id: two, day: 2, channel: hubspot-sequence, target: S, touches: { count: 1, days: 1 } }
holdout: 0 %
`;

describe('in test mode', () => {
  it('only the listed addresses are enrolled, however they are written; everybody else is `not_listed`', async () => {
    const settings = settingsWith(
      { welcome: WELCOME },
      'brakes: { share: 100 % }\ntestOnly: [Me@Vendor.example]',
    );
    const world = aWorld({ settings, sequences: ['S'] });
    const account = anAccount(world);
    openCases(world, account, 1);
    aContact(world, account, { Email: 'ann@customer.example' });
    const me = aContact(world, account, { Email: ' me@vendor.EXAMPLE ' });
    aContact(world, account, { Email: 'some.me@vendor.example' });
    const first = world.today();
    await eachDay(world, 4);
    expect(doings(world, first)).toEqual(['one +0', 'S +1']);
    expect(new Set(world.deeds.map(({ contact }) => contact))).toEqual(new Set([me]));
    const refused = (await world.state.ledger.ofAccount(account)).filter(
      ({ status }) => status === 'refused',
    );
    expect(refused.map(({ step, code }) => `${step} ${code}`).sort()).toEqual([
      'one not_listed',
      'one not_listed',
      'two not_listed',
      'two not_listed',
    ]);
    // Nobody else was made known to the marketing tool.
    expect(world.hubspot.lookUp('ann@customer.example')).toBeNull();
    const { notes } = await world.sync();
    expect(notes.join()).toContain('Test mode');
  });

  it('an empty list lets nobody in', async () => {
    const settings = settingsWith({ welcome: WELCOME }, 'brakes: { share: 100 % }\ntestOnly: []');
    const world = aWorld({ settings, sequences: ['S'] });
    const account = anAccount(world);
    openCases(world, account, 1);
    aContact(world, account, { Email: 'ann@customer.example' });
    await eachDay(world, 3);
    expect(world.deeds).toEqual([]);
  });
});
