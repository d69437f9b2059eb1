import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { openSqlServiceStore } from '../../../../../src/adapters/state/sql/service/index.js';
import { serviceStoreContract } from '../../../../contracts/service-store.js';
import { silentLog } from '../silent-log.js';

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
