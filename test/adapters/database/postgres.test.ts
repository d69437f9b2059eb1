import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { DatabaseClient } from '../../../src/adapters/database/client.js';
import type { DatabaseAddress } from '../../../src/adapters/database/dialect.js';
import { openDatabase } from '../../../src/adapters/database/open.js';
import { IntegrationError } from '../../../src/ports/errors.js';
import { type APostgres, aPostgres, describeWith } from '../../support/services.js';

interface Tables {
  readonly counters: { readonly name: string; readonly value: number };
}

const MIGRATIONS = {
  versions: 'versions',
  list: [
    async (db: Parameters<Parameters<DatabaseClient<Tables>['write']>[1]>[0]) => {
      await sql`create table counters (name text primary key, value bigint not null)`.execute(db);
      await sql`insert into counters (name, value) values ('a', 0)`.execute(db);
    },
  ],
};

describeWith('postgres')('a PostgreSQL database', () => {
  let database: APostgres;
  const opened: DatabaseClient<Tables>[] = [];
  beforeEach(async () => {
    database = await aPostgres();
  });
  afterEach(async () => {
    for (const client of opened.splice(0)) await client.close();
    await database.stop();
  });

  const at = (changes: Partial<URL> = {}): DatabaseAddress => ({
    kind: 'postgres',
    url: Object.assign(new URL(database.url), changes).href,
    schema: 'truenorth_acme',
  });

  async function open(address = at()): Promise<DatabaseClient<Tables>> {
    const client = await openDatabase<Tables>(address, MIGRATIONS);
    opened.push(client);
    return client;
  }

  const versions = () => database.admin('select version::int from truenorth_acme.versions');
  const userName = () => new URL(database.url).username;

  describe('that cannot be used', () => {
    it.each<readonly [string, () => Promise<DatabaseAddress>, string]>([
      ['where nobody answers', async () => at({ port: `${await unusedPort()}` }), 'STATE_UNREACHABLE'],
      ['that knows another password', async () => at({ password: 'wrong-secret' }), 'STATE_LOGIN_REFUSED'],
      ['whose name is not there', async () => at({ pathname: '/nothing' }), 'STATE_NO_DATABASE'],
      [
        'that is not encrypted but must be',
        async () => at({ search: '?sslmode=verify-full' }),
        'STATE_NOT_ENCRYPTED',
      ],
      ['that lets its user do nothing', withoutRights, 'STATE_NOT_WRITABLE'],
      ['with no connection left', withoutConnections, 'STATE_CROWDED'],
      ['by an address that is none', async () => ({ ...at(), url: 'my-secret@host' }), 'STATE_ADDRESS_WRONG'],
    ])('%s is named, with what to do and without a secret', async (_, address, code) => {
      const used = await address();
      const error = await failure(open(used));
      expect([error.code, error.provider]).toEqual([code, 'state']);
      expect(error.actions.length).toBeGreaterThan(0);
      const secrets = ['secret', new URL(database.url).password];
      for (const secret of secrets) expect(inspect(error, { depth: 9 })).not.toContain(secret);
    });

    async function withoutRights(): Promise<DatabaseAddress> {
      await database.admin(`alter database ${userName()} owner to postgres`);
      return at();
    }

    async function withoutConnections(): Promise<DatabaseAddress> {
      await database.admin(`alter role ${userName()} connection limit 0`);
      return at();
    }

    it('is named when its disk is full, and lets go of nothing that was confirmed', async () => {
      const client = await open();
      await adding(client);
      await database.admin(`
        create function no_space() returns trigger language plpgsql as $$
          begin raise exception 'could not extend file' using errcode = '53100'; end $$;
        create trigger full_disk before update on truenorth_acme.counters for each row execute function no_space()`);
      expect((await failure(adding(client))).code).toBe('STATE_DISK_FULL');
      expect(await valueIn(client)).toBe(1);
    });
  });

  it('is made ready once, however many open it at the same moment', async () => {
    await Promise.all(Array.from({ length: 6 }, () => open()));
    expect(await versions()).toEqual([{ version: 1 }]);
  });

  it('is used by a user who may not make schemas, once theirs is there', async () => {
    await database.admin(`create schema truenorth_acme authorization ${userName()}`);
    await database.admin(`alter database ${userName()} owner to postgres`);
    expect(await valueIn(await open())).toBe(0);
  });

  it('is left as it is when a newer version has been there', async () => {
    await open();
    await database.admin('insert into truenorth_acme.versions values (7)');
    expect((await failure(open())).code).toBe('STATE_NEWER');
  });

  it('lets writers side by side, and loses no write of any', async () => {
    const clients = await Promise.all([open(), open(), open()]);
    const rounds = Array.from({ length: 20 }, (_, round) => round);
    await Promise.all(
      clients.map(async (client) => {
        for (const _ of rounds) await adding(client);
      }),
    );
    expect(await valueIn(await open())).toBe(60);
  });

  it('starts a writer over who was overtaken, on what the other one wrote', async () => {
    const [slow, quick] = await Promise.all([open(), open()]);
    const seen: number[] = [];
    await slow.write('test', async (db) => {
      const { value } = await db.selectFrom('counters').select('value').executeTakeFirstOrThrow();
      seen.push(value);
      if (seen.length === 1) await adding(quick);
      await db
        .updateTable('counters')
        .set({ value: value + 10 })
        .execute();
    });
    expect(seen).toEqual([0, 1]);
    expect(await valueIn(quick)).toBe(11);
  });

  it('shows a reader one moment, whatever is written meanwhile', async () => {
    const [reader, writer] = await Promise.all([open(), open()]);
    const values = await reader.read('test', async (db) => {
      const before = await db.selectFrom('counters').select('value').executeTakeFirstOrThrow();
      await adding(writer);
      return [before, await db.selectFrom('counters').select('value').executeTakeFirstOrThrow()];
    });
    expect(values).toEqual([{ value: 0 }, { value: 0 }]);
  });

  it('says when the connection is lost, keeps nothing of what was under way, and goes on with a new one', async () => {
    const client = await open();
    const lost = client.write('test', async (db) => {
      await db.updateTable('counters').set({ value: 5 }).execute();
      await database.cutConnections();
      await db.updateTable('counters').set({ value: 6 }).execute();
    });
    const error = await failure(lost);
    expect([error.kind, error.code, error.retryable]).toEqual(['Transient', 'STATE_UNREACHABLE', true]);
    expect(await valueIn(client)).toBe(0);
  });

  it('survives that idle connections are cut', async () => {
    const client = await open();
    expect(await database.cutConnections()).toBeGreaterThan(0);
    await valueIn(client).catch(() => undefined);
    expect(await valueIn(client)).toBe(0);
  });
});

async function failure(work: Promise<unknown>): Promise<IntegrationError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof IntegrationError))
    throw new Error('No IntegrationError was thrown.', { cause: error });
  return error;
}

/** Reads, adds one and writes, in one transaction. */
function adding(client: DatabaseClient<Tables>): Promise<void> {
  return client.write('add', async (db) => {
    const { value } = await db.selectFrom('counters').select('value').executeTakeFirstOrThrow();
    await db
      .updateTable('counters')
      .set({ value: value + 1 })
      .execute();
  });
}

async function valueIn(client: DatabaseClient<Tables>): Promise<number> {
  const row = await client.read('look', (db) => db.selectFrom('counters').select('value').executeTakeFirst());
  return row?.value ?? Number.NaN;
}

function unusedPort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 1));
    });
  });
}
