import type { Day, Instant } from '../domain/day.js';
import type { ChannelId, ToolId, Touches } from '../domain/engagement/channel.js';
import type { TaskWords } from '../domain/engagement/playbook.js';
import type { Refusal } from './errors.js';

/** A person to be found in a marketing tool. Never logged. */
export interface PersonToMatch {
  /** Our key for the person: keyed hash of the normalised address. */
  readonly person: string;
  /** 18-character Salesforce contact id that stamps the contact. */
  readonly contactId: string;
  readonly email: string;
}

/** What the tool knows about whether a person may be mailed. `null` = could not be read. */
export interface ConsentReading {
  readonly person: string;
  /** The tool's own id, or null when the tool does not know the person. */
  readonly recordId: string | null;
  readonly optedOut: boolean | null;
  readonly bounced: boolean | null;
  /** In a sequence of the tool now, whoever enrolled them. */
  readonly inSequence: boolean | null;
  /** False = the tool sends marketing mail to marketing contacts only, and this is none; null = it does not say. */
  readonly marketable: boolean | null;
  /** When the tool last sent the person a marketing mail, whoever asked for it; null = never, or not told. */
  readonly lastMailedAt: Instant | null;
  /** More than one record matches: a question, not a guess. */
  readonly ambiguous: boolean;
  readonly readAt: Instant;
}

export interface PersonToUpsert extends PersonToMatch {
  readonly recordId: string | null;
  readonly properties: Readonly<Record<string, string>>;
}

export type UpsertOutcome =
  | { readonly person: string; readonly ok: true; readonly recordId: string; readonly created: boolean }
  | { readonly person: string; readonly ok: false; readonly refusal: Refusal };

/** One step for one person, or (a task) for an account. */
export interface EnrolmentRequest {
  /** `episode/step/person`: ours, unique for ever; outcomes are told by it. */
  readonly key: string;
  /** Salesforce account id, 18 characters. */
  readonly account: string;
  /** Salesforce contact id, or null where the step is about the account as a whole. */
  readonly contactId: string | null;
  /** Our key for the person; null where the step is about the account as a whole. */
  readonly person: string | null;
  /** The tool's own id of the person; the contact id in channels without people of their own; empty for an account. */
  readonly recordId: string;
  /** Who the message comes from; used by sequence channels. */
  readonly senderEmail: string;
  /** Local day on which the intention was first written down: a look-up need not go further back. */
  readonly since: Day;
  /** What a task says; null for every other channel. */
  readonly task: TaskToOpen | null;
  /** What the receiver of a webhook is told beside the ids: facts, never an address or a name. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

export interface TaskToOpen {
  /** Complete, at most 255 characters, unique for account and contact. */
  readonly subject: string;
  readonly description: string;
  readonly kind: TaskWords['kind'];
  readonly priority: TaskWords['priority'];
  /** Salesforce user id, 18 characters. */
  readonly ownerId: string;
  readonly dueOn: Day;
}

/**
 * `already` = is a member, or was enrolled in the sequence within the last SEQUENCE_REST_DAYS, or the
 * same task stands: nothing was started. `unclear` = no answer; read back before repeating. `made` =
 * id of what came to be (a task, a membership), where the channel makes a record of its own.
 */
export type EnrolmentOutcome =
  | {
      readonly key: string;
      readonly outcome: 'enrolled' | 'already' | 'unclear';
      readonly made: string | null;
    }
  | { readonly key: string; readonly outcome: 'refused'; readonly refusal: Refusal };

/** `absent` = was not in it any more. `cannot` = the vendor has no way. */
export type LeaveOutcome =
  | { readonly key: string; readonly outcome: 'left' | 'absent' | 'cannot' | 'unclear' }
  | { readonly key: string; readonly outcome: 'refused'; readonly refusal: Refusal };

/** Days in which nobody is sent through the same sequence again, even when they have left it. */
export const SEQUENCE_REST_DAYS = 30;

