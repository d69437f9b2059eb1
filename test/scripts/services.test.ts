import { expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { noServices } from '../../scripts/services.mjs';
import { aPostgres, aRedis, describeWith } from '../support/services.js';

describeWith('postgres')('a PostgreSQL for tests', () => {
  it('gives each who asks a database of their own, on one server', async () => {
    const [one, other] = await Promise.all([aPostgres(), aPostgres()]);
    await withClient(one.url, (client) => client.query('create table only_here (id int)'));
    const tables = "select count(*)::int as n from information_schema.tables where table_name = 'only_here'";
    expect([await one.admin(tables), await other.admin(tables)]).toEqual([[{ n: 1 }], [{ n: 0 }]]);
    expect(new URL(one.url).host).toBe(new URL(other.url).host);
    await Promise.all([one.stop(), other.stop()]);
  });

  it('cuts the connections of its user', async () => {
    const database = await aPostgres();
    await withClient(database.url, async (client) => {
      const cut = new Promise((resolve) => client.on('error', resolve));
      expect(await database.cutConnections()).toBe(1);
      await cut;
    });
    await database.stop();
  });
});

describeWith('redis')('a Redis for tests', () => {
  it.each([
    [true, 'kept'],
    [false, null],
  ] as const)('with appendOnly %s holds %s after a restart', async (appendOnly, held) => {
    const server = await aRedis({ appendOnly });
    const client = new Redis(server.url);
    client.on('error', () => undefined);
    await client.set('a', 'kept');
    await server.restart();
    expect(await client.get('a')).toBe(held);
    client.disconnect();
    await server.stop();
  });
});

it('says in one line what is missing and what to install', () => {
  expect(noServices(['redis', 'postgres'])).toBe(
    'There is no Redis and no PostgreSQL on this machine: what needs it is not tested. Install redis-server and postgresql to have it checked.',
  );
});

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
