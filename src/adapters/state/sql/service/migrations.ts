import { type RawBuilder, sql } from 'kysely';
import type { DatabaseDialect } from '../../../database/dialect.js';
import type { Migrations } from '../../../database/migrate.js';
import type { ServiceConnection, ServiceTables } from './schema.js';

/** Apart from those of the state: the two may share a schema, or lie in files of their own. */
export const SERVICE_MIGRATIONS: Migrations<ServiceTables> = {
  versions: 'service_versions',
  list: [firstTables],
};

async function firstTables(db: ServiceConnection, dialect: DatabaseDialect): Promise<void> {
  for (const statement of [...accessTables(dialect), ...inboxTables(dialect)]) await statement.execute(db);
}

type Statements = readonly RawBuilder<unknown>[];

function accessTables({ keyText, clustered }: DatabaseDialect): Statements {
  return [
    sql`create table service_tokens (
      id ${keyText} primary key, name ${keyText} not null, scope ${keyText} not null, hash ${keyText} not null unique,
      created_at bigint not null, last_used_at bigint, revoked_at bigint)`,
    sql`create table service_users (
      name ${keyText} primary key, password ${keyText} not null, scope ${keyText} not null,
      created_at bigint not null)`,
    sql`create table service_sessions (
      hash ${keyText} primary key, user_name ${keyText} not null, csrf ${keyText} not null,
      started_at bigint not null, expires_at bigint not null) ${clustered}`,
    sql`create index service_sessions_by_end on service_sessions (expires_at)`,
  ];
}

function inboxTables({ keyText, serial, clustered }: DatabaseDialect): Statements {
  return [
    sql`create table service_audit (
      position ${serial}, at bigint not null, who ${keyText} not null, what ${keyText} not null,
      subject ${keyText} not null, particulars ${keyText} not null, trace ${keyText} not null)`,
    sql`create index service_audit_by_time on service_audit (at)`,
    sql`create table service_usage (
      position ${serial}, source ${keyText} not null, id ${keyText} not null, content ${keyText} not null,
      account ${keyText} not null, reading ${keyText}, received_at bigint not null, unique (source, id))`,
    sql`create index service_usage_waiting on service_usage (position) where reading is not null`,
    sql`create index service_usage_by_time on service_usage (received_at)`,
    sql`create table service_deliveries (
      source ${keyText} not null, id ${keyText} not null, at bigint not null,
      primary key (source, id)) ${clustered}`,
    sql`create index service_deliveries_by_time on service_deliveries (at)`,
  ];
}
