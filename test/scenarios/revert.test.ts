import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Company } from '../support/company.js';
import { aReadyCompany } from '../support/ready-company.js';

const MINUTE = 60_000;
const FIELDS = 'Id, Truenorth_Score__c, Truenorth_Band__c, Truenorth_Tier__c, Truenorth_Watermelon__c';

const WATCH_FROM = 90;
const HEALTHY_FROM = 99;

/** By the edges that the wrong run had. */
function wrongBand(score: unknown): string {
  if (typeof score !== 'number') return 'unknown';
  if (score >= HEALTHY_FROM) return 'healthy';
  return score >= WATCH_FROM ? 'watch' : 'risk';
}

describe('revert', () => {
  let company: Company;
  let before: readonly Record<string, unknown>[];
  let during: readonly unknown[];
  let wrong: string;
  const held = () => company.soqlAll(`SELECT ${FIELDS} FROM Account ORDER BY Id`);
  const bands = async () => (await held()).map((row) => row.Truenorth_Band__c);
  const sync = async (now: string): Promise<string> => {
    const answer = await company.truenorth('sync', '--apply', '--json', '--now', now);
    if (answer.exit !== 0) throw new Error(answer.out + answer.err);
    return answer.json().run;
  };

  beforeAll(async () => {
    company = await aReadyCompany({ accounts: 20 });
    await sync('2026-11-20T11:00:00Z');
    before = await held();
    const health = join(company.folder, 'config', 'health.yaml');
    const edges = readFileSync(health, 'utf8').replace(/(watchFrom|healthyFrom): \d+/g, (_, edge) =>
      edge === 'watchFrom' ? `watchFrom: ${WATCH_FROM}` : `healthyFrom: ${HEALTHY_FROM}`,
    );
    writeFileSync(health, edges);
    wrong = await sync('2026-11-21T12:00:00Z');
    during = await bands();
  }, MINUTE);
  afterAll(() => company.close());

  it(
    'shows first what it would put back, and writes nothing',
    async () => {
      expect(await held()).not.toEqual(before);
      const [now, preview] = [await held(), (await company.truenorth('revert', wrong, '--json')).json()];
      expect(preview).toMatchObject({ run: wrong, revert: null, leftCount: 0, refused: [] });
      expect(preview.records).toBeGreaterThan(0);
      expect(await held()).toEqual(now);
      expect((await company.truenorth('revert', wrong)).out).toContain('Nothing was written');
    },
    MINUTE,
  );

  it(
    'puts back what still holds what the run wrote, leaves the rest, and tells of it',
    async () => {
      const changed = (await held()).find(
        (row, at) => row.Truenorth_Band__c !== before[at]?.Truenorth_Band__c,
      );
      const id = String(changed?.Id);
      await company.salesforce('PATCH', `/sobjects/Account/${id}`, { Truenorth_Band__c: 'by hand' });
      const { exit, json } = await company.truenorth('revert', wrong, '--apply', '--hold', '--json');
      expect(exit).toBe(0);
      expect(json()).toMatchObject({
        leftCount: 1,
        left: [
          { record: id, field: 'Truenorth_Band__c', wrote: changed?.Truenorth_Band__c, holds: 'by hand' },
        ],
        fieldsPaused: true,
      });
      const after = await held();
      for (const [at, row] of after.entries())
        expect(row).toEqual(row.Id === id ? { ...before[at], Truenorth_Band__c: 'by hand' } : before[at]);
    },
    MINUTE,
  );

  it(
    'is not undone by the next run while fields are paused, and is after that',
    async () => {
      const reverted = await held();
      const paused = await company.truenorth('sync', '--apply', '--json', '--now', '2026-11-22T13:00:00Z');
      expect(paused.json().changes).toMatchObject({ fields: 0, records: 0 });
      expect(paused.json().notes.join()).toContain('resume --fields');
      const said = await company.truenorth('sync', '--apply', '--now', '2026-11-22T13:00:00Z');
      expect(said.out).toMatch(/^Done.*; account fields are paused .*resume --fields/m);
      expect(said.out).not.toContain('everything was as it should be');
      expect((await company.truenorth('doctor')).out).toMatch(
        /Paused by hand: account fields\n.*truenorth resume --fields/,
      );
      expect(await held()).toEqual(reverted);
      await company.truenorth('resume', '--fields');
      await sync('2026-11-23T14:00:00Z');
      // Scores have moved in two days: each account has the band that the wrong edges give its score of today.
      const again = await held();
      during = again.map((row) => row.Truenorth_Band__c);
      expect(during).toEqual(again.map((row) => wrongBand(row.Truenorth_Score__c)));
      expect(during).not.toEqual(reverted.map((row) => row.Truenorth_Band__c));
    },
    MINUTE,
  );

  it(
    'can be reverted itself: it is a run like any other',
    async () => {
      const { revert } = (await company.truenorth('revert', wrong, '--apply', '--json')).json();
      const again = (await company.truenorth('revert', revert, '--apply', '--json')).json();
      expect(again.records).toBeGreaterThan(0);
      expect(await bands()).toEqual(during);
      expect((await company.truenorth('runs')).out).toContain(revert);
    },
    MINUTE,
  );

  it(
    'says that mails and tasks stand',
    async () => {
      const runs = (await company.truenorth('runs', '--json')).json();
      const first = runs.find(
        (run: { report: { changes?: { enrolments?: number } } }) => (run.report.changes?.enrolments ?? 0) > 0,
      );
      const { stands } = (await company.truenorth('revert', first.id, '--json')).json();
      expect(stands.enrolments).toBe(first.report.changes.enrolments);
      expect((await company.truenorth('revert', first.id)).out).toContain('mails can’t be unsent');
    },
    MINUTE,
  );

  it(
    'refuses in one sentence what it can’t do',
    async () => {
      const unknown = await company.truenorth('revert', 'nonsense');
      expect([unknown.exit, unknown.err]).toEqual([
        2,
        expect.stringContaining('There is no run nonsense here.'),
      ]);
      const plan = (await company.truenorth('plan', '--json', '--now', '2026-11-23T15:00:00Z')).json().run;
      expect((await company.truenorth('revert', plan)).err).toContain('was a plan: it wrote nothing');
    },
    MINUTE,
  );

  it(
    'refuses a run whose plan is not kept any more',
    async () => {
      for (let at = 0; at < 20; at += 1)
        await company.truenorth('plan', '--now', `2026-11-23T16:${10 + at}:00Z`);
      const old = await company.truenorth('revert', wrong);
      expect(old.exit).toBe(2);
      expect(old.err).toContain('is too old: what a run changed is kept for the latest 20 runs');
    },
    3 * MINUTE,
  );
});
