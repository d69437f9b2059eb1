import type { ErasureOutcome, PersonToMatch } from '../../../ports/marketing.js';
import type { Context } from './context.js';
import { matchPersons } from './match.js';
import { ANYTHING } from './schema.js';

/**
 * HubSpot's privacy delete: the contact and what hangs on it go for good, and its address is blocked there
 * (developers.hubspot.com, "Permanently delete a contact", seen 2026-11-26).
 */
export async function erasePerson(context: Context, person: PersonToMatch): Promise<ErasureOutcome> {
  const matches = await matchPersons(context, [person], []);
  const records = matches.get(person.person) ?? [];
  for (const { id } of records) {
    await context.client.send({
      kind: 'contacts-privacy-delete',
      method: 'POST',
      path: context.paths.privacyDelete,
      body: { objectId: id },
      answer: ANYTHING,
      repeat: 'repeatable',
    });
  }
  return records.length === 0 ? 'absent' : 'erased';
}
