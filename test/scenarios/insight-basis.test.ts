import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCompany, type Company, typed } from '../support/company.js';

const MINUTE = 60_000;
const COMMANDS = [['outlook'], ['program'], ['watermelons'], ['drift'], ['suggest', 'tiers']] as const;

describe('what insight commands rest on', () => {
  let company: Company;
  beforeAll(async () => {
    company = await aCompany({ accounts: 40 });
    const { exit, err } = await company.truenorth('init', '--yes');
    if (exit !== 0) throw new Error(err);
  }, MINUTE);
  afterAll(() => company.close());

  it(
    'is named by each of them, with a warning where the book was read long ago or config/ was changed since',
    async () => {
      expect((await company.truenorth('plan')).exit).toBe(0);
      const { basedOn } = (await company.truenorth('outlook', '--json')).json();
      const sentence = `Based on run ${basedOn.run} of 20 Nov 2026.`;
      expect(basedOn).toMatchObject({
        day: '2026-11-20',
        daysAgo: 0,
        unfinished: null,
        configChanged: false,
      });
      for (const command of COMMANDS) {
        const fresh = (await company.truenorth(...command)).out;
        expect(fresh.trimEnd().split('\n').at(-1)).toBe(sentence);
        expect(fresh).not.toMatch(/was last read|changed since run/);
      }
      const [tiers, later] = [join(company.folder, 'config', 'tiers.yaml'), '2027-02-25T10:00:00Z'];
      writeFileSync(tiers, readFileSync(tiers, 'utf8').replace(/margin: \d+/, 'margin: 19'));
      for (const command of COMMANDS) {
        const { out } = await company.truenorth(...command, '--now', later);
        const lines = out.trimEnd().split('\n');
        expect(lines[0]).toMatch(/^The book was last read 97 days ago: everything here is told as of 20 Nov/);
        expect(lines[1]).toMatch(/^config\/ was changed since run /);
        expect(lines.at(-1)).toBe(sentence);
      }
      const asked = ['backtest', '--now', later, '--as-of', '2026-10-10', '--days', '90', '--json'];
      const refused = await company.truenorth(...asked, '--outcome', 'cases.openedLast90 == 0');
      expect([refused.exit, refused.json().error.code]).toEqual([2, 'OUTCOME_NOT_OVER']);
    },
    2 * MINUTE,
  );
});

describe('a folder in which nothing was kept yet', () => {
  const LOOKS = [
    ...COMMANDS,
    ['backtest'],
    ['calendar'],
    ['lift', 'onboarding'],
    ['moments'],
    ['explain', 'Acme'],
  ];

  it('is refused by whatever only looks, and nothing is made in it', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'truenorth-empty-'));
    const mistyped = join(empty, 'tyr');
    try {
      for (const dir of [empty, mistyped])
        for (const command of LOOKS) {
          const { exit, json } = await typed([...command, '--dir', dir, '--json']);
          expect([command, exit, json().error.code]).toEqual([command, 2, 'NOT_INITIALISED']);
        }
      expect([readdirSync(empty), existsSync(mistyped)]).toEqual([[], false]);
    } finally {
      rmSync(empty, { recursive: true, force: true });
    }
  });

  it('says that a run is needed where it has settings', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'truenorth-settings-'));
    try {
      cpSync(join(process.cwd(), 'config'), join(folder, 'config'), { recursive: true });
      const { exit, json } = await typed(['outlook', '--dir', folder, '--json']);
      expect([exit, json().error.code]).toEqual([2, 'NO_RUN_YET']);
      expect(readdirSync(folder)).toEqual(['config']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
