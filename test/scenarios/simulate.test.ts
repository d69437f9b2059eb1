import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anInstalledCompany, type Company } from '../support/company.js';

const MINUTE = 60_000;

describe('simulate', () => {
  let company: Company;
  let other: string;
  const stateBytes = (): string =>
    createHash('sha256')
      .update(readFileSync(join(company.folder, 'var', 'truenorth.db')))
      .digest('hex');

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 40 });
    const { exit, err } = await company.truenorth('sync', '--apply');
    if (exit !== 0) throw new Error(err);
    other = join(company.folder, 'other');
  }, MINUTE);
  afterAll(() => company.close());
  beforeEach(() => {
    rmSync(other, { recursive: true, force: true });
    mkdirSync(other);
  });

  const change = (file: string, edit: (text: string) => string): void =>
    writeFileSync(join(other, file), edit(readFileSync(join(company.folder, 'config', file), 'utf8')));
  const simulated = async () => {
    const answer = await company.truenorth('simulate', '--config', other, '--json');
    if (answer.exit !== 0) throw new Error(answer.err);
    return answer.json();
  };

  it('of the same files finds no difference', async () => {
    cpSync(join(company.folder, 'config'), other, { recursive: true });
    const found = await simulated();
    expect(found.accounts).toEqual({ read: 40, scoreChanged: 0, bandChanged: 0, tierChanged: 0 });
    expect(found.records).toEqual({ before: 0, after: 0 });
    expect(found.moved).toEqual([]);
    for (const rows of [found.bands, found.tiers])
      for (const { before, after } of Object.values<{ before: number; after: number }>(rows))
        expect(after).toBe(before);
  });

  it('of other bands counts who would be in which, and names who moves, and writes nothing', async () => {
    change('health.yaml', (text) =>
      text.replace(/healthyFrom: \d+/, 'healthyFrom: 95').replace(/watchFrom: \d+/, 'watchFrom: 80'),
    );
    const [bytes, rows] = [
      stateBytes(),
      await company.soql('SELECT Id, SystemModstamp FROM Account ORDER BY Id'),
    ];
    const found = await simulated();
    expect(stateBytes()).toBe(bytes);
    expect(await company.soql('SELECT Id, SystemModstamp FROM Account ORDER BY Id')).toEqual(rows);
    const { bands } = found;
    expect(bands.risk.after).toBeGreaterThan(bands.risk.before);
    const total = (side: 'before' | 'after') =>
      Object.values<{ before: number; after: number }>(bands).reduce((sum, band) => sum + band[side], 0);
    expect([total('before'), total('after')]).toEqual([40, 40]);
    const [inRisk] = await company.soql("SELECT COUNT(Id) n FROM Account WHERE Truenorth_Band__c = 'risk'");
    expect(bands.risk.before).toBe(inRisk?.n);
    expect(found.accounts.bandChanged).toBe(
      Object.values<number>(found.bandMoves).reduce((sum, n) => sum + n, 0),
    );
    expect(found.records.after).toBeGreaterThan(found.records.before);
    expect(found.calls.after.calls).toBeGreaterThan(0);
    const said = (await company.truenorth('simulate', '--config', other)).out;
    expect(said).toContain('Accounts that move most');
    expect(said).toContain(found.moved[0].account);
  });

  it(
    'comes to what a run under these settings then does',
    async () => {
      change('health.yaml', (text) => text.replace(/healthyFrom: \d+/, 'healthyFrom: 80'));
      const { bands } = await simulated();
      const trial = mkdtempSync(join(tmpdir(), 'truenorth-trial-'));
      cpSync(company.folder, trial, { recursive: true });
      cpSync(join(other, 'health.yaml'), join(trial, 'config', 'health.yaml'));
      await company.inFolder(trial, 'approve', '--yes');
      await company.inFolder(trial, 'plan');
      const same = join(company.folder, 'same');
      mkdirSync(same, { recursive: true });
      cpSync(join(trial, 'config'), same, { recursive: true });
      const after = (await company.inFolder(trial, 'simulate', '--config', same, '--json')).json();
      for (const [band, { after: wanted }] of Object.entries<{ after: number }>(bands))
        expect([band, after.bands[band]?.before ?? 0]).toEqual([band, wanted]);
    },
    MINUTE,
  );

  it('of other tiers counts who would move', async () => {
    change('tiers.yaml', (text) =>
      text.replace(/atLeast: \d+/g, 'atLeast: 1').replace('atLeast: 1 }', 'atLeast: 2 }'),
    );
    const { accounts, tierMoves } = await simulated();
    expect(accounts.tierChanged).toBeGreaterThan(0);
    expect(
      Object.keys(tierMoves).every((move) => move.endsWith('> high-touch') || move.includes('hybrid')),
    ).toBe(true);
  });

  it('of other playbooks says for how many their condition holds', async () => {
    mkdirSync(join(other, 'playbooks'));
    writeFileSync(
      join(other, 'playbooks', 'everybody.yaml'),
      'label: Everybody\npriority: 5\ntrigger: { when: account.seats >= 0 }\naudience: { roles: [user, other] }\nsteps:\n  - { id: one, channel: hubspot-list, target: One }\nholdout: 0 %\n',
    );
    const { playbooks } = await simulated();
    expect(playbooks.everybody.holds.before).toBe(0);
    expect(playbooks.everybody.holds.after).toBeGreaterThan(0);
    expect(playbooks.everybody.due.after).toBe(0);
    expect(
      Object.values<{ holds: { after: number } }>(playbooks).filter(({ holds }) => holds.after > 0),
    ).toHaveLength(1);
  });

  it('refuses wrong files with every problem, and a folder without any', async () => {
    writeFileSync(join(other, 'tiers.yaml'), 'tiers: {}\npolicy: {}\n');
    const wrong = await company.truenorth('simulate', '--config', other);
    expect(wrong.exit).toBe(2);
    expect(wrong.err).toContain('config/tiers.yaml');
    rmSync(join(other, 'tiers.yaml'));
    const empty = await company.truenorth('simulate', '--config', other);
    expect(empty.exit).toBe(2);
    expect(empty.err).toContain('There is no configuration in');
  });
});
