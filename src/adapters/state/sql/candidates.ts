import type { Candidate, CandidatePlace } from '../../../ports/state-store.js';
import { batches, lastOfEach } from '../../database/batches.js';
import { toJson } from './convert.js';
import type { Connection } from './schema.js';

export interface Replacement {
  readonly run: string;
  readonly accounts: readonly string[];
  readonly candidates: readonly Candidate[];
}

/** What these accounts asked for earlier in the run gives way to what they ask for now. */
export async function replaceCandidates(db: Connection, replacement: Replacement): Promise<void> {
  const { run, accounts, candidates } = replacement;
  for (const batch of batches(accounts, 1)) {
    await db.deleteFrom('candidates').where('run', '=', run).where('account', 'in', batch).execute();
  }
  const distinct = lastOfEach(candidates, ({ account, kind, key }) => JSON.stringify([account, kind, key]));
  const rows = distinct.map(({ order, detail, ...rest }) => ({
    ...rest,
    run,
    sort_order: order,
    detail: toJson(detail),
  }));
  for (const batch of batches(rows, 6)) {
    await db
      .insertInto('candidates')
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(['run', 'account', 'kind', 'key']).doUpdateSet((eb) => ({
          sort_order: eb.ref('excluded.sort_order'),
          detail: eb.ref('excluded.detail'),
        })),
      )
      .execute();
  }
}

export interface CandidatesWanted {
  readonly run: string;
  readonly kind: Candidate['kind'];
  readonly last: CandidatePlace | null;
}

export async function candidatesAfter(
  db: Connection,
  { run, kind, last }: CandidatesWanted,
  limit: number,
): Promise<readonly Candidate[]> {
  const page = db
    .selectFrom('candidates')
    .select(['account', 'key', 'sort_order', 'detail'])
    .where('run', '=', run)
    .where('kind', '=', kind)
    .orderBy('sort_order')
    .orderBy('account')
    .orderBy('key')
    .limit(limit);
  const rows = await (last === null
    ? page
    : page.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('sort_order', 'account', 'key'), '>', tuple(last.order, last.account, last.key)),
      )
  ).execute();
  return rows.map((row) => ({
    account: row.account,
    kind,
    key: row.key,
    order: row.sort_order,
    detail: JSON.parse(row.detail),
  }));
}
