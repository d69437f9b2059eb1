import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anInstalledCompany, type Company } from '../support/company.js';
import { withState } from '../support/end-state.js';
import { untraceable } from '../support/report/untraceable.js';

const NOW = '2026-11-27T10:00:00Z';
/** Our names of what the CRM keeps of a number, by its fields there. */
const FIELDS = {
  metric: 'Metric__c',
  period: 'Period__c',
  tier: 'Tier__c',
  segment: 'Segment__c',
  band: 'Band__c',
  value: 'Value__c',
  numerator: 'Numerator__c',
  denominator: 'Denominator__c',
  sample: 'Sample__c',
  target: 'Target__c',
  met: 'Met__c',
} as const;

interface Table {
  readonly id: string;
  readonly columns: readonly { readonly id: string }[];
  readonly rows: readonly {
    readonly id: string;
    readonly cells: readonly ({ readonly value: number | null; readonly n: number } | null)[];
  }[];
}

describe('the report of the program', () => {
  let company: Company;
  const answer = async (...args: readonly string[]) => {
    const { exit, out, err, json } = await company.truenorth(...args, '--now', NOW, '--json');
    return { exit, out, err, json: json() };
  };

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 300, seed: 11, now: Date.parse(NOW) });
    cpSync('mappings/salesforce.yaml', join(company.folder, 'mappings', 'salesforce.yaml'));
  }, 120_000);
  afterAll(() => company.close());

  it('says that a run comes first, as do the review and the watch on drift', async () => {
    for (const command of ['program', 'watermelons', 'drift']) {
      const { exit, json } = await answer(command);
      expect([exit, json.error.code]).toEqual([2, 'NO_RUN_YET']);
    }
  });

  it('says the same as the records in the CRM, each of them', async () => {
    const { exit } = await company.truenorth('sync', '--apply', '--now', NOW);
    expect([0, 3]).toContain(exit);
    const rows = await company.soqlAll(`SELECT ${Object.values(FIELDS).join(', ')} FROM Program_Metric__c`);
    const inCrm = rows.map((row) => JSON.stringify(Object.values(FIELDS).map((field) => row[field] ?? null)));
    const { json } = await answer('program');
    const told = json.metrics.map((values: Readonly<Record<string, unknown>>) =>
      JSON.stringify(Object.keys(FIELDS).map((name) => values[name] ?? null)),
    );
    expect(told.length).toBeGreaterThan(300);
    expect(told.toSorted()).toEqual(inCrm.toSorted());
  }, 120_000);

  it('tells in its tables what the records say', async () => {
    const { json } = await answer('program');
    const tables = json.sections.flatMap((section: { tables: readonly unknown[] }) => section.tables);
    const coverage = tables.find(({ id }: { id: string }) => id === 'coverage');
    const accounts = json.metrics.find(
      (one: Readonly<Record<string, unknown>>) =>
        one.metric === 'accounts' && one.tier === 'digital' && one.period === '2026-Q4',
    );
    const digital = coverage.rows.find(({ id }: { id: string }) => id === 'digital');
    expect(digital.cells[0]).toMatchObject({ value: accounts.value, n: accounts.sample, period: '2026-Q4' });
    const quarters = tables.find(({ id }: { id: string }) => id === 'retention');
    expect(quarters.rows).toHaveLength(6);
    const [all] = quarters.rows.at(-1).cells;
    const record = json.metrics.find(
      (one: Readonly<Record<string, unknown>>) =>
        one.metric === 'retention' && one.tier === 'All' && one.period === '2026-Q4' && one.segment === 'All',
    );
    expect([all.value, all.n]).toEqual([record.value, record.sample]);
  });

  it('has a record in the CRM for every figure of every breakdown', async () => {
    const { json } = await answer('program');
    const rows = await company.soqlAll(
      `SELECT Metric__c, Tier__c, Segment__c, Value__c, Sample__c FROM Program_Metric__c
       WHERE Current__c = true AND Period__c = '2026-11'`,
    );
    const inCrm = new Map(
      rows.map((row) => [
        `${row.Metric__c}|${row.Tier__c}|${row.Segment__c}`,
        [row.Value__c ?? null, row.Sample__c],
      ]),
    );
    const tables = json.sections.flatMap((section: { tables: readonly unknown[] }) => section.tables);
    let figures = 0;
    for (const { id, columns, rows: shown } of tables as readonly Table[]) {
      const split = /^(churn|support)-by-(?!tier)/.test(id);
      if (!split && id !== 'support-by-tier') continue;
      for (const row of shown)
        for (const [index, cell] of row.cells.entries()) {
          const metric = columns[index]?.id;
          const key = split ? `${metric}|All|${row.id}` : `${metric}|${row.id}|All`;
          expect([key, inCrm.get(key)]).toEqual([key, [cell?.value ?? null, cell?.n]]);
          figures += 1;
        }
    }
    const time = (tables as readonly Table[]).find(({ id }) => id === 'time');
    for (const { id, cells } of time?.rows ?? [])
      expect(cells.slice(0, 2).map((cell) => [cell?.value, cell?.n])).toEqual(
        ['hours-logged', 'hours-per-account'].map((metric) => inCrm.get(`${metric}|${id}|All`)),
      );
    expect(time?.rows.length).toBeGreaterThan(2);
    expect(figures).toBeGreaterThan(50);
  });

  it('counts the customers of a year ago alike, however they are split', async () => {
    const { json } = await answer('program');
    const churn = json.sections.find(({ id }: { id: string }) => id === 'churn');
    const sums = churn.tables
      .filter(({ id }: { id: string }) => id !== 'churn-by-reason')
      .map(({ rows }: { rows: readonly { cells: readonly { value: number }[] }[] }) =>
        rows.reduce((sum, { cells }) => sum + (cells[0]?.value ?? 0), 0),
      );
    const record = json.metrics.find(
      (one: Readonly<Record<string, unknown>>) =>
        one.metric === 'churn' && one.tier === 'All' && one.period === '2026-11' && one.segment === 'All',
    );
    expect(new Set(sums)).toEqual(new Set([record.sample]));
    const [reasons] = churn.tables;
    const left = reasons.rows.reduce(
      (sum: number, { cells }: { cells: readonly { value: number }[] }) => sum + (cells[0]?.value ?? 0),
      0,
    );
    expect(left).toBe(record.numerator);
  });

  it('prints the numbers that are asked for first, with their targets, before all tables', async () => {
    const { out } = await company.truenorth('program', '--now', NOW);
    const { json } = await answer('program');
    const [health] = json.headlines.filter(({ id }: { id: string }) => id === 'health');
    expect(out.indexOf('Mean health score')).toBeLessThan(out.indexOf('Whom the program serves'));
    expect(out).toMatch(/Mean health score\W+[\d.]+ \(n \d+(, few)?\)\W+(not )?met, target: at least 75/);
    expect(out).toMatch(
      /Churn\W+[\d.]+ % \(n \d+(, few)?\)\W+(not )?met, target: at most 10 %\W+12 months to 27 Nov 2026/,
    );
    expect(health.figure).toMatchObject({ direction: 'at least', target: 75, span: '2026-Q4' });
  });

  it('is a page in which every number is traceable, and a refusal where it can’t be written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'truenorth-page-'));
    const file = join(folder, 'program.html');
    expect((await company.truenorth('program', '--now', NOW, '--html', file)).exit).toBe(0);
    expect(untraceable(readFileSync(file, 'utf8'))).toEqual([]);
    const { exit, json } = await answer('program', '--html', join(folder, 'nowhere', 'program.html'));
    expect([exit, json.error.code]).toEqual([2, 'CANNOT_WRITE_PAGE']);
    rmSync(folder, { recursive: true });
  });

  it('comes with a review whose watermelons are those that the accounts are flagged as', async () => {
    const rows = await company.soqlAll(
      'SELECT Id, Churned__c FROM Account WHERE Truenorth_Watermelon__c = true',
    );
    const flagged = rows.filter(({ Churned__c }) => Churned__c !== true).map(({ Id }) => Id);
    const { json } = await answer('watermelons', '--limit', '500');
    const found = json.watermelons.flatMap(({ shown }: { shown: readonly { account: string }[] }) => shown);
    expect(found.map(({ account }: { account: string }) => account).toSorted()).toEqual(flagged.toSorted());
    expect(found.length).toBeGreaterThan(3);
    for (const { hidden } of found) expect(hidden.length).toBeGreaterThan(0);
    for (const { shown } of json.watermelons) {
      // Who complains first, whatever is urgent about an old review.
      const places = shown.map(
        ({ complaint, urgency }: { complaint: boolean; urgency: { points: number } }) =>
          (complaint ? 1_000 : 0) + urgency.points,
      );
      expect(places).toEqual(places.toSorted((a: number, b: number) => b - a));
    }
    expect(new Set(found.map(({ complaint }: { complaint: boolean }) => complaint))).toEqual(
      new Set([true, false]),
    );
    expect(json.playbooks.watermelons).toContain('criteria-stale');
    const { out } = await company.truenorth('watermelons', '--now', NOW);
    expect(out).toContain('nobody has complained');
    const [first] = found;
    expect(out).toContain(`(${first.account}; `);
    const explained = await company.truenorth('explain', first.account, '--now', NOW);
    expect(explained.out).toMatch(/Watermelon: Adoption looks healthy, yet: [A-Z]/);
    expect((await answer('watermelons', '--limit', '0')).exit).toBe(2);
  });

  it('comes with a watch that has kept how many accounts each signal is missing of', async () => {
    const { json } = await answer('drift');
    expect(json.missingDays).toMatchObject([{ day: '2026-11-27', accounts: 300 }]);
    expect(json.missing[0]).toMatchObject({ before: null, rose: false });
    expect(json.sentences).toEqual([]);
  });

  it('leaves no trace in the state', async () => {
    const notes = () =>
      withState(company.folder, async (state) =>
        JSON.stringify([await state.notes.get('drift-found'), await state.notes.get('separation')]),
      );
    await answer('drift');
    expect(await notes()).toBe('[null,null]');
  });
});
