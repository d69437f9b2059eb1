import { IntegrationError } from '../../../ports/errors.js';
import type { ConsentReading, PersonToMatch } from '../../../ports/marketing.js';
import { bouncesOf } from './bounces.js';
import { BATCH_SIZE, type Context, chunksOf } from './context.js';
import { consentReading, unreadPerson } from './convert.js';
import { addressOf, prospectsByAddress } from './prospects.js';
import { statesOf } from './states.js';

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
  const { clock, log } = context;
  try {
    const emails = page.map(({ email }) => email);
    const matches = await prospectsByAddress(context, emails);
    const ids = [...matches.values()].flat().map(({ id }) => id);
    const states = await statesOf(context, ids);
    const bounces = await bouncesOf(context, ids);
    const readAt = clock.now();
    return page.map((person) =>
      consentReading(person, {
        prospects: matches.get(addressOf(person.email)) ?? [],
        states,
        bounces,
        readAt,
      }),
    );
  } catch (error) {
    if (!(error instanceof IntegrationError) || !error.retryable) throw error;
    log.warn('consent could not be read', { persons: page.length, code: error.code });
    return page.map((person) => unreadPerson(person, clock.now()));
  }
}
