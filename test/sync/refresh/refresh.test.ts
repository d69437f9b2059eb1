import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../../src/ports/settings.js';
import type { Hints } from '../../../src/sync/refresh/hints.js';
import { type Refreshed, refresh } from '../../../src/sync/refresh/refresh.js';
import { healthByCases } from '../../support/world/health.js';
import { settingsWith } from '../../support/world/settings.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../../support/world/world.js';

const SURGE = `
label: Surge
priority: 50
trigger: { when: cases.openedLast90 > 3, reenter: never }
steps:
  - id: call
    day: 1
    channel: salesforce-task
    lateBy: 20
    task: { subject: Call, description: Ask, kind: call, owner: csm, dueIn: 1, priority: high }
holdout: 0 %
`;

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({ surge: SURGE }, 'brakes: { share: 30 %, atLeast: 2, missing: 20 % }', {
    'config/health.yaml': healthByCases(10),
  });
});

interface Company {
  readonly world: World;
  readonly accounts: readonly string[];
  readonly refresh: (
    hints: Hints,
    options?: { readonly runId?: string; readonly world?: World },
  ) => Promise<Refreshed>;
}

/** Ten accounts of one person and one case each, read and written once. */
async function aCompany(): Promise<Company> {
  const world = aWorld({ settings });
  const accounts = Array.from({ length: 10 }, (_, index) => {
    const account = anAccount(world);
    aContact(world, account, { Email: `p${index}@customer.example` });
    openCases(world, account, 1);
    return account;
  });
  expect((await world.sync()).status).toBe('done');
  let batches = 0;
  return {
    world,
    accounts,
    refresh: (hints, { runId, world: other = world } = {}) => {
      batches += 1;
      return refresh(other.tools, {
        runId: runId ?? `batch-${batches}`,
        hints,
        trace: 'test',
        found: null,
        signal: new AbortController().signal,
        holder: 'refresher',
        holderIsGone: () => false,
        realNow: world.tools.clock.now,
      });
    },
  };
}

const named = (ids: readonly string[]) => ({ ids, whole: false });
const scoreOf = ({ world }: Company, account = '') =>
  world.crm.tables.rows('Account').find(({ id }) => id === account)?.values.Truenorth_Score__c;
const refreshed = (accounts: number) => ({ outcome: 'done', accounts, held: null });

describe('a refresh', () => {
  it('brings a case that was just opened to the score of its account, and touches no other', async () => {
    const company = await aCompany();
    const { world, accounts } = company;
    const [first = '', second = ''] = accounts;
    const before = scoreOf(company, first);
    const cases = openCases(world, first, 2);
    openCases(world, second, 5);
    expect(await company.refresh({ Case: named(cases) })).toMatchObject(refreshed(1));
    expect(scoreOf(company, first)).not.toBe(before);
    expect(scoreOf(company, second)).toBe(before);
    expect((await world.sync()).changes.records).toBe(1);
  });

  it('does the same for an opted-out contact and for the account itself', async () => {
    const company = await aCompany();
    const { world, accounts } = company;
    const [first = '', second = ''] = accounts;
    const contact = aContact(world, first, { Email: 'new@customer.example', HasOptedOutOfEmail: true });
    world.crm.tables.update('Account', second, { Churned__c: true });
    expect(await company.refresh({ Contact: named([contact]), Account: named([second]) })).toMatchObject(
      refreshed(2),
    );
    const known = await world.state.persons.contactsOf([world.personOf('new@customer.example')]);
    expect(known).toEqual([expect.objectContaining({ contact, optedOut: true })]);
    expect((await world.sync()).changes.records).toBe(0);
  });

  it('takes out what was deleted, and moves what moved for both accounts', async () => {
    const company = await aCompany();
    const { world, accounts } = company;
    const [first = '', second = '', third = ''] = accounts;
    const [gone = '', moved = ''] = openCases(world, first, 2);
    await company.refresh({ Case: named([gone, moved]) });
    const worse = scoreOf(company, first);
    world.crm.tables.remove('Case', gone, null);
    world.crm.tables.update('Case', moved, { AccountId: second });
    expect(await company.refresh({ Case: named([gone, moved]) })).toMatchObject(refreshed(2));
    expect(scoreOf(company, first)).toBe(scoreOf(company, third));
    expect(scoreOf(company, second)).toBe((Number(worse) + Number(scoreOf(company, third))) / 2);
  });

  it('keeps the opt-out of a contact that was merged away', async () => {
    const company = await aCompany();
    const { world, accounts } = company;
    const contact = (email: string, optedOut: boolean) =>
      aContact(world, accounts[0] ?? '', { Email: email, HasOptedOutOfEmail: optedOut });
    const [winner, loser] = [
      contact('same@customer.example', false),
      contact('other@customer.example', true),
    ];
    await company.refresh({ Contact: named([winner, loser]) });
    world.crm.tables.remove('Contact', loser, winner);
    await company.refresh({ Contact: named([loser]) });
    const person = world.personOf('same@customer.example');
    expect((await world.state.persons.aliasesOf([person])).get(person)?.optedOut).toBe(true);
  });

  it('reads an object from its cursor when its records cannot be named', async () => {
    const company = await aCompany();
    openCases(company.world, company.accounts[3] ?? '', 2);
    expect(await company.refresh({ Case: { ids: [], whole: true } })).toMatchObject({ outcome: 'done' });
    expect((await company.world.sync()).changes.records).toBe(0);
  });

  it('opens the task of a playbook that begins with it', async () => {
    const company = await aCompany();
    const { world, accounts } = company;
    world.pass(1);
    await world.sync();
    await company.refresh({ Case: named(openCases(world, accounts[0] ?? '', 4)) });
    expect(world.deeds.map(({ channel }) => channel)).toEqual(['salesforce-task']);
    await company.refresh({ Case: named(openCases(world, accounts[0] ?? '', 1)) });
    expect(world.deeds).toHaveLength(1);
  });

  it('stands in no list of runs and leaves no plan', async () => {
    const company = await aCompany();
    const { state } = company.world;
    const runs = await state.runs.list(10);
    await company.refresh({ Case: named(openCases(company.world, company.accounts[0] ?? '', 1)) });
    expect(await state.runs.list(10)).toEqual(runs);
    expect(await state.plan.counts('batch-1')).toEqual([]);
  });

  it('writes what a try that broke off had only assessed', async () => {
    const company = await aCompany();
    const { world, accounts } = company;
    const before = scoreOf(company, accounts[0]);
    const cases = openCases(world, accounts[0] ?? '', 2);
    const broken = { ...world, tools: { ...world.tools, crm: { ...world.tools.crm, write: () => cut() } } };
    await expect(company.refresh({ Case: named(cases) }, { runId: 'same', world: broken })).rejects.toThrow(
      'cut',
    );
    expect(scoreOf(company, accounts[0])).toBe(before);
    expect(await company.refresh({ Case: named(cases) }, { runId: 'same' })).toMatchObject(refreshed(1));
    expect(scoreOf(company, accounts[0])).not.toBe(before);
  });
});

