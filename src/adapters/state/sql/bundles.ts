import type { ExpressionBuilder } from 'kysely';
import type { RecordKind } from '../../../domain/facts/record.js';
import { RECORD_KINDS } from '../../../domain/facts/record.js';
import type {
  AccountBundle,
  AccountRange,
  BundleFilter,
  BundleParts,
  StoredAssessment,
  StoredRow,
} from '../../../ports/state-store.js';
import { batches, pagesOf } from '../../database/batches.js';
import type { StateClient } from './client.js';
import { assessmentOf, rowOf } from './convert.js';
import { type Connection, type RowTable, rowTable, type StateTables } from './schema.js';

type ChildKind = Exclude<RecordKind, 'account'>;
const CHILD_KINDS = RECORD_KINDS.filter((kind): kind is ChildKind => kind !== 'account');

const EVERYTHING: BundleParts = { kinds: CHILD_KINDS, assessed: true };

/** A merge scan: ids by key first, then the rows of each kind, which lie together by account. */
export function bundlePages(
  client: StateClient,
  filter: BundleFilter,
  pageSize: number,
): AsyncIterable<readonly AccountBundle[]> {
  return pagesOf<AccountBundle>(
    (last) =>
      client.read('assessments.bundles', async (db) => {
        const after = last?.account.id ?? filter.after ?? '';
        return bundlesOf(db, await nextAccounts(db, { ...filter, after }, pageSize));
      }),
    pageSize,
  );
}

async function nextAccounts(
  db: Connection,
  filter: BundleFilter & { readonly after: string },
  limit: number,
): Promise<readonly string[]> {
  const rows = await chosenAccounts(db, filter).limit(limit).execute();
  return rows.map((row) => row.id);
}

function chosenAccounts(db: Connection, { which, day, after, upTo = null }: BundleFilter) {
  const all = db
    .selectFrom('rows_account as row')
    .select('row.id')
    .where('row.id', '>', after ?? '')
    .orderBy('row.id');
  const within = upTo === null ? all : all.where('row.id', '<=', upTo);
  return which === 'all' ? within : within.where((eb) => toAssess(eb, day));
}

/** The end of each range is looked up by its distance from the one before. */
export async function accountRanges(
  db: Connection,
  filter: BundleFilter,
  size: number,
): Promise<readonly AccountRange[]> {
  const ranges: AccountRange[] = [];
  for (let { after } = filter; ; ) {
    const [end, more] = await chosenAccounts(db, { ...filter, after })
      .offset(size - 1)
      .limit(2)
      .execute();
    if (end === undefined || more === undefined) {
      const [one] = await chosenAccounts(db, { ...filter, after })
        .limit(1)
        .execute();
      return one === undefined ? ranges : [...ranges, { after, upTo: filter.upTo ?? null }];
    }
    ranges.push({ after, upTo: end.id });
    after = end.id;
  }
}

/** Marked as changed, or not assessed with a result that still stands on that day. */
function toAssess(eb: ExpressionBuilder<StateTables & { row: RowTable }, 'row'>, day: number) {
  const mark = eb
    .selectFrom('changed_accounts as mark')
    .select('mark.account')
    .whereRef('mark.account', '=', 'row.id');
  const standing = eb
    .selectFrom('assessments as known')
    .select('known.account')
    .whereRef('known.account', '=', 'row.id')
    .where((known) => known.or([known('known.due_on', 'is', null), known('known.due_on', '>', day)]));
  return eb.or([eb.exists(mark), eb.not(eb.exists(standing))]);
}

/** Whole bundles of accounts given in id order; ids without an account row are passed over. */
export async function bundlesOf(
  db: Connection,
  accounts: readonly string[],
  only: BundleParts = EVERYTHING,
): Promise<readonly AccountBundle[]> {
  const own = await rowsByAccount(db, 'account', accounts);
  const assessed = await assessmentsByAccount(db, only.assessed ? accounts : []);
  const children = new Map<ChildKind, ReadonlyMap<string, readonly StoredRow[]>>();
  for (const kind of only.kinds) children.set(kind, await rowsByAccount(db, kind, accounts));
  return accounts.flatMap((id) => {
    const account = own.get(id)?.[0];
    if (!account) return [];
    const rows: Partial<Record<ChildKind, readonly StoredRow[]>> = {};
    for (const [kind, found] of children) {
      const ofAccount = found.get(id);
      if (ofAccount) rows[kind] = ofAccount;
    }
    return [{ account, rows, assessed: assessed.get(id) ?? null }];
  });
}

async function rowsByAccount(
  db: Connection,
  kind: RecordKind,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredRow[]>> {
  const found = new Map<string, StoredRow[]>();
  for (const batch of batches(accounts, 1)) {
    const rows = await db
      .selectFrom(rowTable(kind))
      .select(['id', 'account_id', 'stamp', 'held', 'doc'])
      .where('account_id', 'in', batch)
      .orderBy('account_id')
      .orderBy('id')
      .execute();
    for (const row of rows) {
      const together = found.get(row.account_id);
      if (together) together.push(rowOf(row));
      else found.set(row.account_id, [rowOf(row)]);
    }
  }
  return found;
}

export async function assessmentsByAccount(
  db: Connection,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, StoredAssessment>> {
  const found = new Map<string, StoredAssessment>();
  for (const batch of batches(accounts, 1)) {
    const rows = await db
      .selectFrom('assessments')
      .innerJoin('assessment_documents as document', 'document.account', 'assessments.account')
      .selectAll('assessments')
      .select(['document.state', 'document.base', 'document.result'])
      .where('assessments.account', 'in', batch)
      .execute();
    for (const row of rows) found.set(row.account, assessmentOf(row));
  }
  return found;
}
