import type { LedgerEntry } from '../ports/state-store.js';
import { channelOf } from './apply-enrolments.js';
import type { Run } from './context.js';
import { addressesOf } from './settle-enrolments.js';

const PAGE_OF_OPEN = 100;

/**
 * Keys that an earlier run left open (it was killed, or the answer never came) are read back before
 * anything is repeated: who is in the list or sequence counts as enrolled; who is not is tried again.
 */
export async function readBackOpen(run: Run): Promise<void> {
  const { marketing } = run;
  if (marketing === null) return;
  for await (const page of run.state.ledger.open(PAGE_OF_OPEN)) {
    const located = await locate(run, page);
    const found: LedgerEntry[] = [];
    for (const [target, entries] of byTarget(located)) {
      const first = entries[0];
      if (first === undefined) continue;
      const ids = entries.flatMap(({ recordId }) => (recordId === null ? [] : [recordId]));
      const enrolled = await channelOf(marketing, first.channel).enrolled(first.target, ids);
      run.log.info('Read back open enrolments', { target, asked: ids.length, enrolled: enrolled.size });
      found.push(...entries.filter(({ recordId }) => recordId !== null && enrolled.has(recordId)));
    }
    await run.state.ledger.write(
      found.map((entry) => ({ ...entry, status: 'enrolled', evidence: 'read back', run: run.id })),
    );
  }
}

/** Fills in the tool's record id where the run was killed before it was known. */
async function locate(run: Run, entries: readonly LedgerEntry[]): Promise<readonly LedgerEntry[]> {
  const missing = entries.filter(({ recordId }) => recordId === null);
  if (missing.length === 0 || run.marketing === null) return entries;
  const contacts = await contactsOf(run, missing);
  const readings = await run.marketing.consent(contacts);
  const ids = new Map(readings.map(({ person, recordId }) => [person, recordId]));
  return entries.map((entry) =>
    entry.recordId === null ? { ...entry, recordId: ids.get(entry.person) ?? null } : entry,
  );
}

async function contactsOf(run: Run, entries: readonly LedgerEntry[]) {
  const details = [];
  for (const entry of entries) {
    const contacts = (await run.state.assessments.bundle(entry.account))?.rows.contact ?? [];
    const contact = contacts.find(
      (row) =>
        run.digest.person(
          String(row.values.email ?? '')
            .trim()
            .toLowerCase(),
        ) === entry.person,
    );
    if (contact)
      details.push({ account: entry.account, person: { key: entry.person, contactId: contact.id } });
  }
  return addressesOf(run, details);
}

function byTarget(entries: readonly LedgerEntry[]): ReadonlyMap<string, readonly LedgerEntry[]> {
  const groups = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const key = `${entry.channel}|${entry.target}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return groups;
}
