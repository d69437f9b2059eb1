import type { Instant } from '../../../domain/day.js';
import type { EngagementEvent, EngagementReading, EventKind } from '../../../ports/marketing.js';
import { BATCH_SIZE, type Context, chunksOf } from './context.js';
import { pagesOf, type Question } from './pages.js';
import { isId } from './prospects.js';
import { MAILING, type MailingAnswer, SEQUENCE_STATE, type StateAnswer } from './schema.js';
import type { SequenceDirectory } from './sequence-directory.js';
import { ENDED, instantOf } from './states.js';

/** What a mail tells, and under which name. That it was sent is no engagement. */
const TOLD: readonly (readonly [keyof MailingAnswer['attributes'], EventKind])[] = [
  ['openedAt', 'opened'],
  ['clickedAt', 'clicked'],
  ['repliedAt', 'replied'],
  ['bouncedAt', 'bounced'],
  ['unsubscribedAt', 'unsubscribed'],
];

interface Noted {
  readonly id: string;
  readonly kind: EventKind;
  readonly at: Instant;
  readonly prospect: string | null;
  readonly sequence: string | null;
}

type People = ReadonlyMap<string, string>;

/**
 * Mails that changed since, and sequences that ended since, fifty people a call. A page without events is not
 * handed out. A prospect asked for under two keys answers under the first.
 */
export async function* readEngagement(
  context: Context,
  sequences: SequenceDirectory,
  { people, since }: EngagementReading,
): AsyncIterable<readonly EngagementEvent[]> {
  const byRecord: People = new Map(
    people.map(({ recordId, person }) => [recordId, person] as const).toReversed(),
  );
  for (const chunk of chunksOf([...byRecord.keys()].filter(isId), BATCH_SIZE)) {
    for await (const noted of notedPages(context, chunk, since)) {
      const events = await eventsOf(sequences, byRecord, noted);
      if (events.length > 0) yield events;
    }
  }
}

async function* notedPages(
  context: Context,
  prospectIds: readonly string[],
  since: Instant,
): AsyncIterable<readonly Noted[]> {
  const ofPeople = { 'filter[prospect][id]': prospectIds.join(',') };
  const sinceThen = `${new Date(since).toISOString()}..inf`;
  const mailings: Question<MailingAnswer> = {
    path: 'mailings',
    query: { ...ofPeople, 'filter[updatedAt]': sinceThen, sort: 'updatedAt' },
    item: MAILING,
  };
  for await (const page of pagesOf(context, mailings)) yield page.flatMap(ofMailing).filter(after(since));
  const endings: Question<StateAnswer> = {
    path: 'sequenceStates',
    query: { ...ofPeople, 'filter[stateChangedAt]': sinceThen, 'filter[state]': ENDED.join(',') },
    item: SEQUENCE_STATE,
  };
  for await (const page of pagesOf(context, endings)) yield page.flatMap(ofEnding).filter(after(since));
}

function after(since: Instant): (noted: Noted) => boolean {
  return ({ at }) => at >= since;
}

/** One event of a kind for each mail: Outreach keeps the date of the latest. */
function ofMailing({ id, attributes, relationships }: MailingAnswer): readonly Noted[] {
  return TOLD.flatMap(([attribute, kind]) => {
    const at = instantOf(attributes[attribute]);
    return at === null ? [] : [{ id: `outreach:${id}:${kind}`, kind, at, ...relationships }];
  });
}

function ofEnding({ id, attributes, relationships }: StateAnswer): readonly Noted[] {
  const at = instantOf(attributes.stateChangedAt);
  if (at === null || !ENDED.includes(attributes.state)) return [];
  return [{ id: `outreach:${id}:finished`, kind: 'finished', at, ...relationships }];
}

async function eventsOf(
  sequences: SequenceDirectory,
  people: People,
  noted: readonly Noted[],
): Promise<readonly EngagementEvent[]> {
  const ids = noted.flatMap(({ sequence }) => (sequence === null ? [] : [sequence]));
  const names = await sequences.namesOf(ids);
  return noted.flatMap(({ id, kind, at, prospect, sequence }) => {
    const person = people.get(prospect ?? '');
    if (person === undefined) return [];
    const channel = sequence === null ? null : 'outreach-sequence';
    return [{ id, person, kind, at, channel, target: names.get(sequence ?? '') ?? null }];
  });
}
