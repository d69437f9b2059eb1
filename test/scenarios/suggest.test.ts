import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anInstalledCompany, type Company } from '../support/company.js';

const MINUTE = 60_000;

describe('what the stored book suggests', () => {
  let company: Company;
  const bytesOf = (...path: readonly string[]): string =>
    createHash('sha256')
      .update(readFileSync(join(company.folder, ...path)))
      .digest('hex');
  const files = () => [
    bytesOf('var', 'truenorth.db'),
    bytesOf('config', 'tiers.yaml'),
    bytesOf('config', 'moments.yaml'),
  ];
  const asked = async (...args: readonly string[]) => {
    const answer = await company.truenorth(...args);
    if (answer.exit !== 0) throw new Error(answer.err);
    return answer;
  };

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 120 });
  }, MINUTE);
  afterAll(() => company.close());

  it('is nothing before the first run, and says what to do', async () => {
    for (const command of [['outlook'], ['suggest', 'tiers'], ['suggest', 'true-north']]) {
      const { exit, err } = await company.truenorth(...command);
      expect(exit).toBe(2);
      expect(err).toContain('truenorth plan');
    }
  });

  it(
    'are lines between tiers, each with what it covers and the change that it takes; nothing is applied',
    async () => {
      await asked('sync', '--apply');
      const before = files();
      const told = (await asked('suggest', 'tiers', '--json')).json();
      const [{ n }] = (await company.soql('SELECT COUNT(Id) n FROM Account WHERE Churned__c = false')) as [
        { n: number },
      ];
      expect(told.customers).toBe(n);
      expect(told.curve.at(-1)).toEqual({ accounts: 1, revenue: 1 });
      expect(told.cuts.map(({ id }: { id: string }) => id)).toEqual(['today', 'pareto', 'natural-breaks']);
      for (const cut of told.cuts) {
        const accounts = cut.tiers.reduce(
          (sum: number, tier: { accounts: number }) => sum + tier.accounts,
          0,
        );
        expect(accounts + cut.unassigned).toBe(told.customers);
      }
      expect(told.cuts[0].change).toEqual([]);
      expect(told.cuts[1].change).toContain('+  pareto:');
      expect(told.leftOut).toHaveLength(1);
      for (const { churn, growth, cases } of told.segments)
        for (const { n: counted, estimate } of [churn, growth, cases])
          expect(estimate === null).toBe(counted < 30);
      const said = (await asked('suggest', 'tiers')).out;
      expect(said).toContain('Nothing was changed.');
      expect(said).not.toMatch(/low.value|bad accounts?|worthless/i);
      expect(files()).toEqual(before);
    },
    MINUTE,
  );

  it('is an outlook on the renewals that are due, with names and without a loss that nobody can know yet', async () => {
    const told = (await asked('outlook', '--names', '4', '--json')).json();
    expect(told.quarters.map(({ quarter }: { quarter: string }) => quarter)).toEqual([
      '2026-Q4',
      '2027-Q1',
      '2027-Q2',
      '2027-Q3',
    ]);
    const [first] = told.quarters;
    const due = (await company.soql(
      'SELECT COUNT(Id) n, SUM(ARR__c) due FROM Account WHERE Churned__c = false AND ARR__c != null AND Renewal_Date__c >= 2026-11-20 AND Renewal_Date__c <= 2026-12-31',
    )) as readonly { n: number; due: number }[];
    expect(first.countedFrom).toBe('2026-11-20');
    expect([first.accounts, first.amount]).toEqual([due[0]?.n, due[0]?.due ?? 0]);
    expect(told.quarters.every(({ loss }: { loss: unknown }) => loss === null)).toBe(true);
    expect(told.accounts).toHaveLength(4);
    expect(told.accounts[0].driver).not.toBe('');
    const said = (await asked('outlook')).out;
    expect(said).toContain(told.accounts[0].name);
    expect(said).toContain('no expected loss can be told');
  });

  it('is no milestone where the data is too little, and says how many customers it takes', async () => {
    const told = (await asked('suggest', 'true-north', '--json')).json();
    expect(told.found[0]).toMatchObject({ segment: 'All', chosen: null, change: [] });
    expect(told.file).toBe('config/moments.yaml');
    expect((await asked('suggest', 'true-north')).out).toContain('look again each quarter');
  });
});
