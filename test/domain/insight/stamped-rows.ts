import fc from 'fast-check';
import { ATTRIBUTES } from '../../../src/domain/facts/attributes.js';
import {
  type Attribute,
  RECORD_KINDS,
  type RecordKind,
  type RecordValue,
} from '../../../src/domain/facts/record.js';
import type { StampedRow } from '../../../src/domain/insight/as-of.js';
import type { StampedSubject } from '../../../src/domain/insight/known-at.js';
import { noon, TODAY } from '../facts/builders.js';

/** The end of this day is as far as anything may be known. */
export const CUT = TODAY - 200;

const TEXTS = [
  'renewal',
  'new',
  'critical',
  'high',
  'sponsor',
  'user',
  'nps',
  'meeting',
  'held',
  'healthy',
  'risk',
  'replied',
];

/** The account's own fields beside the mapped ones: one of them is an outcome. */
export const OWN = [
  { name: 'plan', type: 'text' },
  { name: 'left', type: 'boolean', outcome: true },
] as const;

type Values = Readonly<Record<string, RecordValue>>;

function someValue({ type }: Attribute): fc.Arbitrary<RecordValue> {
  const on = fc.integer({ min: CUT - 150, max: CUT + 150 });
  switch (type) {
    case 'day':
      return fc.option(on, { nil: null, freq: 6 });
    case 'instant':
      return fc.option(on.map(noon), { nil: null, freq: 6 });
    case 'boolean':
      return fc.option(fc.boolean(), { nil: null, freq: 6 });
    case 'number':
    case 'money':
      return fc.option(fc.integer({ min: 0, max: 12 }), { nil: null, freq: 6 });
    default:
      return fc.option(fc.constantFrom(...TEXTS), { nil: null, freq: 6 });
  }
}

function attributesOf(kind: RecordKind): Readonly<Record<string, Attribute>> {
  const own = { type: 'text', class: 'mutable', label: '' } as const;
  const mapped: Readonly<Record<string, Attribute>> = ATTRIBUTES[kind];
  if (kind !== 'account') return mapped;
  return { ...mapped, 'custom.plan': own, 'custom.left': { ...own, class: 'outcome', type: 'boolean' } };
}

function someValues(kind: RecordKind): fc.Arbitrary<Values> {
  return fc.record(
    Object.fromEntries(Object.entries(attributesOf(kind)).map(([name, of]) => [name, someValue(of)])),
  );
}

const stampDay = fc.integer({ min: CUT - 40, max: CUT + 40 });

/** A row as it is now, another content that it might have had, and another stamp. */
export interface TwoFaced {
  readonly kind: RecordKind;
  readonly row: StampedRow;
  readonly other: Values;
  readonly otherStamp: number;
  /** Whether it is taken away where it came later. */
  readonly gone: boolean;
}

function twoFaced(kind: RecordKind): fc.Arbitrary<TwoFaced> {
  return fc
    .record({
      id: fc.uuid(),
      values: someValues(kind),
      other: someValues(kind),
      stamp: stampDay,
      otherStamp: fc.integer({ min: CUT + 1, max: CUT + 60 }),
      gone: fc.boolean(),
    })
    .map(({ id, values, other, stamp, otherStamp, gone }) => ({
      kind,
      row: { id, accountId: 'A', values: placed(kind, values), stamp: noon(stamp) },
      other,
      otherStamp: noon(otherStamp),
      gone,
    }));
}

/** What a row can't be without in any CRM. */
const NEVER_EMPTY: Partial<Readonly<Record<RecordKind, string>>> = { opportunity: 'closeOn' };

function placed(kind: RecordKind, values: Values): Values {
  const name = NEVER_EMPTY[kind];
  return name === undefined || typeof values[name] === 'number' ? values : { ...values, [name]: CUT - 10 };
}

const KINDS = RECORD_KINDS.filter((kind) => kind !== 'account');

export const someAccount: fc.Arbitrary<readonly TwoFaced[]> = fc
  .tuple(twoFaced('account'), ...KINDS.map((kind) => fc.array(twoFaced(kind), { maxLength: 3 })))
  .map(([account, ...rows]) => [account, ...rows.flat()]);

export function subjectOf(rows: readonly Pick<TwoFaced, 'kind' | 'row'>[]): StampedSubject {
  const [account] = rows;
  if (account === undefined) throw new Error('an account comes first');
  const of = (kind: RecordKind) =>
    rows
      .slice(1)
      .filter((one) => one.kind === kind)
      .map(({ row }) => row);
  return { account: account.row, rows: Object.fromEntries(KINDS.map((kind) => [kind, of(kind)])) };
}

const BORN: Partial<Readonly<Record<RecordKind, string>>> = {
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

function dayOf(kind: RecordKind, name: string, value: RecordValue | undefined): number | null {
  if (typeof value !== 'number') return null;
  const type = attributesOf(kind)[name]?.type;
  return type === 'instant' ? Math.floor(value / 86_400_000) : type === 'day' ? value : null;
}

function later(kind: RecordKind, name: string, value: RecordValue | undefined): boolean {
  return (dayOf(kind, name, value) ?? CUT) > CUT;
}

/**
 * The same past with another future: rows that came later are others or gone, what was written later says something
 * else, and dates that lay ahead lie elsewhere ahead.
 */
export function withAnotherFuture(rows: readonly TwoFaced[]): readonly TwoFaced[] {
  return rows.flatMap((one): readonly TwoFaced[] => {
    const { kind, row, other, otherStamp, gone } = one;
    const birth = BORN[kind] ?? '';
    if (later(kind, birth, row.values[birth])) {
      if (gone && kind !== 'account') return [];
      const values = placed(kind, { ...other, [birth]: row.values[birth] ?? null });
      return [{ ...one, row: { ...row, values } }];
    }
    const isLater = Math.floor(row.stamp / 86_400_000) > CUT;
    const values = Object.keys(row.values).map((name) => [name, futureOf(one, name, isLater)] as const);
    const stamp = isLater ? otherStamp : row.stamp;
    return [{ ...one, row: { ...row, values: Object.fromEntries(values), stamp } }];
  });
}

const ENDS = { opportunity: 'closeOn', case: 'closedAt', task: 'closedOn' } as const;

/** An export may be stamped at the cut-off and tell of later days all the same. */
function tellsTheFuture({ kind, row }: TwoFaced): boolean {
  const end = (ENDS as Partial<Record<RecordKind, string>>)[kind];
  if (end === undefined || !later(kind, end, row.values[end])) return false;
  return kind !== 'opportunity' || row.values.closed === true;
}

function futureOf(one: TwoFaced, name: string, isLater: boolean): RecordValue {
  const { kind, row, other } = one;
  const [own, another] = [row.values[name] ?? null, other[name] ?? null];
  const of = attributesOf(kind)[name]?.class;
  if (of === 'outcome') return another;
  if (of === 'mutable') {
    const kept = kind === 'opportunity' && name === 'closed' && !isLater;
    const ahead = !['renewalOn', 'dueOn', 'expiresOn'].includes(name) && later(kind, name, own);
    if (ahead && !isLater) return later(kind, name, another) ? another : own;
    return (isLater || tellsTheFuture(one)) && !kept ? another : own;
  }
  if (!later(kind, name, own)) return own;
  return later(kind, name, another) ? another : own;
}
