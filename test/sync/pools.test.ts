import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import { settingsWith } from '../support/world/settings.js';
import { eachDay, entryFor, NOTHING } from '../support/world/what-happened.js';
import { anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const HELP = `
label: Help
priority: 50
trigger: { when: cases.openedLast90 > 0, reenter: never, onFirstSight: fire }
audience: { roles: [user], maxPersons: 1 }
steps:
  - id: call
    day: 1
    lateBy: 10
    task: { subject: Call, description: Ask, kind: call, owner: pool:crew, dueIn: 1, priority: high }
holdout: 0 %
`;

let settings: Settings;
beforeAll(() => {
  settings = settingsWith(
    { help: HELP },
    'brakes: { share: 100 %, missing: 100 % }\npools: { crew: { members: [ana@vendor.example, bo@vendor.example, cy@vendor.example], perDay: 2 } }',
  );
});

interface Crew {
  readonly world: World;
  /** User ids by name. */
  readonly users: Readonly<Record<'ana' | 'bo' | 'cy', string>>;
}

function aCrew(active: readonly string[] = ['ana', 'bo', 'cy']): Crew {
  const world = aWorld({ settings });
  const user = (name: string): string =>
    world.crm.tables.insert('User', { Email: `${name}@vendor.example`, IsActive: active.includes(name) });
  return { world, users: { ana: user('ana'), bo: user('bo'), cy: user('cy') } };
}

function needHelp(world: World, count: number): readonly string[] {
  return Array.from({ length: count }, () => {
    const account = anAccount(world);
    openCases(world, account, 1);
    return account;
  });
}

/** How many tasks each of the crew owns, in their order. */
function shares({ world, users }: Crew): readonly number[] {
  const owners = world.crm.tables.rows('Task').map(({ values }) => values.OwnerId);
  return [users.ana, users.bo, users.cy].map((id) => owners.filter((owner) => owner === id).length);
}

describe('work for a pool', () => {
  it('goes round: each of the crew gets as much as the others', async () => {
    const crew = aCrew();
    needHelp(crew.world, 3);
    await crew.world.sync();
    expect(shares(crew)).toEqual([1, 1, 1]);
  });

  it('goes on from what was given earlier that day', async () => {
    const crew = aCrew();
    for (let run = 0; run < 6; run += 1) {
      needHelp(crew.world, 1);
      await crew.world.sync();
    }
    expect(shares(crew)).toEqual([2, 2, 2]);
  });

  it('is no more than each one’s number a day: the rest comes on the next business day, whoever waited longest first', async () => {
    const crew = aCrew();
    const { world } = crew;
    const accounts = needHelp(world, 8);
    await world.sync();
    expect(shares(crew)).toEqual([2, 2, 2]);
    const waits = (await Promise.all(accounts.map((account) => entryFor(world, account, 'call')))).filter(
      ({ status }) => status === 'deferred',
    );
    expect(waits).toMatchObject([
      { code: 'sender_cap', tryOn: world.today() + 1 },
      { code: 'sender_cap', tryOn: world.today() + 1 },
    ]);
    expect((await world.sync()).changes).toEqual(NOTHING);
    world.pass(1);
    const late = needHelp(world, 6);
    await world.sync();
    for (const { account } of waits)
      expect(await entryFor(world, account, 'call')).toMatchObject({ status: 'enrolled' });
    const later = await Promise.all(late.map((account) => entryFor(world, account, 'call')));
    expect(later.filter(({ status }) => status === 'enrolled')).toHaveLength(4);
    expect(shares(crew).reduce((sum, count) => sum + count)).toBe(12);
  });

  it('never goes to somebody inactive', async () => {
    const crew = aCrew(['bo', 'cy']);
    needHelp(crew.world, 4);
    await crew.world.sync();
    expect(shares(crew)).toEqual([0, 2, 2]);
  });

  it('waits while nobody is active, and is given out when somebody is again', async () => {
    const crew = aCrew([]);
    const { world, users } = crew;
    const [account = ''] = needHelp(world, 1);
    await eachDay(world, 2);
    expect(await entryFor(world, account, 'call')).toMatchObject({
      status: 'deferred',
      code: 'sender_unavailable',
    });
    world.crm.tables.update('User', users.bo, { IsActive: true });
    await world.sync();
    expect(shares(crew)).toEqual([0, 1, 0]);
  });

  it('that nobody could be given in time is closed as expired, and says why', async () => {
    const crew = aCrew([]);
    const [account = ''] = needHelp(crew.world, 1);
    await eachDay(crew.world, 14);
    const { code, evidence } = await entryFor(crew.world, account, 'call');
    expect(code).toBe('expired');
    expect(evidence).toContain('sender_unavailable stood against it');
  });
});
