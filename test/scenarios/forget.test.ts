import { appendFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import type { Company } from '../support/company.js';
import { aReadyCompany } from '../support/ready-company.js';

const MINUTE = 60_000;

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

describe('forget', () => {
  let company: Company;
  let contact: string;
  let email: string;
  let name: string;
  let person: string;
  const sync = (now: string) => company.truenorth('sync', '--apply', '--json', '--now', now);
  const rows = (query: string): readonly Record<string, unknown>[] => {
    const database = new Sqlite(join(company.folder, 'var', 'truenorth.db'), { readonly: true });
    try {
      return database.prepare<[], Record<string, unknown>>(query).all();
    } finally {
      database.close();
    }
  };
  /** Files below var/ that name them, database bytes included. */
  const naming = (): readonly string[] =>
    filesBelow(join(company.folder, 'var')).filter((path) => {
      const text = readFileSync(path).toString('latin1').toLowerCase();
      return [email, name, contact].some((word) => text.includes(word.toLowerCase()));
    });

  beforeAll(async () => {
    company = await aReadyCompany({ accounts: 20 });
    await sync('2026-11-20T11:00:00Z');
    const [entry] = rows(
      "select contact, person from ledger where status = 'enrolled' and channel = 'hubspot-list' order by key",
    );
    contact = String(entry?.contact);
    person = String(entry?.person);
    const [row] = await company.soqlAll(
      `SELECT Email, FirstName, LastName FROM Contact WHERE Id = '${contact}'`,
    );
    email = String(row?.Email).toLowerCase();
    name = `${row?.FirstName} ${row?.LastName}`;
    appendFileSync(
      join(company.folder, 'var', 'log', 'truenorth.log'),
      `{"message":"wrongly logged ${email}"}\n`,
    );
    await company.truenorth('backup');
  }, MINUTE);
  afterAll(() => company.close());

  it(
    'shows first where somebody is named, and changes nothing',
    async () => {
      const before = naming();
      expect(before.length).toBeGreaterThanOrEqual(3);
      const shown = (await company.truenorth('forget', email, '--json')).json();
      expect(shown).toMatchObject({ applied: false, proof: null, tools: { hubspot: 'would be erased' } });
      expect(shown.state).toMatchObject({ 'contact rows': 1, contacts: 1 });
      expect(shown.left).toEqual({ 'hubspot-list: would leave': 1 });
      expect(naming()).toEqual(before);
    },
    MINUTE,
  );

  it(
    'takes them out of the state, of logs and back-ups, of lists and of HubSpot, and proves it',
    async () => {
      const done = (await company.truenorth('forget', contact, '--apply', '--json')).json();
      expect(done).toMatchObject({ applied: true, tools: { hubspot: 'erased' }, person: [person] });
      expect(done.left).toEqual({ 'hubspot-list: left': 1 });
      expect(naming()).toEqual([]);
      const proof = readFileSync(join(company.folder, done.proof), 'utf8');
      expect(JSON.parse(proof)).toMatchObject({ person: [person], applied: true });
      expect(proof).not.toMatch(/@|003[A-Za-z0-9]{15}/);
    },
    MINUTE,
  );

  it(
    'finds nothing the second time',
    async () => {
      const again = (await company.truenorth('forget', email, '--apply', '--json')).json();
      expect(again).toMatchObject({ state: {}, files: {}, left: {}, tools: { hubspot: 'absent' } });
    },
    MINUTE,
  );

  it(
    'never lets them be enrolled again, though Salesforce still has the contact',
    async () => {
      const answer = await sync('2026-11-21T12:00:00Z');
      expect(answer.exit).toBe(0);
      const entries = rows(`select status, code, day from ledger where person = '${person}' order by day`);
      expect(entries.slice(1).every(({ code }) => code === 'forgotten')).toBe(true);
      expect(rows('select person from forgotten_persons')).toEqual([{ person }]);
    },
    MINUTE,
  );
});
