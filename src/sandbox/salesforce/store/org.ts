import type { SandboxClock } from '../../clock.js';
import type { Schema } from '../schema/schema.js';
import type { Row, Value } from '../schema/types.js';
import type { Access } from './access.js';
import type { Book } from './base-rows.js';
import type { Commits } from './commits.js';
import type { Checkpoint } from './journal.js';
import type { LateCommits } from './late-commits.js';
import type { Quota } from './quota.js';
import type { SessionStore } from './sessions.js';
import type { Table } from './table.js';
import type { WriteCounts } from './write-counts.js';

/** The embedded org: what exists (schema), what it holds (tables), who may see it (access), who is logged in (sessions). */
export interface Org {
  readonly id: string;
  readonly seed: number;
  readonly clock: SandboxClock;
  readonly book: Book;
  readonly schema: Schema;
  /** The rows of an object; made empty on first use. Name in any case. */
  readonly table: (object: string) => Table;
  readonly access: Access;
  readonly sessions: SessionStore;
  readonly users: SystemUsers;
  readonly late: LateCommits;
  readonly quota: Quota;
  readonly options: OrgOptions;
  /** Transactions, as change events tell them. */
  readonly commits: Commits;
  /** Writes that API clients made. */
  readonly writes: WriteCounts;
  /** A place in time to which every table can go back. */
  readonly checkpoint: () => Checkpoint;
  /** A fresh record id of this object. */
  readonly nextId: (object: string) => string;
  /** Now as a change stamp: whole seconds, ISO with ms and Z. */
  readonly stamp: () => string;
  /** Reads a field of a row of this object: stored, else derived (Contact.Name, Case.IsClosed), else its default. */
  readonly reader: (object: string, field: string) => Derivation;
  /** Stores a row as the platform itself does: no checks, stamps set, defaults filled in. Returns its id. */
  readonly plant: (object: string, values: Row) => string;
  /** Numbers an autonumber field: 1, 2, 3 … per object. */
  readonly nextNumber: (object: string) => number;
}

export interface OrgOptions {
  readonly seed: number;
  readonly clock: SandboxClock;
  readonly book: Book;
  /** API requests in 24 hours; default 100,000. */
  readonly dailyApiRequests?: number;
  /** Minutes without a call until a session ends; default 120. */
  readonly sessionMinutes?: number;
  /** Keeps rows created after the org's clock out of sight until it gets there. */
  readonly hideAfterClock?: boolean;
  /** Account and Contact carry the person-account fields. */
  readonly personAccounts?: boolean;
}

/** Works a field out of its row. */
export type Derivation = (row: Row) => Value;

/** The two people of the embedded org. */
export interface SystemUsers {
  readonly admin: string;
  /** The service's own user, with an API-only profile. */
  readonly integration: string;
}
