import type { AssessmentStore, HistoryEntry, StoredAssessment } from '../../../ports/state-store.js';
import { batches, lastOfEach, pagesOf } from '../../database/batches.js';
import { accountRanges, assessmentsByAccount, bundlePages, bundlesOf } from './bundles.js';
import { replaceCandidates } from './candidates.js';
import { markAssessed, markChanged, unmarkApplied } from './changed.js';
import type { StateClient } from './client.js';
import { assessmentRow, documentRow, toJson } from './convert.js';
import { saveEpisodes } from './episodes.js';
import { findAccounts } from './find.js';
import type { Connection } from './schema.js';

export function assessmentStore(client: StateClient): AssessmentStore {
  return {
    bundles: (filter, pageSize) => bundlePages(client, filter, pageSize),
    ranges: (filter, size) => client.read('assessments.ranges', (db) => accountRanges(db, filter, size)),
    bundle: async (account) => {
      const found = await client.read('assessments.bundle', (db) => bundlesOf(db, [account]));
      return found[0] ?? null;
    },
    bundlesOf: (accounts, only) =>
      client.read('assessments.bundlesOf', (db) => bundlesOf(db, accounts, only)),
    latest: async (account) => {
      const found = await client.read('assessments.latest', (db) => assessmentsByAccount(db, [account]));
      return found.get(account) ?? null;
    },
    latestOf: (accounts) => client.read('assessments.latestOf', (db) => assessmentsByAccount(db, accounts)),
    save: (page) => client.write('assessments.save', (db) => savePage(db, page)),
    restate: (assessments, entries) =>
      client.write('assessments.restate', async (db) => {
        await saveAssessments(db, assessments);
        await appendHistory(db, entries);
      }),
    history: (account, limit) => client.read('assessments.history', (db) => history(db, account, limit)),
    historySince: (position, limit) =>
      client.read('assessments.historySince', (db) => historySince(db, position, limit)),
    historyEnd: () => client.read('assessments.historyEnd', historyEnd),
    markChanged: (accounts) => client.write('assessments.markChanged', (db) => markChanged(db, accounts)),
    unmarkApplied: (run) => client.write('assessments.unmarkApplied', (db) => unmarkApplied(db, run)),
    find: (by) => client.read('assessments.find', (db) => findAccounts(db, by)),
    measures: (pageSize) =>
      pagesOf<Measured>(
        (last) => client.read('assessments.measures', (db) => measuresAfter(db, last, pageSize)),
        pageSize,
      ),
    count: () => client.read('assessments.count', countAssessed),
  };
}

async function savePage(db: Connection, page: Parameters<AssessmentStore['save']>[0]): Promise<void> {
  const accounts = page.assessments.map((assessment) => assessment.account);
  await saveAssessments(db, page.assessments);
  await appendHistory(db, page.history);
  await saveEpisodes(db, { accounts, episodes: page.episodes, day: page.day });
  await replaceCandidates(db, { run: page.run, accounts, candidates: page.candidates });
  await markAssessed(db, page);
}

async function saveAssessments(db: Connection, assessments: readonly StoredAssessment[]): Promise<void> {
  const latest = lastOfEach(assessments, (assessment) => assessment.account);
  for (const batch of batches(latest, 10)) {
    await db
      .insertInto('assessments')
      .values(batch.map(assessmentRow))
      .onConflict((conflict) =>
        conflict.column('account').doUpdateSet((eb) => ({
          day: eb.ref('excluded.day'),
          due_on: eb.ref('excluded.due_on'),
          measure: eb.ref('excluded.measure'),
          score: eb.ref('excluded.score'),
          band: eb.ref('excluded.band'),
          band_since: eb.ref('excluded.band_since'),
          tier: eb.ref('excluded.tier'),
          tier_since: eb.ref('excluded.tier_since'),
          coverage: eb.ref('excluded.coverage'),
        })),
      )
      .execute();
    await db
      .insertInto('assessment_documents')
      .values(batch.map(documentRow))
      .onConflict((conflict) =>
        conflict.column('account').doUpdateSet((eb) => ({
          state: eb.ref('excluded.state'),
          base: eb.ref('excluded.base'),
          result: eb.ref('excluded.result'),
        })),
      )
      .execute();
  }
}

async function appendHistory(db: Connection, entries: readonly HistoryEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({ ...entry, entry: toJson(entry.entry) }));
  for (const batch of batches(rows, 4)) {
    await db
      .insertInto('history')
      .values(batch)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function history(db: Connection, account: string, limit: number): Promise<readonly HistoryEntry[]> {
  const rows = await db
    .selectFrom('history')
    .select(['account', 'day', 'fingerprint', 'entry'])
    .where('account', '=', account)
    .orderBy('day', 'desc')
    .orderBy('position', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, entry: JSON.parse(row.entry) }));
}

async function historySince(
  db: Connection,
  after: number,
  limit: number,
): ReturnType<AssessmentStore['historySince']> {
  const rows = await db
    .selectFrom('history')
    .select(['position', 'account', 'day', 'fingerprint', 'entry'])
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute();
  const entries = rows.map(({ position: _, ...row }) => ({ ...row, entry: JSON.parse(row.entry) }));
  return { entries, position: rows.at(-1)?.position ?? after };
}

async function historyEnd(db: Connection): Promise<number> {
  const last = await db
    .selectFrom('history')
    .select('position')
    .orderBy('position', 'desc')
    .limit(1)
    .execute();
  return last[0]?.position ?? 0;
}

interface Measured {
  readonly account: string;
  readonly measure: number;
}

/** Accounts that have left the CRM keep their assessment but no longer count. */
async function measuresAfter(
  db: Connection,
  last: Measured | null,
  limit: number,
): Promise<readonly Measured[]> {
  const page = db
    .selectFrom('assessments as known')
    .innerJoin('rows_account as row', 'row.id', 'known.account')
    .select(['known.account', 'known.measure'])
    .where('known.measure', 'is not', null)
    .$narrowType<{ measure: number }>()
    .orderBy('known.measure', 'desc')
    .orderBy('known.account')
    .limit(limit);
  if (last === null) return page.execute();
  return page
    .where('known.measure', '<=', last.measure)
    .where(({ or, eb }) =>
      or([eb('known.measure', '<', last.measure), eb('known.account', '>', last.account)]),
    )
    .execute();
}

async function countAssessed(db: Connection): Promise<number> {
  const row = await db
    .selectFrom('assessments as known')
    .innerJoin('rows_account as row', 'row.id', 'known.account')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}
