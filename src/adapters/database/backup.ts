import { chmodSync, existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';

/** A copy of an SQLite file as one moment shows it, whoever reads and writes meanwhile; false when there is none. The copy is for this user alone. */
export async function backUpSqlite(file: string, to: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  const database = new Sqlite(file, { readonly: true });
  try {
    await database.backup(to);
    chmodSync(to, 0o600);
    return true;
  } finally {
    database.close();
  }
}
