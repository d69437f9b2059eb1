import type { Instant } from '../domain/day.js';
import type { Refusal } from './errors.js';

/** A value as the CRM holds it: dates `YYYY-MM-DD`, datetimes ISO 8601 with `Z`, numbers and booleans typed. */
export type CrmValue = string | number | boolean | null;

export interface OrgProfile {
  /** 18-character organisation id. */
  readonly id: string;
  readonly name: string;
  /** IANA zone in which all days are counted. */
  readonly timeZone: string;
  /** ISO 4217 corporate currency. */
  readonly currency: string;
  readonly multiCurrency: boolean;
  /** False for sandboxes, scratch and developer orgs and the embedded one. */
  readonly production: boolean;
}

export interface FieldDescription {
  readonly name: string;
  readonly label: string;
  /** Describe's own type name: `string`, `picklist`, `currency`, `reference`, `datetime` … */
  readonly type: string;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly custom: boolean;
  readonly nillable: boolean;
  readonly calculated: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly unique: boolean;
  readonly externalId: boolean;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly restrictedPicklist: boolean;
  readonly picklistValues: readonly string[];
}

export interface ObjectDescription {
  readonly name: string;
  readonly label: string;
  readonly keyPrefix: string | null;
  readonly custom: boolean;
  readonly queryable: boolean;
  readonly updateable: boolean;
  readonly fields: readonly FieldDescription[];
}

export interface ObjectSummary {
  readonly name: string;
  readonly label: string;
  readonly custom: boolean;
  readonly queryable: boolean;
}

export interface CrmRecord {
  /** 18 characters. */
  readonly id: string;
  readonly stamp: Instant;
  readonly deleted: boolean;
  /** The surviving record when this one lost a merge. */
  readonly mergedInto: string | null;
  /** Every requested field, parent paths under their dotted name; all null on a deleted record that no longer shows them. */
  readonly values: Readonly<Record<string, CrmValue>>;
}

export interface PullRequest {
  readonly object: string;
  readonly fields: readonly string[];
  readonly stampField: string;
  readonly where: string | null;
  /** Null = everything that is not deleted; otherwise rows stamped at or after it, deleted ones included. */
  readonly since: Instant | null;
  /** About how many rows are expected, from `counts`; decides between pages and a bulk job. */
  readonly expectedRows: number | null;
  /** Where an interrupted pull stopped, as a page said it; null = from the start. */
  readonly resume: string | null;
}

export interface RecordPage {
  readonly records: readonly CrmRecord[];
  /** Opaque; handing it back continues after this page. Null after the last page. */
  readonly resume: string | null;
  /** The server's own time when it answered the first request of this pull. */
  readonly serverTime: Instant;
  readonly done: boolean;
}

export interface RecordChange {
  readonly id: string;
  /** Field -> new value; null clears. */
  readonly values: Readonly<Record<string, CrmValue>>;
}

export type WriteOutcome =
  | { readonly id: string; readonly ok: true }
  | { readonly id: string; readonly ok: false; readonly refusal: Refusal };

export interface RecordToCreate {
  /** Ours, unique in the call: outcomes are told by it. */
  readonly key: string;
  readonly values: Readonly<Record<string, CrmValue>>;
}

/** `unclear` = no answer came: it may or may not exist. Look before it is repeated. */
export type CreateOutcome =
  | { readonly key: string; readonly outcome: 'created'; readonly id: string }
  | { readonly key: string; readonly outcome: 'unclear' }
  | { readonly key: string; readonly outcome: 'refused'; readonly refusal: Refusal };

/** All of these must hold. A list is asked in as many requests as the CRM's limits need. */
export type Criterion =
  | { readonly field: string; readonly in: readonly string[] }
  | { readonly field: string; readonly atLeast: CrmValue }
  | { readonly field: string; readonly below: CrmValue }
  | { readonly field: string; readonly is: boolean };

