import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anInstalledCompany, type Company } from '../support/company.js';
import { type Numbers, programNumbers } from '../support/program-oracle.js';
import type { RawOrg } from '../support/program-raw.js';

const FIRST = '2026-11-27';
const SECOND = '2026-11-28';
const IN_DECEMBER = '2026-12-02';
const ELEVEN = [
  ...['engagement', 'content', 'churn', 'retention', 'onboarding-completed', 'time-to-first-value'],
  ...['csat', 'nps', 'resolution-time', 'upsell', 'health'],
];
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

/** Two weeks of October. */
const SAMPLE: RawOrg['sample'] = {
  days: 14,
  tiers: { 'high-touch': [200, 3], hybrid: [90, 2], digital: [30, 1] },
};
const SAMPLE_TEXT = [
  'timeSample:',
  '  from: 2026-10-05',
  '  to: 2026-10-18',
  '  tiers:',
  ...Object.entries(SAMPLE.tiers).map(
    ([tier, [hours, people]]) => `    ${tier}: { hours: ${hours}, people: ${people} }`,
  ),
].join('\n');

function programText(shipped: string): string {
  const tiers = Object.entries(COSTS).map(
    ([tier, [people, personPerYear, licencesPerYear, perSend]]) =>
      `  ${tier}: { people: ${people}, costs: { personPerYear: ${personPerYear}, licencesPerYear: ${licencesPerYear}, perSend: ${perSend} } }`,
  );
  return shipped
    .replace(/^timeSample: null$/m, SAMPLE_TEXT)
    .replace(/^segmentBy: null$/m, 'segmentBy: custom.region')
    .replace(/^tiers:\n( {2}.*\n)+/m, `tiers:\n${tiers.join('\n')}\n`);
}

const FIELDS = {
  Account:
    'Id, CreatedDate, LastActivityDate, ARR__c, Customer_Since__c, Churn_Date__c, Renewal_Date__c, Region__c, Value_Perception__c, Industry, AccountSource, Seats__c, Truenorth_Score__c, Truenorth_Band__c, Truenorth_Tier__c, Truenorth_Phase__c',
  Opportunity: 'AccountId, Type, IsClosed, IsWon, Amount, CloseDate, Lost_Reason__c',
  Case: 'AccountId, CreatedDate, ClosedDate, CSAT__c, Priority',
  Contact: 'Id, AccountId, Email, HasOptedOutOfEmail, EmailBouncedDate, Left_Company__c',
  Product_Usage__c: 'Account__c, Week_Of__c, Key_Actions__c',
  Survey_Response__c: 'Account__c, Kind__c, Score__c, Answered_On__c',
  Event: 'AccountId, ActivityDate, DurationInMinutes',
  Enrolment_Decision__c: 'Account__c, Contact__c, Channel__c, Outcome__c, Decided_On__c',
};

