import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import { settingsWith } from '../support/world/settings.js';
import { closeTasks, doings, eachDay, endings, NOTHING } from '../support/world/what-happened.js';
import { anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const HELP = `
label: Help
priority: 50
trigger: { when: cases.openedLast90 > 0, reenter: never, onFirstSight: fire }
audience: { roles: [user], maxPersons: 1 }
steps:
  - id: call
    day: 1
    lateBy: 2
    task: { subject: Call, description: Ask, kind: call, owner: csm, dueIn: 1, priority: high }
holdout: 0 %
`;

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({ help: HELP }, 'brakes: { share: 100 %, missing: 100 % }');
});

interface Opened {
  readonly world: World;
  readonly account: string;
  readonly first: number;
  readonly owner: string;
}

/** On Monday a task is opened for the CSM, due on Tuesday; the account has another owner. */
async function anOpenTask(): Promise<Opened> {
  const world = aWorld({ settings });
  const owner = world.crm.tables.insert('User', { Email: 'owner@vendor.example', IsActive: true });
  const account = anAccount(world, { OwnerId: owner });
  openCases(world, account, 1);
  const first = world.today();
  await world.sync();
  expect(doings(world, first)).toEqual(['Call +0']);
  return { world, account, first, owner };
}

function tasks({ world }: Opened) {
  return world.crm.tables.rows('Task').filter(({ deleted }) => !deleted);
}

describe('a task that nobody closes', () => {
  it('is brought before the account’s owner five days after its day, once', async () => {
    const opened = await anOpenTask();
    const { world, first, owner } = opened;
    await eachDay(world, 6);
    expect(tasks(opened)).toHaveLength(1);
    await eachDay(world, 30);
    expect(doings(world, first)).toEqual(['Call +0', 'Still open: Help, call +6']);
    // On a Sunday: due on Monday.
    expect(tasks(opened)[1]?.values).toMatchObject({ OwnerId: owner, ActivityDate: '2026-03-09' });
  });

  it('is given up after ten: its episode ends as abandoned, and nothing more comes', async () => {
    const opened = await anOpenTask();
    const { world, account, first } = opened;
    await eachDay(world, 11);
    expect(await endings(world, account, first)).toEqual([{ playbook: 'help', ended: null }]);
    await world.sync();
    expect(await endings(world, account, first)).toEqual([{ playbook: 'help', ended: 'abandoned +11' }]);
    expect((await world.sync()).changes).toEqual(NOTHING);
  });

  it('that was put off in the CRM has its new day', async () => {
    const opened = await anOpenTask();
    const { world } = opened;
    const [task] = tasks(opened);
    world.crm.tables.update('Task', task?.id ?? '', { ActivityDate: '2026-03-20' });
    await eachDay(world, 20);
    expect(tasks(opened)).toHaveLength(1);
    await eachDay(world, 5);
    expect(tasks(opened)).toHaveLength(2);
  });
});

describe('a task', () => {
  it.each(['closed', 'deleted'])('that is %s in the CRM ends its episode as completed', async (how) => {
    const opened = await anOpenTask();
    const { world, account, first } = opened;
    await eachDay(world, 6);
    if (how === 'closed') closeTasks(world);
    for (const { id } of tasks(opened)) if (how === 'deleted') world.crm.tables.remove('Task', id, null);
    await eachDay(world, 10);
    expect(await endings(world, account, first)).toEqual([{ playbook: 'help', ended: 'completed +6' }]);
    expect(doings(world, first)).toEqual(['Call +0']);
  });

  it('that is closed after all ends its episode as completed, whatever becomes of the escalation', async () => {
    const opened = await anOpenTask();
    const { world, account, first } = opened;
    await eachDay(world, 8);
    const [call] = tasks(opened);
    world.crm.tables.update('Task', call?.id ?? '', { IsClosed: true });
    await eachDay(world, 20);
    expect(await endings(world, account, first)).toEqual([{ playbook: 'help', ended: 'completed +8' }]);
  });
});
