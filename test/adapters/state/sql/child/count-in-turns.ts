import { setImmediate } from 'node:timers/promises';
import { openSqlState } from '../../../../../src/adapters/state/sql/index.js';
import type { StateStore } from '../../../../../src/ports/state-store.js';
import { aLedgerEntry, anAccount } from '../../../../contracts/state-store/builders.js';
import { silentLog } from '../silent-log.js';

const [address, holder, turns] = process.argv.slice(2).map(String);

/**
 * Saves rows whenever it likes, then counts: it reads, adds one and writes in separate transactions,
 * so that only the lease keeps turns apart.
 */
async function takeTurn(store: StateStore, turn: number): Promise<void> {
  await store.rows.save('account', [anAccount(`${holder}-${turn}`)]);
  const lease = await takeLease(store);
  const count = await store.notes.get('count');
  await store.ledger.write([aLedgerEntry(`${holder}-${turn}`, { evidence: String(lease.fence) })]);
  await store.notes.set('count', Number(count) + 1);
  await store.leases.release('org', String(holder), lease.fence);
}

async function takeLease(store: StateStore): Promise<{ readonly fence: number }> {
  for (;;) {
    const lease = await store.leases.take('org', String(holder), Date.now(), 60_000);
    if (lease) return lease;
    await setImmediate();
  }
}

const store = await openSqlState(JSON.parse(String(address)), silentLog);
for (let turn = 0; turn < Number(turns); turn += 1) await takeTurn(store, turn);
await store.close();