describe('the numbers of the program', () => {
  let company: Company;
  const deeds: { email: string; kind: string; on: string }[] = [];
  const phases = new Map<string, string>();
  const onboardedOn = new Map<string, string>();
  const tiers: { day: string; of: ReadonlyMap<string, string> }[] = [];

  const table = (object: keyof typeof FIELDS) => company.soqlAll(`SELECT ${FIELDS[object]} FROM ${object}`);

  /** What the org holds now, read row by row. */
  async function rawOrg(today: string): Promise<RawOrg> {
    const [organization] = await company.soql('SELECT TimeZoneSidKey FROM Organization');
    return {
      today,
      watchedFrom: FIRST,
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
      tiers,
      costs: COSTS,
      sample: SAMPLE,
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
    if (exit !== 0) throw new Error(`sync ended with ${exit}: ${err}${out}`);
    const accounts = await table('Account');
    tiers.push({
      day,
      of: new Map(accounts.map(({ Id, Truenorth_Tier__c: tier }) => [String(Id), String(tier)])),
    });
    for (const { Id, Truenorth_Phase__c: phase } of accounts) {
      const before = phases.get(String(Id));
      if (before === 'onboarding' && phase === 'ongoing') onboardedOn.set(String(Id), day);
      phases.set(String(Id), String(phase));
    }
  }

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 300, seed: 11, now: Date.parse(at(FIRST)) });
    const { folder } = company;
    cpSync('mappings/salesforce.yaml', join(folder, 'mappings', 'salesforce.yaml'));
    writeFileSync(
      join(folder, 'config', 'program.yaml'),
      programText(readFileSync(join('config', 'program.yaml'), 'utf8')),
    );
    writeFileSync(join(folder, 'config', 'playbooks', 'a-welcome.yaml'), WELCOME);
    writeFileSync(join(folder, 'config', 'engagement.yaml'), 'brakes: { share: 100 %, missing: 100 % }\n');
    await syncOn(FIRST);
  }, 300_000);
  afterAll(() => company.close());

  it('equal what the raw rows come to, each of them', async () => {
    expect(await differences(FIRST)).toEqual([]);
  }, 300_000);

  it('answer an admin’s question for each of the eleven dashboards', async () => {
    const rows = await company.soql(
      `SELECT Metric__c, Metric_Label__c, Definition__c, Value__c, Unit__c, Target__c, Met__c, Numerator__c, Denominator__c
       FROM Program_Metric__c WHERE Current__c = true AND Period__c = '2026-11' AND Tier__c = 'All'
       AND Segment__c = 'All' AND Band__c = 'All' AND Metric__c IN ('${ELEVEN.join("', '")}')`,
    );
    expect(rows.map(({ Metric__c }) => Metric__c).sort()).toEqual([...ELEVEN].sort());
    const numbers = programNumbers(await rawOrg(FIRST));
    for (const row of rows)
      expect([row.Metric__c, row.Value__c]).toEqual([
        row.Metric__c,
        numbers.get(`${row.Metric__c}|2026-11|All|All|All`)?.value,
      ]);
  }, 300_000);

  it('are not written again by a second run of the day', async () => {
    const stamps = () => company.soqlAll('SELECT Id, SystemModstamp FROM Program_Metric__c ORDER BY Id');
    const before = await stamps();
    await syncOn(FIRST);
    expect(await stamps()).toEqual(before);
  }, 300_000);

  it('follow what happened the day after: answers, late rows, a customer who left, a move', async () => {
    const people = (await company.soqlAll(
      "SELECT Contact__r.Email FROM Enrolment_Decision__c WHERE Outcome__c = 'enrolled' AND Contact__c != null ORDER BY Key__c",
    )) as { Contact__r: { Email: string } }[];
    for (const [nth, { Contact__r: contact }] of people.slice(0, 30).entries()) {
      const kind = ['replied', 'opened', 'clicked'][nth % 3] ?? '';
      await company.control('hubspot', 'POST', '/engage', { email: contact.Email, kind });
      deeds.push({ email: contact.Email, kind, on: FIRST });
    }
    const [first, second, third] = await company.soql(
      "SELECT Id FROM Account WHERE Churned__c = false AND ARR__c < 20000 AND Truenorth_Tier__c = 'digital' ORDER BY Id LIMIT 3",
    );
    await company.asAdmin('POST', '/sobjects/Opportunity', {
      ...{ AccountId: first?.Id, Name: 'Late', Type: 'Expansion', StageName: 'Closed Won' },
      ...{ CloseDate: '2026-10-20', Amount: 5_000 },
    });
    await company.asAdmin('PATCH', `/sobjects/Account/${second?.Id}`, {
      ...{ Churned__c: true, Churn_Date__c: '2026-11-27' },
    });
    await company.asAdmin('PATCH', `/sobjects/Account/${third?.Id}`, { ARR__c: 400_000 });
    await syncOn(SECOND);
    expect(await differences(SECOND)).toEqual([]);
    const rate = (await published()).get('reply-rate|2026-11|All|All|All');
    expect(rate?.value).toBeGreaterThan(0);
  }, 300_000);

  it('leave a period that is over as it was last told, but for rows that came late', async () => {
    const before = await published();
    await syncOn(IN_DECEMBER);
    const after = await published();
    expect(await differences(IN_DECEMBER, before)).toEqual([]);
    const health = 'health|2026-11|All|All|All';
    expect(after.get(health)).toEqual({ ...before.get(health), current: false });
    expect(after.get('health|2026-12|All|All|All')?.current).toBe(true);
  }, 300_000);

  /** Records that are not what the raw rows come to; `kept`: those of periods that are over may be as they were. */
  async function differences(day: string, kept: Numbers = new Map()): Promise<readonly string[]> {
    const [ours, theirs] = [await published(), programNumbers(await rawOrg(day))];
    expect(ours.size).toBeGreaterThan(1_000);
    return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((key) => {
      const before = kept.get(key);
      const wanted = theirs.get(key) ?? (before === undefined ? undefined : { ...before, current: false });
      const [one, other] = [JSON.stringify(ours.get(key)), JSON.stringify(wanted)];
      return one === other ? [] : [`${key}: ${one} but ${other}`];
    });
  }
});
