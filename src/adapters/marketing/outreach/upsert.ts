import type { PersonToUpsert, UpsertOutcome } from '../../../ports/marketing.js';
import { isKnownAttribute } from './attributes.js';
import { BATCH_SIZE, type Context, chunksOf } from './context.js';
import { contentRefused } from './errors.js';
import { inTurn } from './in-turn.js';
import { addressOf, type ByAddress, prospectsByAddress, prospectsById } from './prospects.js';
import { gone, notDone, refusal, refusalOf } from './refusals.js';
import type { ProspectAnswer } from './schema.js';
import { createProspect, updateProspect } from './write-prospect.js';

/**
 * Outreach has no upsert: prospects are found, fifty a call, then each is made, or written where a value differs.
 * A repeat is harmless: an address that was made meanwhile is taken, and its prospect is the person.
 */
export async function upsertPersons(
  context: Context,
  persons: readonly PersonToUpsert[],
): Promise<readonly UpsertOutcome[]> {
  const outcomes: UpsertOutcome[] = [];
  for (const chunk of chunksOf(persons, BATCH_SIZE)) {
    const found = await foundOf(context, chunk);
    outcomes.push(
      ...(await inTurn<PersonToUpsert, UpsertOutcome>(chunk, {
        run: (person) => upsertOne(context, person, found),
        changed: ({ ok }) => ok,
        notReached: ({ person }, error) => ({ person, ok: false, refusal: notDone(error) }),
      })),
    );
  }
  return outcomes;
}

interface Found {
  readonly byId: ReadonlyMap<string, ProspectAnswer>;
  readonly byAddress: ByAddress;
}

async function foundOf(context: Context, persons: readonly PersonToUpsert[]): Promise<Found> {
  const attributes = attributesRead(persons);
  const ids = persons.flatMap(({ recordId }) => (recordId === null ? [] : [recordId]));
  const strangers = persons.filter(({ recordId }) => recordId === null);
  return {
    byId: await prospectsById(context, ids, attributes),
    byAddress: await prospectsByAddress(
      context,
      strangers.map(({ email }) => email),
      attributes,
    ),
  };
}

function attributesRead(persons: readonly PersonToUpsert[]): readonly string[] {
  const names = persons.flatMap(({ properties }) => Object.keys(properties));
  return ['externalId', ...new Set(names.filter(isKnownAttribute))];
}

async function upsertOne(context: Context, person: PersonToUpsert, found: Found): Promise<UpsertOutcome> {
  const unknown = Object.keys(person.properties).filter((name) => !isKnownAttribute(name));
  if (unknown.length > 0) {
    const message = `A prospect has no attribute ${unknown.join(', ')}.`;
    return refused(person, refusal('ATTRIBUTE_UNKNOWN', message, unknown));
  }
  try {
    if (person.recordId === null) return await byAddress(context, person, found.byAddress);
    const known = found.byId.get(person.recordId);
    return known === undefined ? refused(person, gone()) : await updated(context, person, known);
  } catch (error) {
    if (!contentRefused(error)) throw error;
    return refused(person, error.cause.status === 404 ? gone() : refusalOf(error.cause.body));
  }
}

async function byAddress(context: Context, person: PersonToUpsert, found: ByAddress): Promise<UpsertOutcome> {
  const [known, ...others] = found.get(addressOf(person.email)) ?? [];
  if (others.length > 0) return refused(person, severalHave());
  if (known !== undefined) return updated(context, person, known);
  try {
    const recordId = await createProspect(context, person);
    return { person: person.person, ok: true, recordId, created: true };
  } catch (error) {
    if (!contentRefused(error) || refusalOf(error.cause.body).code !== 'EMAIL_TAKEN') throw error;
    const again = await prospectsByAddress(context, [person.email], attributesRead([person]));
    const [taken, ...more] = again.get(addressOf(person.email)) ?? [];
    if (taken === undefined) throw error;
    return more.length > 0 ? refused(person, severalHave()) : updated(context, person, taken);
  }
}

async function updated(
  context: Context,
  person: PersonToUpsert,
  known: ProspectAnswer,
): Promise<UpsertOutcome> {
  await updateProspect(context, person, known);
  return { person: person.person, ok: true, recordId: known.id, created: false };
}

function severalHave() {
  return refusal('AMBIGUOUS', 'Several prospects have the address.');
}

function refused({ person }: PersonToUpsert, why: ReturnType<typeof refusal>): UpsertOutcome {
  return { person, ok: false, refusal: why };
}
