import type { RefusalReason } from '../domain/engagement/codes.js';
import { type Person, personsOf } from '../domain/engagement/person.js';
import { refusedByCrm } from '../domain/engagement/wishing.js';
import type { PlanItem } from '../ports/state-store.js';
import type { Run } from './context.js';
import { stepOf } from './engagement-item.js';
import { selectedFields, storedRow } from './rows.js';

const GONE: RefusalReason = {
  code: 'invalid_email',
  evidence: 'the contact is gone since the plan was made',
};

const FORGOTTEN: RefusalReason = {
  code: 'forgotten',
  evidence: 'the person was forgotten at their own wish since the plan was made',
};

/**
 * What the CRM says at this very moment of these persons, by key: whoever opted out or bounced (on any contact
 * of theirs), changed address or was deleted since the rows were read is let go. Who may be written to is absent.
 */
export async function refusedInCrm(
  run: Run,
  items: readonly PlanItem[],
): Promise<ReadonlyMap<string, RefusalReason>> {
  const people = new Map(
    items.flatMap((item) => stepOf(item).wish.person ?? []).map((one) => [one.key, one.contactId]),
  );
  const refused = new Map<string, RefusalReason>();
  if (people.size === 0) return refused;
  const known = await run.state.persons.contactsOf([...people.keys()]);
  const now = await readNow(run, [...new Set([...people.values(), ...known.map(({ contact }) => contact)])]);
  for (const { contact, person } of known) {
    const here = now.get(contact);
    const reason = here?.person === person ? refusedByCrm(here) : null;
    if (reason !== null) refused.set(person, reason);
  }
  for (const key of await run.state.persons.forgotten([...people.keys()])) refused.set(key, FORGOTTEN);
  for (const [key, contact] of people)
    if (now.get(contact)?.person !== key && !refused.has(key)) refused.set(key, GONE);
  return refused;
}

/** Each contact as a person of its own, by contact id; who has no address is absent. */
async function readNow(run: Run, contacts: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const mapping = run.settings.crm.objects.find(({ kind }) => kind === 'contact');
  if (mapping === undefined) return new Map();
  const fields = selectedFields(mapping, run.settings.crm, run.absent);
  const records = await run.crm.fetch(mapping.object, contacts, fields);
  const rows = records.map((record) => storedRow(record, mapping, { dayOf: run.dayOf, held: [] }));
  const persons = rows.flatMap((row) => personsOf([row], run.digest.person));
  return new Map(persons.map((person) => [person.contactId, person]));
}
