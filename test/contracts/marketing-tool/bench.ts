import type { Instant } from '../../../src/domain/day.js';
import type { ChannelId, ToolId, Touches } from '../../../src/domain/engagement/channel.js';
import type {
  Channel,
  EngagementEvent,
  EnrolmentRequest,
  MarketingTool,
  PersonToMatch,
  PersonToUpsert,
  PropertyToCreate,
} from '../../../src/ports/marketing.js';

/** What the tool must hold when a test begins. */
export interface StartingContact {
  readonly email: string;
  readonly secondaryEmails?: readonly string[];
  readonly optedOut?: boolean;
  readonly bounced?: boolean;
  readonly marketable?: boolean;
  readonly inSequence?: string;
}

export const SEQUENCES = ['Getting started', 'Support follow-up'] as const;
export const THE_SENDER = 'ines.moreau@northwind.example';
export const THE_STAMP = 'sf_contact_id';
/** What `Getting started` sends. */
export const THE_TOUCHES: Touches = { count: 2, days: 4 };

export const KNOWN: readonly StartingContact[] = [
  { email: 'ada@example.org', marketable: true },
  { email: 'berta@example.org', secondaryEmails: ['b.old@example.org'], marketable: false },
  { email: 'left@example.org', optedOut: true },
  { email: 'bounced@example.org', bounced: true },
  { email: 'busy@example.org', inSequence: 'Support follow-up' },
];

export const STAMP_PROPERTY: PropertyToCreate = {
  object: 'contacts',
  name: THE_STAMP,
  label: 'Salesforce contact',
  type: 'string',
  unique: true,
};
export const CARRIED: PropertyToCreate = {
  object: 'contacts',
  name: 'health_band',
  label: 'Health band',
  type: 'string',
  unique: false,
};

/** What tools may differ in. */
export interface ToolTraits {
  readonly id: ToolId;
  readonly list: ChannelId | null;
  readonly sequence: ChannelId;
  /** True when people can be taken out of a sequence. */
  readonly leavable: boolean;
  /** True when the tool sends marketing mail: it knows marketing contacts, and when it last mailed somebody. */
  readonly mails: boolean;
  /** What it tells about `Getting started`. */
  readonly touches: Touches | null;
  /** True when senders have a daily limit that the tool keeps. */
  readonly limitsSenders: boolean;
  /** True when a person is found by the Salesforce id, whatever became of the address. */
  readonly matchesByStamp: boolean;
  /** True when it tells that a meeting was booked. */
  readonly tellsMeetings: boolean;
  /** True when an enrolment is a record of its own, whose id is told as `made`. */
  readonly makesRecords: boolean;
  /** The refusal's code when the sender can't send. */
  readonly unknownSender: string;
}

export const HUBSPOT_TRAITS: ToolTraits = {
  id: 'hubspot',
  list: 'hubspot-list',
  sequence: 'hubspot-sequence',
  leavable: false,
  mails: true,
  touches: THE_TOUCHES,
  limitsSenders: true,
  matchesByStamp: true,
  tellsMeetings: true,
  makesRecords: false,
  unknownSender: 'SENDER_UNKNOWN',
};

export const OUTREACH_TRAITS: ToolTraits = {
  ...HUBSPOT_TRAITS,
  id: 'outreach',
  list: null,
  sequence: 'outreach-sequence',
  leavable: true,
  mails: false,
  matchesByStamp: false,
  tellsMeetings: false,
  makesRecords: true,
  unknownSender: 'MAILBOX_UNKNOWN',
};

export type Engaged =
  | 'mailed'
  | 'opened'
  | 'clicked'
  | 'replied'
  | 'bounced'
  | 'unsubscribed'
  | 'meeting-booked'
  | 'finished';

export interface MarketingBench {
  readonly tool: MarketingTool;
  readonly close: () => Promise<void>;
  /** The contact reaches the end: it leaves its sequence. */
  readonly leaveSequence: (recordId: string) => Promise<void>;
  /** The contact does something, or something happens to mail for it. */
  readonly engage: (recordId: string, kind: Engaged) => Promise<void>;
  readonly passDays: (days: number) => void;
  readonly now: () => Instant;
}

export type Open = (contacts: readonly StartingContact[]) => Promise<MarketingBench>;

export function aPerson(email: string, more: Partial<PersonToMatch> = {}): PersonToMatch {
  return { person: `p:${email}`, contactId: `003:${email}`, email, ...more };
}

export function toUpsert(person: PersonToMatch, more: Partial<PersonToUpsert> = {}): PersonToUpsert {
  return { ...person, recordId: null, properties: { health_band: 'healthy' }, ...more };
}

export function aRequest(
  more: Partial<EnrolmentRequest> & Pick<EnrolmentRequest, 'recordId'>,
): EnrolmentRequest {
  return {
    key: `episode/step/${more.recordId}`,
    account: '001000000000001AAA',
    contactId: '003000000000001AAA',
    person: 'p:ada@example.org',
    senderEmail: THE_SENDER,
    since: 0,
    task: null,
    facts: {},
    ...more,
  };
}

export function channelOf(tool: MarketingTool, id: ChannelId): Channel {
  const found = tool.channels.find((channel) => channel.id === id);
  if (found === undefined) throw new Error(`${tool.id} has no channel ${id}`);
  return found;
}

/** Whatever comes in pages, in one. */
export async function allOf<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** A bench with the questions that several tests ask. */
export interface Work extends MarketingBench {
  readonly recordOf: (email: string) => Promise<string>;
  readonly install: () => Promise<void>;
  readonly requestFor: (email: string, more?: Partial<EnrolmentRequest>) => Promise<EnrolmentRequest>;
  /** Everything that these people did at or after `since`. */
  readonly eventsOf: (emails: readonly string[], since?: Instant) => Promise<readonly EngagementEvent[]>;
}

export function startWork(bench: MarketingBench): Work {
  const { tool } = bench;
  const recordOf = async (email: string): Promise<string> => {
    const [reading] = await tool.consent([aPerson(email)]);
    if (reading?.recordId == null) throw new Error('the contact is not known');
    return reading.recordId;
  };
  return {
    ...bench,
    recordOf,
    install: () => tool.createProperties([STAMP_PROPERTY, CARRIED]),
    requestFor: async (email, more = {}) =>
      aRequest({ key: `key:${email}`, person: `p:${email}`, recordId: await recordOf(email), ...more }),
    eventsOf: async (emails, since = 0) => {
      const people = await Promise.all(
        emails.map(async (email) => ({ person: `p:${email}`, recordId: await recordOf(email) })),
      );
      return allOf(tool.engagement({ people, since }));
    },
  };
}
