import { type RawBuilder, sql } from 'kysely';
import type { StateClient } from '../client.js';
import type { StateDialect } from '../dialect.js';
import { newerStateError } from '../errors.js';
import { type ServiceClient, serviceClient } from './client.js';
import type { ServiceConnection } from './schema.js';

type Migration = (db: ServiceConnection, dialect: StateDialect) => Promise<void>;

/** Forward only, and apart from those of the state: the two may share a schema, or lie in files of their own. */
const MIGRATIONS: readonly Migration[] = [firstTables];

/** Brings the service's tables up to date in one transaction; refuses a database that is ahead of us. */
export async function migrateService(client: StateClient, where: string): Promise<ServiceClient> {
  const service = serviceClient(client);
  await service.write('open', async (db) => {
    await db.schema.createTable('service_versions').ifNotExists().addColumn('version', 'integer').execute();
    const found = await schemaVersion(db);
    if (found > MIGRATIONS.length) throw newerStateError(where, found, MIGRATIONS.length);
    for (const [index, apply] of MIGRATIONS.entries()) {
      if (index < found) continue;
      await apply(db, client.dialect);
      await db
        .insertInto('service_versions')
        .values({ version: index + 1 })
        .execute();
    }
  });
  return service;
}

async function schemaVersion(db: ServiceConnection): Promise<number> {
  const row = await db
    .selectFrom('service_versions')
    .select((eb) => eb.fn.max('version').as('version'))
    .executeTakeFirst();
  return row?.version ?? 0;
}

async function firstTables(db: ServiceConnection, dialect: StateDialect): Promise<void> {
  for (const statement of [...accessTables(dialect), ...inboxTables(dialect)]) await statement.execute(db);
}

type Statements = readonly RawBuilder<unknown>[];

function accessTables({ keyText, clustered }: StateDialect): Statements {
  return [
    sql`create table service_tokens (
      id ${keyText} primary key, name text not null, scope text not null, hash ${keyText} not null unique,
      created_at bigint not null, last_used_at bigint, revoked_at bigint)`,
    sql`create table service_users (
      name ${keyText} primary key, password text not null, scope text not null,
      created_at bigint not null)`,
    sql`create table service_sessions (
      hash ${keyText} primary key, user_name ${keyText} not null, csrf text not null,
      started_at bigint not null, expires_at bigint not null) ${clustered}`,
    sql`create index service_sessions_by_end on service_sessions (expires_at)`,
  ];
}

function inboxTables({ keyText, serial, clustered }: StateDialect): Statements {
  return [
    sql`create table service_audit (
      position ${serial}, at bigint not null, who text not null, what text not null,
      subject text not null, particulars text not null, trace text not null)`,
    sql`create index service_audit_by_time on service_audit (at)`,
    sql`create table service_usage (
      position ${serial}, source ${keyText} not null, id ${keyText} not null, content text not null,
      account ${keyText} not null, reading text, received_at bigint not null, unique (source, id))`,
    sql`create index service_usage_waiting on service_usage (position) where reading is not null`,
    sql`create index service_usage_by_time on service_usage (received_at)`,
    sql`create table service_deliveries (
      source ${keyText} not null, id ${keyText} not null, at bigint not null,
      primary key (source, id)) ${clustered}`,
    sql`create index service_deliveries_by_time on service_deliveries (at)`,
  ];
}
