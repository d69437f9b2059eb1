import type { CrmRecord } from '../../ports/crm.js';
import type { ObjectMapping } from '../../ports/mapping.js';
import type { Run } from '../context.js';
import { keepPage, pullPiece, wasRead } from '../pull.js';
import { selectedFields, unreadable } from '../rows.js';
import type { Hints, ObjectHints } from './hints.js';

/** Reads what changed, keeps it as a run keeps it, and gives the accounts that it concerns, those that rows left included. */
export async function readHints(run: Run, hints: Hints): Promise<ReadonlySet<string>> {
  const accounts = new Set<string>();
  for (const mapping of run.settings.crm.objects) {
    const hinted = hints[mapping.object];
    if (hinted === undefined || unreadable(run, mapping.kind)) continue;
    await run.checkpoint();
    await readObject({ run, mapping, accounts }, hinted);
  }
  return accounts;
}

interface Reading {
  readonly run: Run;
  readonly mapping: ObjectMapping;
  /** Filled on the way. */
  readonly accounts: Set<string>;
}

/** Whether a record meets the mapping's `where` only the CRM can say: there the object is read from its cursor. */
async function readObject(reading: Reading, { ids, whole }: ObjectHints): Promise<void> {
  const { run, mapping } = reading;
  if (whole || mapping.where !== null) return readFromCursor(reading);
  const records = await run.crm.fetch(
    mapping.object,
    ids,
    selectedFields(mapping, run.settings.crm, run.absent),
  );
  const found = new Set(records.map(({ id }) => id));
  const gone = ids.filter((id) => !found.has(id));
  await noteAccounts(reading, { ids, records });
  await keepPage(run, mapping, { records, resume: null, serverTime: run.clock.now(), done: true });
  if (gone.length === 0) return;
  // What merged an account or a contact away is told by its own row: the survivor inherits, opt-outs first of all.
  if (mapping.kind === 'account' || mapping.kind === 'contact') return readFromCursor(reading);
  await run.state.rows.remove(mapping.kind, gone);
}

/** An object that no run has read to its end is left to the run that does. */
async function readFromCursor(reading: Reading): Promise<void> {
  const { run, mapping } = reading;
  if (!(await wasRead(run, mapping))) return;
  const watching: Run = {
    ...run,
    crm: {
      ...run.crm,
      pull: async function* (request) {
        for await (const page of run.crm.pull(request)) {
          await noteAccounts(reading, { ids: page.records.map(({ id }) => id), records: page.records });
          yield page;
        }
      },
    },
  };
  await pullPiece(watching, { kind: mapping.kind, expected: null });
}

interface Seen {
  readonly ids: readonly string[];
  readonly records: readonly CrmRecord[];
}

/** Asked before the rows are kept: a record may have belonged to another account. */
async function noteAccounts({ run, mapping, accounts }: Reading, { ids, records }: Seen): Promise<void> {
  for (const account of (await run.state.rows.accountsOf(mapping.kind, ids)).values()) accounts.add(account);
  for (const { id, values } of records) {
    const account = mapping.kind === 'account' ? id : values[mapping.accountField];
    if (typeof account === 'string' && account !== '') accounts.add(account);
  }
}
