import type { Day, DayOf, Instant } from '../day.js';
import { ATTRIBUTES } from '../facts/attributes.js';
import type { Attribute, CrmRow, RecordKind, RecordValue } from '../facts/record.js';

/** A row with the moment at which it was last written; what it said before then is lost. */
export interface StampedRow extends CrmRow {
  readonly stamp: Instant;
}

/** The end of this local day is as far as is looked. */
export interface Cut {
  readonly day: Day;
  readonly dayOf: DayOf;
}

/** Where a row stood at the cut-off; `any` = that itself is not known. */
export type Standing = 'open' | 'closed' | 'past' | 'any';

/** A row as it was known at the end of a day. */
export interface RowAsOf {
  readonly row: CrmRow;
  readonly standing: Standing;
  /** Attributes that have been written over since, so that nobody knows what they said. */
  readonly lost: readonly string[];
}

/** The attribute that says since when there is a row at all. */
const BORN: Readonly<Record<RecordKind, string>> = {
  account: 'createdAt',
  opportunity: 'createdAt',
  case: 'openedAt',
  contact: 'createdAt',
  usage: 'on',
  survey: 'answeredOn',
  activity: 'on',
  request: 'receivedAt',
  pulse: 'setAt',
  engagement: 'on',
  task: 'openedOn',
};

/** Cases that were closed longer ago are in no window of days. */
const WINDOW = 90;

/**
 * The row as it was known at the end of the day; null = it was not there yet. Immutable attributes are kept, dated
 * ones where they do not lie after that day, mutable ones where the row has not been written since; outcomes never.
 * What follows from a date is told: a case closed later was open.
 */
export function rowAsOf(row: StampedRow, kind: RecordKind, cut: Cut): RowAsOf | null {
  const born = dayIn(row, kind, BORN[kind], cut);
  if (born !== null && born > cut.day) return null;
  const seen = wasSeen(row, kind, cut);
  const values: Record<string, RecordValue> = {};
  const lost = new Set<string>();
  for (const name of Object.keys(row.values)) {
    const known = valueAsOf(row, { kind, name, seen }, cut);
    values[name] = known === LOST ? null : known;
    if (known === LOST) lost.add(name);
  }
  const there = seen || born !== null || kind === 'account';
  const standing = there ? follow({ row, kind, cut, seen }, values, lost) : 'any';
  return { row: { id: row.id, accountId: row.accountId, values }, standing, lost: [...lost] };
}

/** A row that tells of later days was written later, whatever its stamp says. */
function wasSeen(row: StampedRow, kind: RecordKind, cut: Cut): boolean {
  if (cut.dayOf(row.stamp) > cut.day) return false;
  const end = endOf(row, kind, cut);
  return end === null || end <= cut.day || (kind === 'opportunity' && row.values.closed !== true);
}

const LOST = Symbol('written over since');

/** Days that lie ahead when they are written. Any other that does was written later: formulas do not move the stamp. */
const PLANS: readonly string[] = ['renewalOn', 'dueOn', 'expiresOn'];

interface Asked {
  readonly kind: RecordKind;
  readonly name: string;
  readonly seen: boolean;
}

function valueAsOf(row: CrmRow, { kind, name, seen }: Asked, cut: Cut): RecordValue | typeof LOST {
  const { class: of } = attributeOf(kind, name);
  if (of === 'outcome') return null;
  const day = dayIn(row, kind, name, cut);
  if (of === 'mutable') {
    const later = day !== null && day > cut.day && !PLANS.includes(name);
    return seen && !later ? (row.values[name] ?? null) : LOST;
  }
  return day !== null && day > cut.day ? null : (row.values[name] ?? null);
}

const OF_THE_ORG: Pick<Attribute, 'type' | 'class'> = { type: 'text', class: 'mutable' };

/** Fields of the org's own may be written over at any time. */
function attributeOf(kind: RecordKind, name: string): Pick<Attribute, 'type' | 'class'> {
  const attributes: Readonly<Record<string, Attribute>> = ATTRIBUTES[kind];
  return attributes[name] ?? OF_THE_ORG;
}

function dayIn(row: CrmRow, kind: RecordKind, name: string, { dayOf }: Cut): Day | null {
  const value = row.values[name];
  if (typeof value !== 'number') return null;
  const { type } = attributeOf(kind, name);
  return type === 'instant' ? dayOf(value) : type === 'day' ? value : null;
}

/** The day on which a row came to its end, or is meant to; null = none is known. */
const END: Partial<Readonly<Record<RecordKind, string>>> = {
  opportunity: 'closeOn',
  case: 'closedAt',
  task: 'closedOn',
};

function endOf(row: CrmRow, kind: RecordKind, cut: Cut): Day | null {
  const name = END[kind];
  return name === undefined ? null : dayIn(row, kind, name, cut);
}

interface Row {
  readonly row: StampedRow;
  readonly kind: RecordKind;
  readonly cut: Cut;
  readonly seen: boolean;
}

/** What a date says of the flags beside it, filled in; and where the row stood. */
function follow(of: Row, values: Record<string, RecordValue>, lost: Set<string>): Standing {
  const tell = (name: string, value: boolean): void => {
    if (!(name in values)) return;
    values[name] = value;
    lost.delete(name);
  };
  if (of.kind === 'opportunity') return followDeal(of, values, tell);
  if (of.kind === 'case' || of.kind === 'task') return followWork(of, values, tell);
  if (of.kind === 'contact' && 'bouncedAt' in values && !of.seen)
    tell('bounced', typeof values.bouncedAt === 'number');
  return 'any';
}

type Tell = (name: string, value: boolean) => void;

/** A deal that closes later was neither closed nor won; of one that was due by then, only an unwritten row tells. */
function followDeal(
  { row, kind, cut, seen }: Row,
  values: Record<string, RecordValue>,
  tell: Tell,
): Standing {
  const closeOn = endOf(row, kind, cut);
  if (closeOn !== null && closeOn > cut.day) {
    tell('closed', false);
    tell('won', false);
    return 'open';
  }
  if (!seen || typeof values.closed !== 'boolean') return 'any';
  return values.closed ? 'closed' : 'open';
}

function followWork(
  { row, kind, cut, seen }: Row,
  values: Record<string, RecordValue>,
  tell: Tell,
): Standing {
  const end = endOf(row, kind, cut);
  if (end !== null) tell('closed', end <= cut.day);
  else if (!seen && (END[kind] ?? '') in values) tell('closed', false);
  if (end !== null && end <= cut.day) return end > cut.day - WINDOW ? 'closed' : 'past';
  if (values.closed === true) return 'past';
  return end !== null || values.closed === false ? 'open' : 'any';
}
