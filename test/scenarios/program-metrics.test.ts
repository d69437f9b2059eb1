import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anInstalledCompany, type Company } from '../support/company.js';
import { type Numbers, programNumbers, type RawOrg } from '../support/program-oracle.js';

const DAYS = ['2026-11-27', '2026-11-28', '2026-12-02'];
const at = (day: string): string => `${day}T10:00:00Z`;

/** Somebody to write to at every account, on the first day. */
const WELCOME = `label: Welcome
priority: 1000
trigger: { when: account.seats > 0, onFirstSight: fire, reenter: never }
audience: { roles: [champion, user, sponsor, economic-buyer, other], maxPersons: 1 }
steps:
  - { id: hello, day: 1, channel: hubspot-list, target: Welcome, lateBy: 9 }
holdout: 0 %
ignore: [payment_overdue, open_escalation, in_negotiation]
`;

const COSTS: RawOrg['costs'] = {
  'high-touch': [3, 90_000, 12_000, 0.5],
  hybrid: [2, 80_000, 6_000, 0.5],
  digital: [1, 70_000, 30_000, 0.25],
};

function programText(shipped: string): string {
  const tiers = Object.entries(COSTS).map(
    ([tier, [people, personPerYear, licencesPerYear, perSend]]) =>
      `  ${tier}: { people: ${people}, costs: { personPerYear: ${personPerYear}, licencesPerYear: ${licencesPerYear}, perSend: ${perSend} } }`,
  );
  return shipped
    .replace(/^segmentBy: null$/m, 'segmentBy: custom.region')
    .replace(/^tiers:\n( {2}.*\n)+/m, `tiers:\n${tiers.join('\n')}\n`);
}

const FIELDS = {
  Account:
    'Id, CreatedDate, ARR__c, Customer_Since__c, Churn_Date__c, Renewal_Date__c, Region__c, Value_Perception__c, Truenorth_Score__c, Truenorth_Band__c, Truenorth_Tier__c, Truenorth_Phase__c',
  Opportunity: 'AccountId, Type, IsClosed, IsWon, Amount, CloseDate',
  Case: 'AccountId, CreatedDate, ClosedDate, CSAT__c',
  Contact: 'Id, AccountId, Email, HasOptedOutOfEmail, EmailBouncedDate, Left_Company__c',
  Product_Usage__c: 'Account__c, Week_Of__c, Key_Actions__c',
  Survey_Response__c: 'Account__c, Kind__c, Score__c, Answered_On__c',
  Event: 'AccountId, ActivityDate',
  Enrolment_Decision__c: 'Account__c, Contact__c, Outcome__c, Decided_On__c',
};

describe('the numbers of the program', () => {
  let company: Company;
  const deeds: { email: string; kind: string; on: string }[] = [];
  const phases = new Map<string, string>();
  const onboardedOn = new Map<string, string>();

  const table = (object: keyof typeof FIELDS) => company.soqlAll(`SELECT ${FIELDS[object]} FROM ${object}`);

  /** What the org holds now, read row by row. */
  async function rawOrg(today: string): Promise<RawOrg> {
    const [organization] = await company.soql('SELECT TimeZoneSidKey FROM Organization');
    return {
      today,
      timeZone: String(organization?.TimeZoneSidKey),
      accounts: await table('Account'),
      opportunities: await table('Opportunity'),
      cases: await table('Case'),
      contacts: await table('Contact'),
      usage: await table('Product_Usage__c'),
      surveys: await table('Survey_Response__c'),
      events: await table('Event'),
      decisions: await table('Enrolment_Decision__c'),
      deeds,
      onboardedOn,
      costs: COSTS,
    };
  }

  /** What our records in the org say, by `metric|period|tier|segment|band`. */
  async function published(): Promise<Numbers> {
    const rows = await company.soqlAll(
      'SELECT Metric__c, Period__c, Tier__c, Segment__c, Band__c, Value__c, Sample__c, Met__c, Current__c FROM Program_Metric__c',
    );
    return new Map(
      rows.map((row) => [
        [row.Metric__c, row.Period__c, row.Tier__c, row.Segment__c, row.Band__c].join('|'),
        {
          value: row.Value__c as number | null,
          sample: row.Sample__c as number,
          met: String(row.Met__c),
          current: row.Current__c === true,
        },
      ]),
    );
  }

  async function syncOn(day: string): Promise<void> {
    const { exit, err, out } = await company.truenorth('sync', '--apply', '--json', '--now', at(day));
    if (exit !== 0) throw new Error(`sync ended with ${exit}: ${err}${out.slice(0, 4_000)}`);
    for (const { Id, Truenorth_Phase__c: phase } of await table('Account')) {
      const before = phases.get(String(Id));
      if (before === 'onboarding' && phase === 'ongoing') onboardedOn.set(String(Id), day);
      phases.set(String(Id), String(phase));
    }
  }

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 300, seed: 11, now: Date.parse(at(DAYS[0] ?? '')) });
    const { folder } = company;
    cpSync('mappings/salesforce.yaml', join(folder, 'mappings', 'salesforce.yaml'));
    writeFileSync(
      join(folder, 'config', 'program.yaml'),
      programText(readFileSync(join('config', 'program.yaml'), 'utf8')),
    );
    writeFileSync(join(folder, 'config', 'playbooks', 'a-welcome.yaml'), WELCOME);
    writeFileSync(join(folder, 'config', 'engagement.yaml'), 'brakes: { share: 100 %, missing: 100 % }\n');
    await syncOn(DAYS[0] ?? '');
  }, 300_000);
  afterAll(() => company.close());

  it('equal what the raw rows come to, each of them', async () => {
    const day = DAYS[0] ?? '';
    expect(await differences(day)).toEqual([]);
  }, 300_000);

  async function differences(day: string): Promise<readonly string[]> {
    const [ours, theirs] = [await published(), programNumbers(await rawOrg(day))];
    expect(ours.size).toBeGreaterThan(1_000);
    return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((key) => {
      const [one, other] = [JSON.stringify(ours.get(key)), JSON.stringify(theirs.get(key))];
      return one === other ? [] : [`${key}: ${one} but ${other}`];
    });
  }
});
