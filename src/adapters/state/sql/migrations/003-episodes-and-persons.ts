import { type RawBuilder, sql } from 'kysely';
import type { DatabaseDialect } from '../../../database/dialect.js';
import { type Connection, rowTable } from '../schema.js';
import { rowTables } from './001-first-schema.js';

/** The kinds that came with this version. */
const KINDS = ['request', 'engagement', 'task'] as const;

/** Episodes of their own, persons behind contacts, and a ledger that knows both. */
export async function episodesAndPersons(db: Connection, dialect: DatabaseDialect): Promise<void> {
  const statements = [
    ...KINDS.flatMap((kind) => rowTables(rowTable(kind), dialect)),
    ...ledgerColumns(dialect),
    ...ledgerLookUps(),
    ...episodeTables(dialect),
    ...personTables(dialect),
  ];
  for (const statement of statements) await statement.execute(db);
}

type Statements = readonly RawBuilder<unknown>[];

/**
 * An earlier entry touched its person on its day, at a moment that nobody noted: the first of that day
 * stands in for it.
 */
function ledgerColumns({ keyText }: DatabaseDialect): Statements {
  const added = [
    sql`contact ${keyText}`,
    sql`made ${keyText}`,
    sql`sender ${keyText}`,
    sql`touch_days ${keyText} not null default '[]'`,
    sql`busy_until bigint not null default 0`,
    sql`at bigint not null default 0`,
    sql`try_on bigint`,
    sql`left_on bigint`,
    sql`left_by ${keyText}`,
  ];
  return [
    ...added.map((column) => sql`alter table ledger add column ${column}`),
    sql`update ledger set touch_days = '[' || cast(day as text) || ']', busy_until = day, at = day * 86400000`,
  ];
}

function ledgerLookUps(): Statements {
  return [
    sql`create index ledger_by_person_day on ledger (person, day, key)`,
    sql`create index ledger_by_contact on ledger (contact, day, key)`,
    sql`create index ledger_by_episode on ledger (episode, day, key)`,
    sql`create index ledger_by_day on ledger (day, status, channel, sender)`,
    sql`create index ledger_by_channel on ledger (channel, status, day, key)`,
  ];
}

/** Clustered as they are listed. The ended outnumber the running, which are therefore found apart. */
function episodeTables({ keyText, clustered }: DatabaseDialect): Statements {
  return [
    sql`create table episodes (
      account ${keyText} not null, edge bigint not null, id ${keyText} not null unique,
      playbook ${keyText} not null, seen_on bigint not null, running bigint not null, doc ${keyText} not null,
      primary key (account, edge, id)) ${clustered}`,
    sql`create index episodes_by_playbook on episodes (playbook, account, edge, id)`,
    sql`create index episodes_running on episodes (running, account, edge, id)`,
  ];
}

function personTables({ keyText, clustered }: DatabaseDialect): Statements {
  return [
    sql`create table contacts (
      contact ${keyText} primary key, account ${keyText} not null, person ${keyText} not null,
      opted_out bigint not null, bounced bigint not null, living bigint not null) ${clustered}`,
    sql`create index contacts_by_person on contacts (person, contact)`,
    sql`create table person_aliases (
      person ${keyText} not null, alias ${keyText} not null, contact ${keyText} not null,
      opted_out bigint not null, bounced bigint not null,
      primary key (person, alias, contact)) ${clustered}`,
    sql`create index person_aliases_by_alias on person_aliases (alias, contact)`,
    sql`create table merges (
      kind ${keyText} not null, winner ${keyText} not null, loser ${keyText} not null,
      primary key (kind, winner, loser)) ${clustered}`,
  ];
}
