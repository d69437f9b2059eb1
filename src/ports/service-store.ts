import type { Instant } from '../domain/day.js';

/** What a token or a person may do. `write` includes `read`, `admin` both; `usage` is only for sending usage in. */
export const SCOPES = ['read', 'write', 'admin', 'usage'] as const;
export type Scope = (typeof SCOPES)[number];

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  /** SHA-256 of the token, hex: the token itself is shown once and kept nowhere. */
  readonly hash: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

export interface ConsoleUser {
  readonly name: string;
  /** scrypt, salted: `scrypt$N$r$p$salt$hash`. */
  readonly password: string;
  readonly scope: Exclude<Scope, 'usage'>;
  readonly createdAt: Instant;
}

export interface ConsoleSession {
  /** SHA-256 of the cookie's value. */
  readonly hash: string;
  readonly user: string;
  readonly csrf: string;
  readonly startedAt: Instant;
  /** Moved on while it is used, but never past its longest life. */
  readonly expiresAt: Instant;
}

/** A change that a person or a token made. Never holds an address or a secret. */
export interface AuditEntry {
  readonly at: Instant;
  /** `user:name`, `token:id` or `cli:name`. */
  readonly who: string;
  /** A verb and a noun: `approve plan`, `pause playbook`. */
  readonly what: string;
  /** Id of the thing. */
  readonly subject: string;
  readonly particulars: Readonly<Record<string, string | number | boolean | null>>;
  readonly trace: string;
}

/** An entry with its place: the later, the larger. */
export interface KeptAudit extends AuditEntry {
  readonly position: number;
}

/** One usage reading that somebody sent in; the same source and id is the same reading, sent again or corrected. */
export interface UsageReading {
  /** Who sent it, without a colon: ids of two sources never meet. */
  readonly source: string;
  readonly id: string;
  /** Hash of account and values: tells a repeat from a correction. */
  readonly content: string;
  /** 18-character account id. */
  readonly account: string;
  /** Attributes of a usage row in our words, as `ATTRIBUTES.usage` types them; a day is its number. */
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
  readonly receivedAt: Instant;
}

/** The inbox of usage readings as a run sees it. */
export type UsageReadings = Pick<ServiceStore['usage'], 'waiting' | 'taken' | 'count'>;

/**
 * What the front of the service keeps, apart from the state of runs, so that neither waits for the other.
 * Each method is one short transaction. Throws only `IntegrationError`.
 */
export interface ServiceStore {
  readonly tokens: {
    readonly save: (token: ApiToken) => Promise<void>;
    readonly byHash: (hash: string) => Promise<ApiToken | null>;
    readonly list: () => Promise<readonly ApiToken[]>;
    readonly used: (id: string, at: Instant) => Promise<void>;
    /** False when there is none, or it was revoked already. */
    readonly revoke: (id: string, at: Instant) => Promise<boolean>;
  };
  readonly users: {
    readonly save: (user: ConsoleUser) => Promise<void>;
    readonly get: (name: string) => Promise<ConsoleUser | null>;
    readonly list: () => Promise<readonly ConsoleUser[]>;
    /** Ends the sessions of the user, too. */
    readonly remove: (name: string) => Promise<boolean>;
  };
  readonly sessions: {
    readonly save: (session: ConsoleSession) => Promise<void>;
    /** Null when it is not there, or over by `now`. */
    readonly get: (hash: string, now: Instant) => Promise<ConsoleSession | null>;
    readonly end: (hash: string) => Promise<void>;
    /** All of a user: after a password change. */
    readonly endAll: (user: string) => Promise<void>;
    readonly prune: (now: Instant) => Promise<number>;
  };
  readonly audit: {
    readonly add: (entry: AuditEntry) => Promise<void>;
    /** Newest first; those before the place `before`, or from the newest on when it is null. */
    readonly list: (limit: number, before: number | null) => Promise<readonly KeptAudit[]>;
    readonly prune: (before: Instant) => Promise<number>;
  };
  readonly usage: {
    /**
     * All in one transaction; durable once it resolves. What each was, in their order: `new`, `corrected` (known
     * with other content: it replaces what was sent before, and waits again) or `known` (nothing is done).
     */
    readonly add: (readings: readonly UsageReading[]) => Promise<readonly ('new' | 'corrected' | 'known')[]>;
    /** The oldest that nobody took yet, in the order in which they came. */
    readonly waiting: (limit: number) => Promise<readonly UsageReading[]>;
    /**
     * Lets go of the values of what was stored elsewhere; id and content stay known, so that a repeat is no new
     * reading. One that was corrected meanwhile (other content) still waits.
     */
    readonly taken: (readings: readonly Pick<UsageReading, 'source' | 'id' | 'content'>[]) => Promise<void>;
    /** How many wait. */
    readonly count: () => Promise<number>;
    /** Forgets the ids of taken readings that were received before. Never touches one that waits. Returns how many. */
    readonly prune: (before: Instant) => Promise<number>;
  };
  /** Webhook deliveries that came already: false = seen before. */
  readonly deliveries: {
    readonly first: (source: string, id: string, at: Instant) => Promise<boolean>;
    readonly prune: (before: Instant) => Promise<number>;
  };
  readonly close: () => Promise<void>;
}
