import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openSqlState } from '../../../../../src/adapters/state/sql/index.js';
import { openSqlServiceStore } from '../../../../../src/adapters/state/sql/service/index.js';
import { serviceStoreContract } from '../../../../contracts/service-store.js';
import { type APostgres, aPostgres, describeWith } from '../../../../support/services.js';
import { emptied } from '../emptied.js';
import { silentLog } from '../silent-log.js';

describeWith('postgres')('PostgreSQL', () => {
  let database: APostgres;
  beforeAll(async () => {
    database = await aPostgres();
  });
  afterAll(() => database.stop());

  serviceStoreContract('postgres', async () => {
    await emptied(database, 'truenorth_test');
    const address = { kind: 'postgres', url: database.url, schema: 'truenorth_test' } as const;
    return openSqlServiceStore(address, silentLog);
  });

  it('shares a schema with the state', async () => {
    const address = { kind: 'postgres', url: database.url, schema: 'truenorth_both' } as const;
    const [service, state] = await Promise.all([
      openSqlServiceStore(address, silentLog),
      openSqlState(address, silentLog),
    ]);
    expect([await service.usage.count(), await state.rows.count('account')]).toEqual([0, 0]);
    await Promise.all([service.close(), state.close()]);
  });
});

serviceStoreContract('sql', () => openSqlServiceStore({ kind: 'sqlite', file: ':memory:' }, silentLog));

it('keeps what it was told when it is opened again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'truenorth-service-'));
  const address = { kind: 'sqlite', file: join(folder, 'var', 'service.db') } as const;
  try {
    const store = await openSqlServiceStore(address, silentLog);
    await store.deliveries.first('hubspot', '1', 5);
    await store.close();
    const again = await openSqlServiceStore(address, silentLog);
    expect(await again.deliveries.first('hubspot', '1', 6)).toBe(false);
    await again.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
