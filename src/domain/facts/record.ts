/** The kinds of rows that are read from the CRM. Which object holds each is said in mappings/. */
export const MAPPED_KINDS = [
  'account',
  'opportunity',
  'case',
  'contact',
  'usage',
  'survey',
  'activity',
  'request',
  'pulse',
] as const;
export type MappedKind = (typeof MAPPED_KINDS)[number];

/** Those that are read from an object of ours: mapped by itself, and empty while the object is not there. */
export const OWN_KINDS = ['pulse'] as const satisfies readonly MappedKind[];
export type OwnKind = (typeof OWN_KINDS)[number];

export function isOwnKind(kind: RecordKind): kind is OwnKind {
  return OWN_KINDS.some((own) => own === kind);
}

/** The kinds of rows that come of what we did ourselves: what people answered, and work that we opened. */
export const OBSERVED_KINDS = ['engagement', 'task'] as const;
export type ObservedKind = (typeof OBSERVED_KINDS)[number];

/** The kinds of rows that facts are derived from. */
export const RECORD_KINDS = [...MAPPED_KINDS, ...OBSERVED_KINDS] as const;
export type RecordKind = MappedKind | ObservedKind;

/**
 * The type an attribute has on our side. `day` is a local calendar day, `instant` a moment,
 * `money` an amount in the row's own currency, `id` an 18-character record id.
 */
export type AttributeType = 'text' | 'number' | 'money' | 'boolean' | 'day' | 'instant' | 'id';

/**
 * When an attribute can be trusted for a past day: `immutable` never changes after creation,
 * `dated` carries its own date, `mutable` may have been overwritten since, `outcome` is what a
 * score tries to predict and therefore must never feed one.
 */
export type AttributeClass = 'immutable' | 'dated' | 'mutable' | 'outcome';

export interface Attribute {
  readonly type: AttributeType;
  readonly class: AttributeClass;
  /** In plain words, for messages and generated documentation. */
  readonly label: string;
  /** True for attributes without which rows of the kind cannot be placed or counted at all. */
  readonly required?: true;
}

/** A value as converted from the CRM: day and instant are numbers; null = empty or unknown. */
export type RecordValue = string | number | boolean | null;

/** One CRM row in our words: only mapped attributes are present; absent = not mapped. */
export interface CrmRow {
  readonly id: string;
  /** The account it belongs to; for an account row its own id; null for an orphan. */
  readonly accountId: string | null;
  readonly values: Readonly<Record<string, RecordValue>>;
}