/** A record known by a key of ours, with what it should hold. `Parent__r.Key__c` names another record by its key. */
export interface RecordToUpsert {
  /** Unique in the call: outcomes are told by it. */
  readonly key: string;
  readonly values: Readonly<Record<string, CrmValue>>;
}

export type UpsertOutcome =
  | { readonly key: string; readonly ok: true }
  | { readonly key: string; readonly ok: false; readonly refusal: Refusal };

export interface WriteForecast {
  readonly mode: 'none' | 'collections' | 'bulk';
  /** API requests, job polls apart. */
  readonly calls: number;
  /** In words, for the plan. */
  readonly why: string;
}

export interface ApiUsage {
  /** Requests of the whole org in the last 24 hours and its allowance, as the last answer said; null before any. */
  readonly org: { readonly used: number; readonly allowed: number } | null;
  /** Requests that this process sent, by kind; `poll` apart from the rest. */
  readonly calls: Readonly<Record<string, number>>;
}

/** Told of a job of the CRM's own before it changes anything, so that whoever comes after a kill can end it. */
export type JobBegan = (job: string) => Promise<void>;

/** Reading and writing a CRM. Every method throws only `IntegrationError`. */
export interface Crm {
  readonly org: () => Promise<OrgProfile>;
  readonly objects: () => Promise<readonly ObjectSummary[]>;
  /** In the order asked; an object that is not visible is absent from the answer. */
  readonly describe: (objects: readonly string[]) => Promise<readonly ObjectDescription[]>;
  /** Approximate rows per object; objects that can't be counted are absent. One request. */
  readonly counts: (objects: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Pages in no promised order. Each row once per page sequence, except after a resume. */
  readonly pull: (request: PullRequest) => AsyncIterable<RecordPage>;
  /** Some rows, for `init`'s sample. At most 200. */
  readonly sample: (
    object: string,
    fields: readonly string[],
    limit: number,
  ) => Promise<readonly CrmRecord[]>;
  /** Ids of all rows that exist now, in pages: for reconciliation. */
  readonly ids: (object: string, where: string | null) => AsyncIterable<readonly string[]>;
  /** Current values of some records; missing ones are absent. */
  readonly fetch: (
    object: string,
    ids: readonly string[],
    fields: readonly string[],
  ) => Promise<readonly CrmRecord[]>;
  readonly forecastWrite: (rows: number) => WriteForecast;
  /** Updates, never all-or-nothing: exactly one outcome per change, in no promised order. */
  readonly write: (
    object: string,
    changes: readonly RecordChange[],
    began?: JobBegan,
  ) => AsyncIterable<readonly WriteOutcome[]>;
  /**
   * Inserts, never all-or-nothing and never repeated by itself: exactly one outcome per record, in order.
   * No assignment rule runs and nobody is notified beyond what the org's own automation does.
   */
  readonly create: (object: string, records: readonly RecordToCreate[]) => Promise<readonly CreateOutcome[]>;
  /**
   * Makes each record, or updates the one that has the key: never all-or-nothing, and the same again if it is sent
   * twice. Exactly one outcome per record, in no promised order.
   */
  readonly upsert: (
    object: string,
    keyField: string,
    records: readonly RecordToUpsert[],
    began?: JobBegan,
  ) => AsyncIterable<readonly UpsertOutcome[]>;
  /** Resolves once a job that was told by `began` can change nothing any more: it is waited for, or aborted where it never ran. */
  readonly endJob: (job: string) => Promise<void>;
  /** Deletes by id; one outcome per id. A record that is gone already is `ok`. */
  readonly remove: (object: string, ids: readonly string[]) => Promise<readonly WriteOutcome[]>;
  /** Living records that meet all criteria, at most one `in` list of any length; in no promised order. */
  readonly select: (
    object: string,
    fields: readonly string[],
    criteria: readonly Criterion[],
  ) => Promise<readonly CrmRecord[]>;
  readonly usage: () => ApiUsage;
}
