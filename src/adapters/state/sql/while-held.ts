import { type Held, type HeldLease, lost } from '../../../ports/holds.js';
import type { HeldPiece } from '../../../ports/piece-store.js';
import type { DatabaseDialect } from '../../database/dialect.js';
import type { StateClient } from './client.js';
import type { Connection } from './schema.js';

/**
 * Writes of whoever holds something. It is the first thing that a transaction looks at, and stays as it is until the
 * transaction ends: whoever takes it over waits for that, and what comes later finds it taken.
 */
export function clientWhileHeld(client: StateClient, held: Held): StateClient {
  const guarded =
    (transact: StateClient['write']): StateClient['write'] =>
    (operation, work) =>
      transact(operation, async (db) => {
        await requireHeld(db, held, client.dialect);
        return work(db);
      });
  return { ...client, write: guarded(client.write), writeAlone: guarded(client.writeAlone) };
}

async function requireHeld(
  db: Connection,
  held: Held,
  { keepRows }: Pick<DatabaseDialect, 'keepRows'>,
): Promise<void> {
  const query = 'piece' in held ? heldPiece(db, held) : heldLease(db, held);
  if ((await query.modifyEnd(keepRows).executeTakeFirst()) === undefined) throw lost(held);
}

function heldPiece(db: Connection, { run, stage, piece, holder, fence }: HeldPiece) {
  return db
    .selectFrom('run_pieces')
    .select('fence')
    .where('run', '=', run)
    .where('stage', '=', stage)
    .where('piece', '=', piece)
    .where('status', '=', 'taken')
    .where('holder', '=', holder)
    .where('fence', '=', fence);
}

function heldLease(db: Connection, { name, holder, fence }: HeldLease) {
  return db
    .selectFrom('leases')
    .select('fence')
    .where('name', '=', name)
    .where('holder', '=', holder)
    .where('fence', '=', fence)
    .where('expires_at', '>', 0);
}
