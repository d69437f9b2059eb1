import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anInstalledCompany, type Company, typed } from '../support/company.js';

/** Public data as Salesforce exports, read in place; it lies beside the project and is no part of it. */
const DATA = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const present = existsSync(DATA);
if (!present) process.stderr.write(`Notice: ${DATA} is absent; the backtests on public data are skipped.\n`);
const onData = present ? describe : describe.skip; // reason: the data is not shipped with the project
const SLOW = 300_000;

async function loaded(name: string, ...args: readonly string[]) {
  const { exit, err, json } = await typed(['backtest', '--load', join(DATA, name), '--json', ...args]);
  if (exit !== 0) throw new Error(`backtest of ${name} ended with ${exit}: ${err}`);
  return json();
}

onData('A backtest on public data', () => {
  it(
    'of telco: the suggestion closes at least half of the gap to the ceiling',
    async () => {
      const { n, churned, models, gapClosed, verdictKind } = await loaded(
        'telco-export',
        '--as-of',
        '2018-01-01',
      );
      expect([n, churned]).toEqual([7_043, 1_869]);
      expect(verdictKind).toBe('separates');
      expect(gapClosed).toBeGreaterThan(0.5);
      expect(models.ceiling.auc).toBeGreaterThan(0.83);
      expect(models.ceiling.auc).toBeLessThan(0.87);
    },
    SLOW,
  );

  it(
    'of retail: the gap’s interval spans 0, and the report says so',
    async () => {
      const lost = 'opportunities.won90 == 0';
      const among = 'daysSince(opportunities.lastWonOn) < 180';
      const answer = await loaded(
        'retail-export',
        '--as-of',
        '2011-05-31',
        '--outcome',
        lost,
        '--among',
        among,
      );
      expect([answer.n, answer.churned]).toEqual([2_659, 1_328]);
      expect(answer.models.default.low).toBeGreaterThan(0.7);
      expect(answer.gapSpansZero).toBe(true);
      expect(answer.verdict).toMatch(/Nothing to gain by other weights: .* spans 0/);
    },
    SLOW,
  );

  it(
    'of a book whose churn has nothing to do with behaviour: no signal',
    async () => {
      const { n, churned, verdict, verdictKind } = await loaded('ravenstack-export', '--as-of', '2024-07-01');
      expect(n).toBeGreaterThan(200);
      expect(churned).toBeGreaterThan(50);
      expect(verdictKind).toBe('no signal');
      expect(verdict).toMatch(/^No signal: /);
    },
    SLOW,
  );
});

describe('A backtest', () => {
  let company: Company;
  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 150 });
    await company.truenorth('sync', '--apply');
  }, 180_000);
  afterAll(() => company.close());

  it('tells a person and a program the same, on the stored book', async () => {
    const asked = ['--as-of', '2026-08-01', '--outcome', 'cases.openedLast90 > 0'];
    const { exit, json } = await company.truenorth('backtest', ...asked, '--json');
    expect(exit).toBe(0);
    const { n, churned, models, bands, verdict, lostWhileHealthy, outcomes, currency } = json();
    expect(Object.keys(models)).toEqual([
      'default',
      'suggested',
      'ceiling',
      'bestSignal',
      'arrOnly',
      'existing',
    ]);
    expect(Object.keys(models.default)).toEqual(['auc', 'low', 'high', 'lift10', 'brier', 'ece']);
    expect(bands.reduce((sum: number, band: { n: number }) => sum + band.n, 0)).toBe(n);
    expect(outcomes).toMatchObject({ kind: 'expression', days: 90, from: '2026-08-01', to: '2026-08-01' });
    expect(Array.isArray(lostWhileHealthy)).toBe(true);
    expect(currency).toBe('USD');
    const { out } = await company.truenorth('backtest', ...asked);
    expect(out).toContain(`${n} outcomes, ${churned} lost`);
    expect(out).toContain(verdict.split('. ')[0]);
  });

  it('suggests weights with what counted as an outcome and of which days, and none without a signal', async () => {
    const asked = ['suggest', 'weights', '--as-of', '2026-08-01', '--outcome', 'cases.openedLast90 > 0'];
    const { exit, json } = await company.truenorth(...asked, '--json');
    expect(exit).toBe(0);
    const { n, lost, verdict, outcomes } = json();
    expect(outcomes).toMatchObject({ kind: 'expression', days: 90, asOf: '2026-08-01', from: '2026-08-01' });
    const { out } = await company.truenorth(...asked);
    expect(out).toContain(`${n} outcomes, ${lost} lost`);
    expect(out).toContain('Accounts by the outcome that was given; scores at the end of 1 Aug 2026');
    expect(out.includes('change config/health.yaml:')).toBe(verdict !== 'no signal');
  });

  it('refuses under 30 outcomes, in one sentence that says how many there are', async () => {
    const asked = ['--as-of', '2026-08-01', '--outcome', 'account.seats < 0'];
    const { exit, err } = await company.truenorth('backtest', ...asked);
    expect(exit).toBe(2);
    expect(err).toMatch(/Too little data: there are \d+ accounts .*, 0 of them lost; at least 30 are needed/);
    expect(err).toContain('this one holds for nearly nobody there');
    expect(err).not.toContain('name what counts as a loss yourself');
  });

  it.each([
    [['--as-of', '2026-08-01', '--outcome', 'cases.opn > 2'], /--outcome:1 .*did you mean "cases\.open"/],
    [['--as-of', '2026-08-01', '--among', 'account.churned'], /--among:1 .*it is an outcome/],
    [
      ['--as-of', '2026-11-01'],
      /is not known yet: the last look .*was on 2026-11-\d\d[\s\S]*--as-of 2026-08-\d\d/,
    ],
    [['--as-of', 'yesterday'], /must be a day/],
    [['--days', '0'], /from 1 to 730/],
    [['--load', '/nowhere'], /--load needs --as-of/],
  ])('says in one sentence what is wrong with %j', async (asked, words) => {
    const { exit, err } = await company.truenorth('backtest', ...asked);
    expect(exit).toBe(2);
    expect(err).toMatch(words);
  });
});

