import type { Crm } from '../../../ports/crm.js';
import type { EnrolmentRequest } from '../../../ports/marketing.js';

/** Contact id -> id of its membership, of those of these requests who are members. One look-up. */
export async function membersAmong(
  crm: Crm,
  campaign: string,
  requests: readonly EnrolmentRequest[],
): Promise<ReadonlyMap<string, string>> {
  const contacts = new Set(requests.flatMap(({ contactId }) => contactId ?? []));
  if (contacts.size === 0) return new Map();
  const found = await crm.select(
    'CampaignMember',
    ['ContactId'],
    [
      { field: 'CampaignId', in: [campaign] },
      { field: 'ContactId', in: [...contacts] },
    ],
  );
  return new Map(
    found.flatMap(({ id, values }) =>
      typeof values.ContactId === 'string' ? [[values.ContactId, id] as const] : [],
    ),
  );
}

export function keysOf(
  requests: readonly EnrolmentRequest[],
  members: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    requests.flatMap(({ key, contactId }) => {
      const membership = contactId === null ? undefined : members.get(contactId);
      return membership === undefined ? [] : [[key, membership] as const];
    }),
  );
}