/** One way of acting. Throws only IntegrationError, and only when a whole call failed before anything was done. */
export interface Channel {
  readonly id: ChannelId;
  /** True when the named target exists. Channels whose targets need not exist say true. */
  readonly exists: (target: string) => Promise<boolean>;
  /** Makes the target where the channel can; throws a Config error where it must exist and does not. */
  readonly prepare: (target: string) => Promise<void>;
  /** One outcome per request, in the least number of calls. Never throws for a single one. */
  readonly enrol: (
    target: string,
    requests: readonly EnrolmentRequest[],
  ) => Promise<readonly EnrolmentOutcome[]>;
  /**
   * Keys of these requests that are in the target, or went through it as their latest and have left, each
   * with the id of what was made or '' : for read-back after an unclear answer.
   */
  readonly enrolled: (
    target: string,
    requests: readonly EnrolmentRequest[],
  ) => Promise<ReadonlyMap<string, string>>;
  /** Takes people out again. One outcome per request; a channel that is not leavable answers `cannot`. */
  readonly leave: (target: string, requests: readonly EnrolmentRequest[]) => Promise<readonly LeaveOutcome[]>;
  /** Automated touches that joining the target means, where the tool can tell; null = it can't. */
  readonly touches: (target: string) => Promise<Touches | null>;
  /** Enrolments that the vendor still takes from this sender today; null = no such limit. */
  readonly room: (senderEmail: string) => Promise<number | null>;
  /** Requests that enrolling `persons` people costs. */
  readonly forecastCalls: (persons: number) => number;
}

export interface PropertyToCreate {
  readonly object: 'contacts' | 'companies';
  readonly name: string;
  readonly label: string;
  readonly type: 'string' | 'number' | 'date' | 'bool';
  readonly unique: boolean;
}

export const EVENT_KINDS = [
  'sent',
  'opened',
  'clicked',
  'replied',
  'meeting-booked',
  'bounced',
  'unsubscribed',
  'responded',
  'finished',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Something that a person did, or that happened to a message. The same event has the same id however often it is read. */
export interface EngagementEvent {
  readonly id: string;
  /** Our key for the person, as asked with. */
  readonly person: string;
  readonly kind: EventKind;
  readonly at: Instant;
  readonly channel: ChannelId | null;
  /** List, sequence or campaign by name; null when the tool does not say. */
  readonly target: string | null;
}

export interface EngagementReading {
  /** People whom we enrolled, by the tool's own ids. */
  readonly people: readonly { readonly person: string; readonly recordId: string }[];
  /** Events at or after it. */
  readonly since: Instant;
}

/** `absent` = the tool does not know them. `cannot` = our access does not reach so far: somebody does it by hand. */
export type ErasureOutcome = 'erased' | 'absent' | 'cannot' | 'would be erased';

/** A marketing tool with people of its own. */
export interface MarketingTool {
  readonly id: ToolId;
  /** Who we are logged in as: a sentence for `doctor`. Throws when credentials don't work. */
  readonly identity: () => Promise<{ readonly account: string; readonly production: boolean }>;
  readonly missingProperties: (
    properties: readonly PropertyToCreate[],
  ) => Promise<readonly PropertyToCreate[]>;
  readonly createProperties: (properties: readonly PropertyToCreate[]) => Promise<void>;
  /** One reading per person, in pages of the tool's own batch size. */
  readonly consent: (persons: readonly PersonToMatch[]) => Promise<readonly ConsentReading[]>;
  readonly upsert: (persons: readonly PersonToUpsert[]) => Promise<readonly UpsertOutcome[]>;
  /** Deletes somebody for good, with what hangs on them, as privacy law asks for. */
  readonly erase: (person: PersonToMatch) => Promise<ErasureOutcome>;
  /** What people did, in pages; an event is told again as long as it lies after `since`. */
  readonly engagement: (reading: EngagementReading) => AsyncIterable<readonly EngagementEvent[]>;
  readonly channels: readonly Channel[];
  /** Requests sent, by kind. */
  readonly calls: () => Readonly<Record<string, number>>;
}
