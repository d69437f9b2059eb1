import type { Instant } from '../../../domain/day.js';
import type { ChannelId, ToolId } from '../../../domain/engagement/channel.js';
import type { EngagementEvent, EngagementReading, EventKind } from '../../../ports/marketing.js';
import type { ContactBook, StoredContact, StoredEvent } from './contacts.js';

/** What a person can be made to do, or what can happen to a message; `mailed` = a marketing mail that somebody sent. */
export type Engaged =
  | 'mailed'
  | 'opened'
  | 'clicked'
  | 'replied'
  | 'bounced'
  | 'unsubscribed'
  | 'meeting-booked'
  | 'finished';

/** Reading in one page; a person without a record, or without an event since, gives nothing. */
export async function* readEngagement(
  book: ContactBook,
  { people, since }: EngagementReading,
): AsyncIterable<readonly EngagementEvent[]> {
  const events = people.flatMap(({ person, recordId }) =>
    (book.byId(recordId)?.events ?? [])
      .filter(({ at }) => at >= since)
      .map((event): EngagementEvent => ({ ...event, person })),
  );
  if (events.length > 0) yield events;
}

/** The contact as it is after what it did; a reply, a bounce, an opt-out and a meeting end its sequence. */
export function engaged(
  tool: ToolId,
  contact: StoredContact,
  doing: { kind: Engaged; at: Instant },
): StoredContact {
  const { kind, at } = doing;
  const event = eventOf(
    contact,
    { kind: kind === 'mailed' ? 'sent' : kind, at, channel: sentBy(tool, contact, kind) },
    tool,
  );
  const noted: StoredContact = {
    ...contact,
    optedOut: contact.optedOut || kind === 'unsubscribed',
    bounced: contact.bounced || kind === 'bounced',
    lastMailedAt: kind === 'mailed' && tool === 'hubspot' ? at : contact.lastMailedAt,
    events: kind === 'finished' ? contact.events : [...contact.events, event],
  };
  return ENDS.includes(kind) ? ended(tool, noted, at) : noted;
}

const ENDS: readonly Engaged[] = ['replied', 'bounced', 'unsubscribed', 'meeting-booked', 'finished'];

/** The contact out of its sequence; as it was when it is in none. */
export function ended(tool: ToolId, contact: StoredContact, at: Instant): StoredContact {
  if (contact.inSequence === null) return contact;
  const event = eventOf(contact, { kind: 'finished', at, channel: `${tool}-sequence` }, tool);
  return { ...contact, inSequence: null, events: [...contact.events, event] };
}

type Happened = Pick<StoredEvent, 'kind' | 'at' | 'channel'>;

function eventOf({ id }: StoredContact, happened: Happened, tool: ToolId): StoredEvent {
  return { ...happened, id: `${tool}:${id}:${happened.kind}:${happened.at}`, target: null };
}

const UNSENT: readonly (Engaged | EventKind)[] = ['unsubscribed', 'meeting-booked'];

/** The sequence that the contact is in, else marketing mail; no message, no channel. */
function sentBy(tool: ToolId, { inSequence }: StoredContact, kind: Engaged): ChannelId | null {
  if (UNSENT.includes(kind)) return null;
  const marketing = tool === 'hubspot' && (kind === 'mailed' || inSequence === null);
  return marketing ? 'hubspot-list' : `${tool}-sequence`;
}
