import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseAddress } from '../../src/adapters/database/dialect.js';
import { openSqlState } from '../../src/adapters/state/sql/index.js';
import { NO_LOG } from '../../src/entrypoints/connection/log-file.js';
import type { LedgerEntry, StateStore } from '../../src/ports/state-store.js';
import type { StoredResult } from '../../src/sync/stored-result.js';
import type { Company } from './company.js';

/** Everything that a run leaves behind, in a form that two runs can be compared by. */
export interface EndState {
  /** Our fields of every account in the CRM. */
  readonly fields: readonly Readonly<Record<string, unknown>>[];
  /** `list name < address` and `sequence name < address (times)`, sorted. */
  readonly enrolments: readonly string[];
  /** Our records in the CRM that tell of the work, by key; each once. */
  readonly records: readonly string[];
  readonly ledger: readonly Pick<LedgerEntry, 'key' | 'status' | 'code'>[];
  readonly assessments: readonly Readonly<Record<string, unknown>>[];
}

/** Persons are kept under a random key; with the same key two folders name them alike. */
export function keepPersonKey(folder: string): void {
  mkdirSync(join(folder, 'var'), { recursive: true });
  const key = createHash('sha256').update('the same in every test').digest('hex');
  writeFileSync(join(folder, 'var', 'person.key'), `${key}\n`, { mode: 0o600 });
}

/** Of a company whose state lies in its folder, or elsewhere. */
export async function endState(company: Company, at?: DatabaseAddress): Promise<EndState> {
  const fields = await ourFields(company);
  return {
    fields,
    enrolments: enrolmentsIn(company),
    records: await ourRecords(company),
    ...(await withState(at ?? company.folder, (state) => kept(state, fields))),
  };
}

export async function withState<T>(
  at: DatabaseAddress | string,
  look: (state: StateStore) => Promise<T>,
): Promise<T> {
  const address = typeof at === 'string' ? stateIn(at) : at;
  const state = await openSqlState(address, NO_LOG);
  try {
    return await look(state);
  } finally {
    await state.close();
  }
}

function stateIn(folder: string): DatabaseAddress {
  return { kind: 'sqlite', file: join(folder, 'var', 'truenorth.db') };
}

async function ourFields(company: Company): Promise<EndState['fields']> {
  const described = (await company.salesforce('GET', '/sobjects/Account/describe')) as {
    readonly fields: readonly { readonly name: string }[];
  };
  const names = described.fields.map(({ name }) => name).filter((name) => name.startsWith('Truenorth_'));
  const rows = await company.soqlAll(`SELECT Id, ${names.join(', ')} FROM Account ORDER BY Id`);
  return rows.map(({ attributes: _, ...values }) => values);
}

/** Refusals by day are counts of what was decided on it, which a run that was disturbed may decide twice. */
async function ourRecords({ soqlAll }: Company): Promise<readonly string[]> {
  const keys = async (object: string, where = ''): Promise<readonly string[]> =>
    (await soqlAll(`SELECT Key__c FROM ${object} ${where}`)).map(({ Key__c }) => `${object} ${Key__c}`);
  const all = [
    ...(await keys('Health_Snapshot__c')),
    ...(await keys('Playbook_Episode__c')),
    ...(await keys('Enrolment_Decision__c', 'WHERE Account__c != null')),
    ...(await keys('Program_Metric__c')),
  ];
  return all.sort();
}

/** Straight from the embedded HubSpot, with how often a contact was ever put into a sequence. */
function enrolmentsIn({ sandbox }: Company): readonly string[] {
  const { lists, sequences, contacts } = sandbox.servers.hubspot.portal;
  const addressOf = (id: string): string => contacts.rows.byId(id)?.properties.email ?? id;
  const joined = lists
    .all()
    .flatMap((list) => [...list.members.keys()].map((id) => `${list.name} < ${addressOf(id)}`));
  const names = new Map(sequences.all().map(({ id, name }) => [id, name]));
  const running = [...contacts.rows.scan()].flatMap(({ id, properties }) => {
    const enrolment = sequences.running(id);
    if (enrolment === null) return [];
    const times = properties.hs_sequences_enrolled_count ?? '0';
    return [`${names.get(enrolment.sequenceId)} < ${addressOf(id)} (${times})`];
  });
  return [...joined, ...running].sort();
}

/** All that `explain` shows. How a tier's wish relates to what the CRM held is not: after the write it holds it. */
function shown(result: unknown): unknown {
  const { tierWish, ...rest } = result as StoredResult;
  return { ...rest, tierWish: { ...tierWish, move: undefined } };
}

async function kept(
  state: StateStore,
  accounts: EndState['fields'],
): Promise<Pick<EndState, 'ledger' | 'assessments'>> {
  const ledger: EndState['ledger'][number][] = [];
  const assessments: Readonly<Record<string, unknown>>[] = [];
  for (const { Id } of accounts) {
    const account = String(Id);
    for (const { key, status, code } of await state.ledger.ofAccount(account))
      ledger.push({ key, status: status === 'already' ? 'enrolled' : status, code });
    const assessed = (await state.assessments.bundle(account))?.assessed ?? null;
    assessments.push({
      account,
      ...(assessed === null ? {} : { ...assessed, result: shown(assessed.result) }),
    });
  }
  return { ledger: ledger.sort((a, b) => (a.key < b.key ? -1 : 1)), assessments };
}
