import type { Instant } from '../../../domain/day.js';
import type { ChannelId } from '../../../domain/engagement/channel.js';
import type { EventKind } from '../../../ports/marketing.js';
import { parseInstant } from './convert.js';
import type { History, RecordAnswer } from './schema.js';

export const MODIFIED = 'lastmodifieddate';

interface Told {
  readonly property: string;
  readonly kind: EventKind;
  /** What sent the message; null where the property does not say. */
  readonly channel: ChannelId | null;
}

/** Properties that hold the date of the latest event of their kind; names from public property dumps, all read-only. */
export const DATED: readonly Told[] = [
  { property: 'hs_email_last_send_date', kind: 'sent', channel: 'hubspot-list' },
  { property: 'hs_email_last_open_date', kind: 'opened', channel: 'hubspot-list' },
  { property: 'hs_email_last_click_date', kind: 'clicked', channel: 'hubspot-list' },
  { property: 'hs_email_last_reply_date', kind: 'replied', channel: 'hubspot-list' },
  { property: 'hs_sales_email_last_opened', kind: 'opened', channel: 'hubspot-sequence' },
  { property: 'hs_sales_email_last_clicked', kind: 'clicked', channel: 'hubspot-sequence' },
  { property: 'hs_sales_email_last_replied', kind: 'replied', channel: 'hubspot-sequence' },
  { property: 'engagements_last_meeting_booked', kind: 'meeting-booked', channel: null },
  { property: 'hs_latest_sequence_ended_date', kind: 'finished', channel: 'hubspot-sequence' },
];

interface State extends Told {
  readonly holds: (value: string) => boolean;
}

/** Properties that hold a state; the first that holds tells its kind. */
export const STATES: readonly State[] = [
  { property: 'hs_email_optout', kind: 'unsubscribed', channel: null, holds: (value) => value === 'true' },
  {
    property: 'hs_email_hard_bounce_reason_enum',
    kind: 'bounced',
    channel: null,
    holds: (value) => value !== '',
  },
  {
    property: 'hs_email_bounce',
    kind: 'bounced',
    channel: 'hubspot-list',
    holds: (value) => Number(value) > 0,
  },
];

export function holds(state: State, { properties }: RecordAnswer): boolean {
  return state.holds(properties[state.property] ?? '');
}

/** Since when the state has held without a break, or null when the history does not say. */
export function sinceWhen(state: State, history: History): Instant | null {
  const newestFirst = history
    .map(({ value, timestamp }) => ({ held: state.holds(value ?? ''), at: parseInstant(timestamp) }))
    .filter((entry): entry is { held: boolean; at: Instant } => entry.at !== null)
    .toSorted((one, other) => other.at - one.at);
  const broken = newestFirst.findIndex(({ held }) => !held);
  const unbroken = broken < 0 ? newestFirst : newestFirst.slice(0, broken);
  return unbroken.at(-1)?.at ?? null;
}
