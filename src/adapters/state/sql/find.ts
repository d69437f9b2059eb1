import type { AssessmentStore } from '../../../ports/state-store.js';
import { nameKey } from './convert.js';
import type { Connection } from './schema.js';

type Question = Parameters<AssessmentStore['find']>[0];

/** More answers than a person would read. */
const MOST_FOUND = 100;
/** Sorts after every character of an id. */
const AFTER_ALL = '\uffff';

export async function findAccounts(db: Connection, by: Question): Promise<readonly string[]> {
  const accounts = db.selectFrom('rows_account').select('id').orderBy('id');
  if ('nth' in by)
    return ids(
      by.nth >= 1
        ? await accounts
            .offset(by.nth - 1)
            .limit(1)
            .execute()
        : [],
    );
  const few = accounts.limit(MOST_FOUND);
  if ('name' in by) return ids(await few.where('name_key', '=', nameKey(by.name)).execute());
  const { idPrefix } = by;
  return ids(
    await few
      .where('id', '>=', idPrefix)
      .where('id', '<', idPrefix + AFTER_ALL)
      .execute(),
  );
}

function ids(rows: readonly { readonly id: string }[]): readonly string[] {
  return rows.map((row) => row.id);
}
