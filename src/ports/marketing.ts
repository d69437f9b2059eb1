import type { Instant } from '../domain/day.js';
import type { Refusal } from './errors.js';

/** A person to be found in the marketing tool. Never logged. */
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

export interface EnrolmentRequest {
  readonly person: string;
  readonly recordId: string;
  /** Who the message comes from; used by sequence channels. */
  readonly senderEmail: string;
}

/**
 * `already` = is a member, or was enrolled in the sequence within the last SEQUENCE_REST_DAYS: nothing was
 * started. `unclear` = no answer; read back before repeating.
 */
export type EnrolmentOutcome =
  | { readonly person: string; readonly outcome: 'enrolled' | 'already' | 'unclear' }
  | { readonly person: string; readonly outcome: 'refused'; readonly refusal: Refusal };

/** Days in which nobody is sent through the same sequence again, even when they have left it. */
export const SEQUENCE_REST_DAYS = 30;

/** One way of starting messages in the tool: a static list or a sequence. */
export interface MarketingChannel {
  /** True when the named list or sequence exists (lists are made by `prepare`). */
  readonly exists: (target: string) => Promise<boolean>;
  readonly prepare: (target: string) => Promise<void>;
  /** One outcome per request. Never throws for a single person; throws when the whole call failed before it was sent. */
  readonly enrol: (
    target: string,
    requests: readonly EnrolmentRequest[],
  ) => Promise<readonly EnrolmentOutcome[]>;
  /**
   * Which of these records are in the target, or went through it as their latest sequence and have left:
   * for read-back after an unclear answer.
   */
  readonly enrolled: (target: string, recordIds: readonly string[]) => Promise<ReadonlySet<string>>;
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

export interface MarketingTool {
  /** Who we are logged in as: a sentence for `doctor`. Throws when credentials don't work. */
  readonly identity: () => Promise<{ readonly account: string; readonly production: boolean }>;
  readonly missingProperties: (
    properties: readonly PropertyToCreate[],
  ) => Promise<readonly PropertyToCreate[]>;
  readonly createProperties: (properties: readonly PropertyToCreate[]) => Promise<void>;
  /** One reading per person, in pages of the tool's own batch size. */
  readonly consent: (persons: readonly PersonToMatch[]) => Promise<readonly ConsentReading[]>;
  readonly upsert: (persons: readonly PersonToUpsert[]) => Promise<readonly UpsertOutcome[]>;
  readonly list: MarketingChannel;
  readonly sequence: MarketingChannel;
  /** Requests sent, by kind. */
  readonly calls: () => Readonly<Record<string, number>>;
}