function cut(): never {
  throw new Error('cut');
}

describe('a refresh stands back', () => {
  it('while a run holds the org, and while a run is not over', async () => {
    const company = await aCompany();
    const { state, tools } = company.world;
    const lease = 'run:00D000000000001AAA';
    const taken = await state.leases.take(lease, 'runner', tools.clock.now(), 60_000);
    const hints = { Case: named(openCases(company.world, company.accounts[0] ?? '', 1)) };
    await expect(company.refresh(hints)).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS' });
    await state.leases.release(lease, 'runner', taken?.fence ?? 0);
    const [run] = await state.runs.list(1);
    if (run !== undefined) await state.runs.save({ ...run, finishedAt: null, status: 'running' });
    expect(await company.refresh(hints)).toMatchObject({ outcome: 'later' });
  });

  it('before the first run of all, and asks for a run on a new day', async () => {
    const company = await aCompany();
    const hints = { Case: named(openCases(company.world, company.accounts[0] ?? '', 1)) };
    company.world.pass(1);
    expect(await company.refresh(hints)).toMatchObject({ outcome: 'run' });
    const fresh = aWorld({ settings });
    expect(await company.refresh(hints, { world: fresh })).toMatchObject({
      outcome: 'done',
      held: expect.stringContaining('first run'),
    });
  });

  it('while a plan waits for approval', async () => {
    const company = await aCompany();
    const { world, accounts } = company;
    for (const account of accounts) openCases(world, account, 7);
    expect((await world.sync()).brakes).not.toEqual([]);
    const before = scoreOf(company, accounts[0]);
    const hints = { Case: named(openCases(world, accounts[0] ?? '', 1)) };
    expect(await company.refresh(hints)).toMatchObject({
      outcome: 'done',
      held: expect.stringContaining('approval'),
    });
    expect(scoreOf(company, accounts[0])).toBe(before);
  });

  it('when many small changes of a day are as much as a brake would hold at once', async () => {
    const company = await aCompany();
    const { world, accounts } = company;
    const held: (string | null)[] = [];
    for (const account of accounts.slice(0, 5)) {
      const done = await company.refresh({ Case: named(openCases(world, account, 7)) });
      held.push(done.outcome === 'done' ? done.held : done.because);
    }
    expect(held.map((why) => why === null)).toEqual([true, true, true, false, false]);
    expect(held.at(-1)).toContain('4 accounts');
  });
});
