import { IntegrationError } from '../../../ports/errors.js';
import type { ConsentReading, PersonToMatch } from '../../../ports/marketing.js';
import { BATCH_SIZE, type Context, chunksOf } from './context.js';
import { CONSENT_PROPERTIES, consentReading, unreadPerson } from './convert.js';
import { matchPersons } from './match.js';

/** A page that can't be read now gives unknowns, which the domain defers; a refused token stops everything. */
export async function readConsent(
  context: Context,
  persons: readonly PersonToMatch[],
): Promise<readonly ConsentReading[]> {
  const readings: ConsentReading[] = [];
  for (const page of chunksOf(persons, BATCH_SIZE)) readings.push(...(await readPage(context, page)));
  return readings;
}

async function readPage(
  context: Context,
  page: readonly PersonToMatch[],
): Promise<readonly ConsentReading[]> {
  try {
    const matches = await matchPersons(context, page, CONSENT_PROPERTIES);
    const readAt = context.clock.now();
    return page.map((person) => consentReading(person, matches.get(person.person) ?? [], readAt));
  } catch (error) {
    if (!(error instanceof IntegrationError) || !error.retryable) throw error;
    context.log.warn('consent could not be read', { persons: page.length, code: error.code });
    return page.map((person) => unreadPerson(person, context.clock.now()));
  }
}
