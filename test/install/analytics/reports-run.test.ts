import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { field } from '../../../src/sandbox/salesforce/schema/fields.js';
import { anEmbeddedOrg, type EmbeddedOrg } from '../../adapters/crm/salesforce/support/embedded.js';
import { MODEL } from '../../support/analytics/our-org.js';
import { accountRecords, metricRecords, runRecords, TODAY } from '../../support/analytics/planted.js';
import { type Held, reportRows } from '../../support/analytics/report-rows.js';
import { reportSoql, sourceOf } from '../../support/analytics/report-soql.js';

const ACCOUNTS: readonly Held[] = [
  {
    Name: 'Acme',
    Truenorth_Band__c: 'risk',
    Truenorth_Tier__c: 'digital',
    Truenorth_Score__c: 20,
    ARR__c: 100,
    Renewal_Date__c: '2026-04-01',
    Churned__c: false,
  },
  {
    Name: 'Bolt',
    Truenorth_Band__c: 'healthy',
    Truenorth_Tier__c: 'high-touch',
    Truenorth_Score__c: 90,
    ARR__c: 200,
    Renewal_Date__c: TODAY,
    Truenorth_Tier_Waiting_For__c: 'digital',
    Churned__c: false,
  },
  {
    Name: 'Gone',
    Truenorth_Band__c: 'risk',
    Truenorth_Tier__c: 'digital',
    Truenorth_Score__c: 10,
    Renewal_Date__c: '2026-04-01',
    Churned__c: true,
  },
  { Name: 'Crest', Truenorth_Band__c: null, Truenorth_Tier__c: 'digital', Renewal_Date__c: null },
];

describe('every report', () => {
  let org: EmbeddedOrg;
  let token = '';
  const held = new Map<string, Held[]>();

  beforeAll(async () => {
    const own = [
      field('ARR__c', 'currency'),
      field('Renewal_Date__c', 'date'),
      field('Churned__c', 'boolean'),
    ];
    org = await anEmbeddedOrg({ customFields: new Map([['Account', own]]), timeZone: 'UTC' });
    await org.connect().installer.apply(MODEL);
    token = org.server.org.sessions.open(org.server.org.users.integration, null).token;
    const ids = keep('Account', ACCOUNTS);
    ids.forEach((id, nth) => {
      for (const [object, records] of Object.entries(accountRecords(id, nth))) keep(object, records);
    });
    keep('Program_Metric__c', metricRecords());
    keep('Sync_Run__c', runRecords());
  });
  afterAll(() => org.close());

  /** Into the org, and into what the test knows of it; an account's children know its fields. */
  function keep(object: string, records: readonly Held[]): readonly string[] {
    const ids = org.plant(object, records);
    const accounts = held.get('Account') ?? [];
    const known = records.map((record, index) => {
      const account = accounts.find(({ Id }) => Id === record.Account__c) ?? {};
      const above = Object.entries(account).map(([name, value]) => [`Account__r.${name}`, value]);
      return { ...record, Id: ids[index] ?? '', ...Object.fromEntries(above) };
    });
    held.set(object, [...(held.get(object) ?? []), ...known]);
    return ids;
  }

  async function ask(soql: string): Promise<readonly Record<string, unknown>[]> {
    const url = `${org.server.url()}/services/data/v62.0/query?q=${encodeURIComponent(soql)}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const body = (await response.json()) as { readonly records?: readonly Record<string, unknown>[] };
    if (body.records === undefined) throw new Error(`${soql}: ${JSON.stringify(body)}`);
    return body.records;
  }

  it.each(MODEL.reports.map((report) => [report.label, report] as const))(
    'answers by SOQL what the records hold: %s',
    async (_label, report) => {
      const { grouped, detail } = reportSoql(report, MODEL.reportTypes);
      const { object } = sourceOf(report, MODEL.reportTypes);
      const records = report.type.startsWith('Truenorth_Accounts_and')
        ? (held.get(object) ?? []).filter(({ Account__c }) => Account__c !== null)
        : (held.get(object) ?? []);
      const expected = reportRows(report, MODEL.reportTypes, { records, today: TODAY });

      const rows = (await ask(grouped)).map((row) => ({
        groups: numbered(row, 'g'),
        rows: row.rowCount,
        sums: numbered(row, 'v'),
      }));

      expect(expected.length).toBeGreaterThan(0);
      expect(sorted(rows)).toEqual(sorted(expected));
      expect(await ask(detail)).toHaveLength(expected.reduce((sum, group) => sum + group.rows, 0));
    },
  );

  function numbered(row: Record<string, unknown>, letter: string): readonly unknown[] {
    return Object.keys(row)
      .filter((name) => new RegExp(`^${letter}\\d+$`).test(name))
      .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
      .map((name) => row[name] ?? null);
  }

  function sorted<T>(rows: readonly T[]): readonly T[] {
    return [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
});
