import { type RawBuilder, sql } from 'kysely';
import type { DatabaseDialect } from '../../../database/dialect.js';
import { type Connection, rowTable } from '../schema.js';

/** The kinds that this version knew; those that came later have migrations of their own. */
const KINDS = ['account', 'opportunity', 'case', 'contact', 'usage', 'survey', 'activity'] as const;

export async function firstSchema(db: Connection, dialect: DatabaseDialect): Promise<void> {
  const statements = [
    ...KINDS.flatMap((kind) => rowTables(rowTable(kind), dialect)),
    ...assessmentTables(dialect),
    ...planTables(dialect),
    ...ledgerTables(dialect),
    ...runTables(dialect),
  ];
  for (const statement of statements) await statement.execute(db);
}

type Statements = readonly RawBuilder<unknown>[];

/** Clustered by account: assessing is a merge scan. Unique by id: a deleted child is known by its id alone. */
export function rowTables(name: string, { keyText, clustered }: DatabaseDialect): Statements {
  const table = sql.table(name);
  return [
    sql`create table ${table} (
      account_id ${keyText} not null, id ${keyText} not null unique, stamp bigint not null,
      seen bigint not null, name_key ${keyText}, held ${keyText}, doc ${keyText} not null,
      primary key (account_id, id)) ${clustered}`,
    ...(name === rowTable('account')
      ? [sql`create index ${sql.ref(`${name}_by_name`)} on ${table} (name_key, id)`]
      : []),
  ];
}

function assessmentTables({ keyText, clustered, serial }: DatabaseDialect): Statements {
  return [
    sql`create table full_reads (
      kind ${keyText} primary key, mark ${keyText} not null, number bigint not null, open bigint not null)`,
    sql`create table seen_rows (
      kind ${keyText} not null, id ${keyText} not null, primary key (kind, id)) ${clustered}`,
    sql`create table changed_accounts (account ${keyText} primary key, assessed_in ${keyText}) ${clustered}`,
    sql`create table assessments (
      account ${keyText} primary key, day bigint not null, due_on bigint,
      measure double precision) ${clustered}`,
    sql`create table assessment_documents (
      account ${keyText} primary key, state ${keyText} not null, base ${keyText} not null,
      result ${keyText} not null) ${clustered}`,
    sql`create index assessments_by_measure on assessments (measure desc, account)`,
    sql`create table history (
      position ${serial}, account ${keyText} not null, day bigint not null, fingerprint ${keyText} not null,
      entry ${keyText} not null, unique (account, day, fingerprint))`,
  ];
}

function planTables({ keyText, clustered }: DatabaseDialect): Statements {
  return [
    sql`create table candidates (
      run ${keyText} not null, account ${keyText} not null, kind ${keyText} not null, key ${keyText} not null,
      sort_order ${keyText} not null, detail ${keyText} not null,
      primary key (run, account, kind, key)) ${clustered}`,
    sql`create index candidates_in_order on candidates (run, kind, sort_order, account, key)`,
    sql`create table plan_items (
      run ${keyText} not null, seq bigint not null, kind ${keyText} not null, account ${keyText} not null,
      key ${keyText} not null, detail ${keyText} not null, status ${keyText} not null,
      primary key (run, seq)) ${clustered}`,
    sql`create index plan_items_by_status on plan_items (run, kind, status, seq)`,
  ];
}

function ledgerTables({ keyText, clustered }: DatabaseDialect): Statements {
  return [
    sql`create table ledger (
      key ${keyText} primary key, episode ${keyText} not null, step ${keyText} not null, person ${keyText} not null,
      account ${keyText} not null, playbook ${keyText} not null, channel ${keyText} not null, target ${keyText} not null,
      status ${keyText} not null, code ${keyText}, evidence ${keyText}, record_id ${keyText}, day bigint not null,
      run ${keyText} not null) ${clustered}`,
    sql`create index ledger_by_status on ledger (status, key)`,
    sql`create index ledger_by_account on ledger (account, day, key)`,
    sql`create table dead_letters (
      object ${keyText} not null, record ${keyText} not null, id ${keyText} not null, run ${keyText} not null,
      account ${keyText} not null, content ${keyText} not null, refusal ${keyText} not null, day bigint not null,
      attempts bigint not null, primary key (record, object)) ${clustered}`,
    sql`create index dead_letters_by_id on dead_letters (id)`,
  ];
}

function runTables({ keyText }: DatabaseDialect): Statements {
  return [
    sql`create table runs (
      id ${keyText} primary key, org ${keyText} not null, started_at bigint not null, finished_at bigint,
      day bigint not null, apply bigint not null, stage ${keyText} not null, status ${keyText} not null,
      report ${keyText} not null)`,
    sql`create index runs_by_start on runs (started_at, id)`,
    sql`create table notes (name ${keyText} primary key, value ${keyText} not null)`,
    sql`create table leases (
      name ${keyText} primary key, holder ${keyText} not null, fence bigint not null,
      expires_at double precision not null)`,
  ];
}
