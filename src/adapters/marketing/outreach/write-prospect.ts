import type { PersonToUpsert } from '../../../ports/marketing.js';
import type { Context } from './context.js';
import { ANYTHING, MADE, type ProspectAnswer } from './schema.js';

type Attributes = Readonly<Record<string, string | null>>;

/** May be repeated: of two only one gets the address. */
export async function createProspect({ client }: Context, person: PersonToUpsert): Promise<string> {
  const attributes = { emails: [person.email.trim()], ...attributesOf(person) };
  const { data } = await client.send({
    kind: 'prospects-create',
    method: 'POST',
    path: '/prospects',
    body: { data: { type: 'prospect', attributes } },
    answer: MADE,
    repeat: 'repeatable',
  });
  return data.id;
}

/** Sends nothing where nothing differs, and never an address. */
export async function updateProspect(
  { client }: Context,
  person: PersonToUpsert,
  { id, attributes: held }: ProspectAnswer,
): Promise<void> {
  const changes = Object.entries(attributesOf(person)).filter(
    ([name, value]) => String(held[name] ?? '') !== (value ?? ''),
  );
  if (changes.length === 0) return;
  await client.send({
    kind: 'prospects-update',
    method: 'PATCH',
    path: `/prospects/${id}`,
    body: { data: { type: 'prospect', id: Number(id), attributes: Object.fromEntries(changes) } },
    answer: ANYTHING,
    repeat: 'repeatable',
  });
}

/** An empty value empties the field. The Salesforce id is there for people: Outreach has no filter for it. */
function attributesOf({ properties, contactId }: PersonToUpsert): Attributes {
  const carried = Object.entries(properties).map(([name, value]) => [name, value === '' ? null : value]);
  return { ...Object.fromEntries(carried), externalId: contactId };
}
