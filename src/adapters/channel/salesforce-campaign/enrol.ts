import type { CreateOutcome, Crm } from '../../../ports/crm.js';
import type { EnrolmentOutcome, EnrolmentRequest } from '../../../ports/marketing.js';
import { NOBODY } from './errors.js';
import { membersAmong } from './members.js';

/** Looks who is a member, and inserts only the others: an insert that was not answered may have been carried out. */
export async function enrolMembers(
  crm: Crm,
  campaign: string,
  requests: readonly EnrolmentRequest[],
): Promise<readonly EnrolmentOutcome[]> {
  const members = await membersAmong(crm, campaign, requests);
  const contacts = new Set(requests.flatMap(({ contactId }) => contactId ?? []));
  const strangers = [...contacts].filter((contact) => !members.has(contact));
  const joined = await join(crm, campaign, strangers);
  const told = new Set<string>();
  return requests.map(({ key, contactId }) => {
    if (contactId === null) return { key, outcome: 'refused', refusal: NOBODY };
    const outcome = joined.get(contactId);
    if (outcome === undefined) return { key, outcome: 'already', made: members.get(contactId) ?? null };
    const again = told.has(contactId);
    told.add(contactId);
    return outcomeOf(key, outcome, again);
  });
}

/** Without a status of ours: a new member gets the default one of its campaign, which is "Sent" unless it was changed. */
async function join(
  crm: Crm,
  campaign: string,
  contacts: readonly string[],
): Promise<ReadonlyMap<string, CreateOutcome>> {
  if (contacts.length === 0) return new Map();
  const records = contacts.map((contact) => ({
    key: contact,
    values: { CampaignId: campaign, ContactId: contact },
  }));
  const outcomes = await crm.create('CampaignMember', records);
  return new Map(outcomes.map((outcome) => [outcome.key, outcome]));
}

/** `again` = the same contact stood in an earlier request of the same call. */
function outcomeOf(key: string, made: CreateOutcome, again: boolean): EnrolmentOutcome {
  if (made.outcome === 'created') return { key, outcome: again ? 'already' : 'enrolled', made: made.id };
  if (made.outcome === 'unclear') return { key, outcome: 'unclear', made: null };
  // Somebody else added the contact between our look and our insert.
  if (made.refusal.code === 'DUPLICATE_VALUE') return { key, outcome: 'already', made: null };
  return { key, outcome: 'refused', refusal: made.refusal };
}
