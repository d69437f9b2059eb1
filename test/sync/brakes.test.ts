import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import { approve } from '../../src/sync/brakes.js';
import { healthByCases } from '../support/world/health.js';
import { settingsWith } from '../support/world/settings.js';
import { NOTHING } from '../support/world/what-happened.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const WELCOME = `
label: Welcome
priority: 50
trigger: { when: cases.openedLast90 > 10, reenter: never }
audience: { roles: [user], maxPersons: 1 }
steps: [{ id: one, day: 1, channel: hubspot-list, target: one, lateBy: 20 }]
holdout: 0 %
`;

/** Every move at once, whatever the calm of the shipped rules. */
const TIERS = `
tiers: { high-touch: High-touch, digital: Digital }
measure: account.arr
policy: { thresholds: [{ tier: high-touch, atLeast: 100000 }, { tier: digital }] }
calm: { margin: 0 %, minDwell: 0, farPast: 0 %, maxMoves: 100 %, maxMovesDays: 1 }
`;

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({ welcome: WELCOME }, 'brakes: { share: 30 %, atLeast: 2, missing: 20 % }', {
    'config/health.yaml': healthByCases(10),
    'config/tiers.yaml': TIERS,
  });
});

interface Company {
  readonly world: World;
  readonly accounts: readonly string[];
}

/** Ten accounts of one person and one case each, read and written once: first bands and tiers are no change. */
async function aCompany(): Promise<Company> {
  const world = aWorld({ settings });
  const accounts = Array.from({ length: 10 }, (_, index) => {
    const account = anAccount(world);
    aContact(world, account, { Email: `p${index}@customer.example` });
    openCases(world, account, 1);
    return account;
  });
  expect((await world.sync()).status).toBe('done');
  world.pass(1);
  return { world, accounts };
}

const bands = ({ world }: Company) =>
  world.crm.tables.rows('Account').map(({ values }) => values.Truenorth_Band__c);

function caseLoad({ world, accounts }: Company, many: number, count: number): void {
  for (const account of accounts.slice(0, many)) openCases(world, account, count);
}

describe('a plan', () => {
  it.each([
    ['band', (company: Company) => caseLoad(company, 4, 7)],
    ['enrolment', (company: Company) => caseLoad(company, 4, 10)],
    [
      'tier',
      ({ world, accounts }: Company) => {
        for (const account of accounts.slice(0, 4))
          world.crm.tables.update('Account', account, { ARR__c: 500_000 });
      },
    ],
  ])('that changes the %s of more than the share pauses and writes nothing', async (kind, happen) => {
    const company = await aCompany();
    const { world } = company;
    happen(company);
    const before = world.crm.tables.rows('Account');
    const report = await world.sync();
    expect(report).toMatchObject({
      status: 'paused',
      brakes: expect.arrayContaining([{ kind, sentence: expect.stringContaining('4 accounts, 40 %') }]),
    });
    expect(report.pausedBecause).toContain('Nothing was written');
    expect(world.crm.tables.rows('Account')).toEqual(before);
    expect(world.deeds).toEqual([]);
    for (const account of company.accounts) expect(await world.state.ledger.ofAccount(account)).toEqual([]);
  });

  it('up to the share is carried out', async () => {
    const company = await aCompany();
    caseLoad(company, 3, 7);
    expect((await company.world.sync()).status).toBe('done');
    expect(bands(company).filter((band) => band === 'risk')).toHaveLength(3);
  });

  it('stays paused until somebody approves it, on later days too; then it is carried out once', async () => {
    const company = await aCompany();
    const { world } = company;
    caseLoad(company, 4, 7);
    for (let day = 0; day < 3; day += 1) {
      expect((await world.sync()).status).toBe('paused');
      world.pass(1);
    }
    await approve(world.state.notes, ['band']);
    const report = await world.sync();
    expect(report).toMatchObject({ status: 'done', brakes: [] });
    expect(bands(company).filter((band) => band === 'risk')).toHaveLength(4);
    expect((await world.sync()).changes).toEqual(NOTHING);
    world.pass(1);
    for (const account of company.accounts.slice(5)) openCases(world, account, 7);
    expect((await world.sync()).status).toBe('paused');
  });

  it('is not let through by a dry run, nor by an approval of something else', async () => {
    const company = await aCompany();
    const { world } = company;
    caseLoad(company, 4, 7);
    await approve(world.state.notes, ['tier']);
    expect((await world.sync()).status).toBe('paused');
    await approve(world.state.notes, ['band']);
    expect(await world.sync(false)).toMatchObject({ applied: false, brakes: [] });
    expect((await world.sync()).status).toBe('done');
  });
});

describe('a source', () => {
  it('whose rows vanish pauses the run; approved, what is there now is what counts', async () => {
    const company = await aCompany();
    const { world } = company;
    const contacts = world.crm.tables.rows('Contact');
    for (const { id } of contacts.slice(0, 3)) world.crm.tables.remove('Contact', id, null);
    caseLoad(company, 1, 7);
    const report = await world.sync();
    expect(report).toMatchObject({
      status: 'paused',
      brakes: [{ kind: 'source', sentence: '30 % of the contact rows that were there are gone.' }],
    });
    expect(bands(company)).not.toContain('risk');
    await approve(world.state.notes, ['source']);
    expect((await world.sync()).status).toBe('done');
    expect(bands(company)).toContain('risk');
    world.pass(1);
    expect((await world.sync()).status).toBe('done');
  });

  it('that loses a few rows does not', async () => {
    const { world } = await aCompany();
    const [first, second] = world.crm.tables.rows('Contact');
    for (const row of [first, second]) world.crm.tables.remove('Contact', row?.id ?? '', null);
    expect((await world.sync()).status).toBe('done');
  });
});
