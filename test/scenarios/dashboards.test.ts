import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CRM_RECORDS } from '../../src/ports/crm-records.js';
import { MODEL, OUR_FIELDS } from '../support/analytics/our-org.js';
import { type Held, reportRows } from '../support/analytics/report-rows.js';
import { reportSoql, sourceOf } from '../support/analytics/report-soql.js';
import { anInstalledCompany, type Company } from '../support/company.js';

/** What a company of one day has nothing to show for, with the reason. */
const EMPTY: Readonly<Record<string, string>> = {
  'Band changes by month': 'every band is the first',
  'Enrolments by month and channel': 'playbooks arm on first sight',
  'Playbook episodes by status': 'playbooks arm on first sight',
  'Not enrolled by reason': 'playbooks arm on first sight',
  'Health pulses in force': 'nobody has filed one',
  'Tier moves that wait': 'every tier is the first',
  'Churn by reason': 'no customer of a year ago has left',
  'Hours per account by tier': 'tasks are mapped as activities, and they have no length',
  'Time for customers by tier': 'tasks are mapped as activities, and they have no length',
  'Cases by product': 'no field tells the product of a case',
  'Requests by month': 'the book has no requests',
  'Open requests by month': 'the book has no requests',
  'Open requests by tier': 'the book has no requests',
  'Time to first answer by month': 'the book has no requests',
  'Time to first answer by tier': 'the book has no requests',
  'Time to first answer: met or not met': 'the book has no requests',
  'Return on cost by quarter and tier': 'no lift can be told',
  'Return on cost by tier': 'no lift can be told',
  'Open sync errors by code': 'nothing was refused',
  'Sync errors and what to do': 'nothing was refused',
};

/** Somebody who looks after each tier, and a fact by which numbers are split. */
function peopled(program: string): string {
  const costs = '{ personPerYear: 80000, equipmentPerYear: 0, licencesPerYear: 5000, perSend: 0.1 }';
  const tiers = ['high-touch', 'hybrid', 'digital'].map(
    (tier) => `  ${tier}: { people: 2, costs: ${costs} }`,
  );
  return program
    .replace(/^segmentBy: null$/m, 'segmentBy: account.industry')
    .replace(/^tiers:\n( {2}.*\n)+/m, `tiers:\n${tiers.join('\n')}\n`);
}

describe('the dashboards after a sync', () => {
  let company: Company;
  const held = new Map<string, readonly Held[]>();
  const empty: string[] = [];

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 60 });
    const program = join(company.folder, 'config/program.yaml');
    writeFileSync(program, peopled(readFileSync(program, 'utf8')));
    const { exit, err } = await company.truenorth('sync', '--apply');
    if (exit !== 0) throw new Error(`sync ended with ${exit}: ${err}`);
    for (const object of ['Account', ...Object.values(CRM_RECORDS).map((one) => one.object)])
      held.set(object, await everyRecord(object));
  }, 120_000);
  afterAll(() => company.close());

  async function everyRecord(object: string): Promise<readonly Held[]> {
    const own = [...(OUR_FIELDS.get(object)?.keys() ?? [])];
    const above = own.includes('Account__c') ? [...(OUR_FIELDS.get('Account')?.keys() ?? [])] : [];
    const fields = [...own, ...above.map((name) => `Account__r.${name}`)];
    const rows = await company.soqlAll(`SELECT ${fields.join(', ')} FROM ${object}`);
    return rows.map((row) => ({ ...row, ...flattened(row.Account__r) })) as readonly Held[];
  }

  function flattened(account: unknown): Held {
    const values = typeof account === 'object' && account !== null ? Object.entries(account) : [];
    return Object.fromEntries(values.map(([name, value]) => [`Account__r.${name}`, value as Held[string]]));
  }

  it.each(MODEL.reports.map((report) => [report.label, report] as const))(
    'answer what the records say: %s',
    async (label, report) => {
      const { object, joined } = sourceOf(report, MODEL.reportTypes);
      const all = held.get(object) ?? [];
      const records = joined ? all.filter(({ Account__c }) => Account__c !== null) : all;
      const expected = reportRows(report, MODEL.reportTypes, { records, today: '2026-11-20' });

      const rows = await company.soqlAll(reportSoql(report, MODEL.reportTypes).grouped);

      if (rows.length === 0) empty.push(label);
      expect(rows.map((row) => row.rowCount).sort()).toEqual(expected.map((group) => group.rows).sort());
      expect(sumsOf(rows)).toEqual(expected.map(({ sums }) => sums.map(rounded).join()).sort());
    },
  );

  function sumsOf(rows: readonly Record<string, unknown>[]): readonly string[] {
    return rows
      .map((row) =>
        Object.keys(row)
          .filter((name) => /^v\d+$/.test(name))
          .sort()
          .map((name) => rounded(row[name] as number | null))
          .join(),
      )
      .sort();
  }

  /** Averages of many digits end differently by the order in which they are added up. */
  function rounded(value: number | null): number | null {
    return value === null ? null : Math.round(value * 1e6) / 1e6;
  }

  it('show something wherever there is something to show', () => {
    expect([...empty].sort()).toEqual(Object.keys(EMPTY).sort());
  });
});
