import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ATTRIBUTES } from '../../src/domain/facts/attributes.js';
import {
  type Attribute,
  RECORD_KINDS,
  type RecordKind,
  type RecordValue,
} from '../../src/domain/facts/record.js';
import { gatherOutcomes } from '../../src/insight/outcomes.js';
import type { AccountBundle, StateStore, StoredRow } from '../../src/ports/state-store.js';
import { anInstalledCompany, type Company } from '../support/company.js';
import { lookingBack } from './looking-back.js';

const DAY_MS = 86_400_000;
const DAYS = 90;

/** The generated book lives on one day; a look back needs rows that are older than their last stamp. */
describe('A look back at a generated book', () => {
  let company: Company;
  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 120 });
    await company.truenorth('plan');
  }, 120_000);
  afterAll(() => company.close());

  const examples = () =>
    lookingBack(company, async ({ run, condition }) => {
      const lostWhen = condition('--outcome', 'cases.openedLast90 > 0');
      const question = { days: DAYS, asOf: run.today - DAYS, lostWhen, among: null };
      const { examples: found } = await gatherOutcomes(run, question);
      return found.map(({ lost: _, amount: __, name: ___, ...known }) => known);
    });

  it('is the same when everything that came after the cut-off is something else', async () => {
    const before = await examples();
    expect(before.length).toBeGreaterThan(60);
    expect(before.filter(({ score }) => score !== null).length).toBeGreaterThan(20);
    const changed = await lookingBack(company, ({ run, state }) => rewriteAfter(state, run.today - DAYS));
    expect(changed).toBeGreaterThan(1_000);
    expect(await examples()).toEqual(before);
  });
});

/** Removes every other row that came after a day, and writes other things into all that was written after it. */
async function rewriteAfter(state: StateStore, cut: number): Promise<number> {
  const bundles: AccountBundle[] = [];
  for await (const page of state.assessments.bundles({ which: 'all', day: 0, after: null }, 500))
    bundles.push(...page);
  let changed = 0;
  for (const kind of RECORD_KINDS) {
    const rows = bundles.flatMap((bundle) =>
      kind === 'account' ? [bundle.account] : (bundle.rows[kind] ?? []),
    );
    const born = rows.filter((row) => bornAfter(row, kind, cut));
    const gone = kind === 'account' ? [] : born.filter((_, at) => at % 2 === 0);
    const others = rows.filter((row) => !gone.includes(row)).map((row) => otherwise(row, kind, cut));
    changed += gone.length + others.filter((row, at) => row !== rows[at]).length;
    if (gone.length > 0)
      await state.rows.remove(
        kind,
        gone.map(({ id }) => id),
      );
    if (others.length > 0) await state.rows.save(kind, others.toReversed());
  }
  return changed;
}

const BIRTH: Partial<Readonly<Record<RecordKind, string>>> = {
  case: 'openedAt',
  usage: 'on',
  survey: 'answeredOn',
  activity: 'on',
  request: 'receivedAt',
  engagement: 'on',
  task: 'openedOn',
};

function attributeOf(kind: RecordKind, name: string): Attribute {
  const of: Readonly<Record<string, Attribute>> = ATTRIBUTES[kind];
  return of[name] ?? { type: 'text', class: 'mutable', label: '' };
}

function dayIn(row: StoredRow, kind: RecordKind, name: string): number {
  const value = row.values[name];
  if (typeof value !== 'number') return Number.NEGATIVE_INFINITY;
  return attributeOf(kind, name).type === 'instant' ? Math.floor(value / DAY_MS) : value;
}

function bornAfter(row: StoredRow, kind: RecordKind, cut: number): boolean {
  return dayIn(row, kind, BIRTH[kind] ?? 'createdAt') > cut;
}

function otherwise(row: StoredRow, kind: RecordKind, cut: number): StoredRow {
  const written = Math.floor(row.stamp / DAY_MS);
  if (written <= cut) return row;
  const birth = BIRTH[kind] ?? 'createdAt';
  const values = Object.entries(row.values).map(([name, value]): [string, RecordValue] => {
    const { class: of, type } = attributeOf(kind, name);
    if (of === 'mutable' || of === 'outcome') return [name, another(value, type)];
    const ahead = dayIn(row, kind, name) > cut && name !== birth;
    return [name, ahead && typeof value === 'number' ? value + (type === 'instant' ? 7 * DAY_MS : 7) : value];
  });
  return { ...row, stamp: row.stamp + DAY_MS, values: Object.fromEntries(values) };
}

function another(value: RecordValue, type: Attribute['type']): RecordValue {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 3;
  if (typeof value === 'string') return type === 'id' ? value : `${value} now`;
  return type === 'boolean' ? true : type === 'text' ? 'something now' : null;
}
