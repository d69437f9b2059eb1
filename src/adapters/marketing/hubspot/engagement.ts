import type { Instant } from '../../../domain/day.js';
import type { EngagementEvent, EngagementReading } from '../../../ports/marketing.js';
import { BATCH_SIZE, type Context, chunksOf } from './context.js';
import { instantOf } from './convert.js';
import { DATED, holds, MODIFIED, STATES, sinceWhen } from './event-properties.js';
import { readRecords } from './match.js';
import type { RecordAnswer } from './schema.js';

const ASKED = [MODIFIED, ...DATED.map(({ property }) => property), ...STATES.map(({ property }) => property)];

type People = ReadonlyMap<string, string>;

/**
 * What the contacts' own properties say, a hundred people a call: HubSpot keeps the latest date of each kind.
 * A page without events is not handed out. A contact asked for under two keys answers under the first.
 */
export async function* readEngagement(
  context: Context,
  { people, since }: EngagementReading,
): AsyncIterable<readonly EngagementEvent[]> {
  const byRecord: People = new Map(
    people.map(({ recordId, person }) => [recordId, person] as const).toReversed(),
  );
  for (const chunk of chunksOf([...byRecord.keys()], BATCH_SIZE)) {
    const records = await readRecords(context, chunk, { properties: ASKED });
    const events = [
      ...records.flatMap((record) => datedEvents(record, byRecord)),
      ...(await stateEvents(context, records.filter(changedSince(since)), byRecord)),
    ];
    const distinct = new Map(events.filter(({ at }) => at >= since).map((event) => [event.id, event]));
    if (distinct.size > 0) yield [...distinct.values()];
  }
}

function datedEvents(record: RecordAnswer, people: People): readonly EngagementEvent[] {
  const person = people.get(record.id);
  if (person === undefined) return [];
  return DATED.flatMap(({ property, kind, channel }) => {
    const at = instantOf(record, property);
    const id = `hubspot:${record.id}:${kind}:${at}`;
    return at === null ? [] : [{ id, person, kind, at, channel, target: null }];
  });
}

/** A record that did not change since holds no state that is newer. */
function changedSince(since: Instant): (record: RecordAnswer) => boolean {
  return (record) =>
    STATES.some((state) => holds(state, record)) && (instantOf(record, MODIFIED) ?? since) >= since;
}

/** An opt-out and a bounce have no date of their own: the history of the property tells when it came to be. */
async function stateEvents(
  context: Context,
  records: readonly RecordAnswer[],
  people: People,
): Promise<readonly EngagementEvent[]> {
  const dated = await readRecords(
    context,
    records.map(({ id }) => id),
    { properties: [MODIFIED], history: STATES.map(({ property }) => property) },
  );
  const histories = new Map(dated.map((record) => [record.id, record.propertiesWithHistory ?? {}]));
  return records.flatMap((record) => {
    const person = people.get(record.id);
    if (person === undefined) return [];
    const told = new Map(
      STATES.filter((state) => holds(state, record))
        .toReversed()
        .map((state) => [state.kind, state] as const),
    );
    return [...told.values()].map((state): EngagementEvent => {
      const since = sinceWhen(state, histories.get(record.id)?.[state.property] ?? []);
      const id = `hubspot:${record.id}:${state.kind}:${since ?? 'undated'}`;
      const at = since ?? instantOf(record, MODIFIED) ?? context.clock.now();
      return { id, person, kind: state.kind, at, channel: state.channel, target: null };
    });
  });
}