describe('A backtest of an export', () => {
  const folder = mkdtempSync(join(tmpdir(), 'truenorth-export-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const working = () => readdirSync(tmpdir()).filter((name) => name.startsWith('truenorth-backtest-'));

  it('says what is wrong with the folder, and leaves nothing behind', async () => {
    const before = working();
    const nowhere = await typed(['backtest', '--load', '/nowhere', '--as-of', '2026-01-01']);
    expect([nowhere.exit, nowhere.err]).toEqual([2, expect.stringContaining('/nowhere is no folder')]);
    expect(nowhere.err).not.toMatch(/Drafting|Reading/);
    const empty = await typed(['backtest', '--load', folder, '--as-of', '2026-01-01']);
    expect([empty.exit, empty.err]).toEqual([2, expect.stringContaining('holds no CSV file')]);
    expect(working()).toEqual(before);
  });

  it('uses the settings of --dir where there are some, and drafts them there where there are none', async () => {
    const header =
      'Id,Name,Customer_Since__c,Churned_On__c,Features_Used__c,Features_Entitled__c,CreatedDate,SystemModstamp,IsDeleted';
    const rows = Array.from({ length: 80 }, (_, at) => {
      const id = `001${String(at).padStart(12, '0')}AAA`;
      const left = at % 3 === 0 ? '2025-08-15' : '';
      return `${id},Customer ${at},2024-01-${String((at % 28) + 1).padStart(2, '0')},${left},${at % 7},6,2024-01-01T00:00:00.000Z,2025-06-01T00:00:00.000Z,false`;
    });
    writeFileSync(join(folder, 'Account.csv'), [header, ...rows].join('\n'));
    const dir = mkdtempSync(join(tmpdir(), 'truenorth-kept-'));
    try {
      const asked = ['backtest', '--load', folder, '--as-of', '2025-07-01', '--dir', dir, '--json'];
      const first = await typed(asked);
      expect([first.exit, first.err]).toEqual([0, expect.stringContaining('Drafting')]);
      expect(first.json()).toMatchObject({ n: 80, churned: 27 });
      expect(first.json().leftOut).toEqual({});
      expect(readdirSync(dir).sort()).toEqual(['config', 'mappings']);
      const second = await typed(asked);
      expect([second.exit, second.err]).toEqual([0, expect.not.stringContaining('Drafting')]);
      expect(second.json()).toEqual(first.json());
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('takes what nobody dated for unknown, and says so', async () => {
    const undated = mkdtempSync(join(tmpdir(), 'truenorth-undated-'));
    try {
      // What was used is made of what came later: taken as known, it would tell perfectly who leaves.
      const columns =
        'Id,Name,Customer_Since__c,Churned_On__c,Features_Used__c,Features_Entitled__c,CreatedDate';
      const rows = Array.from({ length: 120 }, (_, at) => {
        const [left, used] = at % 3 === 0 ? ['2025-08-15', at % 4] : ['', 5 + (at % 2)];
        return `001${String(at).padStart(12, '0')}AAA,Customer ${at},2024-01-05,${left},${used},6,2024-01-05T00:00:00.000Z`;
      });
      writeFileSync(join(undated, 'Account.csv'), [columns, ...rows].join('\n'));
      const { exit, err, json } = await typed([
        'backtest',
        '--load',
        undated,
        '--as-of',
        '2025-07-01',
        '--json',
      ]);
      expect(exit).toBe(0);
      const { n, withoutScore, loaded } = json();
      expect([n, withoutScore]).toEqual([120, 120]);
      expect(loaded).toMatchObject({ refused: 0, undated: { 'Account.csv': 120 }, windowOver: null });
      expect(err).toContain('Account.csv: 120 rows do not say when they were last written');
    } finally {
      rmSync(undated, { recursive: true, force: true });
    }
  });

  it('refuses half of the settings, and leaves them as they are', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'truenorth-half-'));
    try {
      mkdirSync(join(dir, 'config'));
      writeFileSync(join(dir, 'config', 'health.yaml'), 'mine');
      const refused = await typed(['backtest', '--load', folder, '--as-of', '2025-07-01', '--dir', dir]);
      expect([refused.exit, refused.err]).toEqual([
        2,
        expect.stringContaining('holds config/ but no mappings/'),
      ]);
      expect(readFileSync(join(dir, 'config', 'health.yaml'), 'utf8')).toBe('mine');
      expect(readdirSync(dir)).toEqual(['config']);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
