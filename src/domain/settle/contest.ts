import type { Day } from '../day.js';
import { sameValue } from './difference.js';
import type { WrittenValue } from './written.js';

/** A field of ours that held something else than was last known of it: somebody or something changed it. */
export interface Rewrite {
  readonly record: string;
  readonly field: string;
  readonly wrote: WrittenValue;
  readonly holds: WrittenValue;
}

/** What is remembered of a field on one record, or on many at once, that others change. */
export interface Quarrel {
  /** How often in a row what we wrote was changed. */
  readonly times: number;
  /** Day of the last change by others. */
  readonly day: Day;
  /** True when we have written it again since. */
  readonly answered: boolean;
  /** What we had written, and what it holds now; of many records those of the first. */
  readonly wrote: WrittenValue;
  readonly holds: WrittenValue;
  /** Records on which it was seen at once. */
  readonly records: number;
  /** One of them. */
  readonly record: string;
}

/** Quarrels by record and field, and by field where it happens all over the book. */
export interface Quarrels {
  readonly records: Readonly<Record<string, Readonly<Record<string, Quarrel>>>>;
  readonly fields: Readonly<Record<string, Quarrel>>;
}

export const NO_QUARRELS: Quarrels = { records: {}, fields: {} };

/** From so many records on at once it is about the field, not about the records. */
export const EVERYWHERE = 200;
/** Rewritten so often in a row, a field is contested. */
const CONTESTED = 2;
/** What stood for so many days is no quarrel any more. */
const FORGIVEN_DAYS = 7;

/** Fields of ours that hold something else than was last known. Both must know the field. */
export function rewritesOf(
  record: string,
  {
    known,
    holds,
    fields,
  }: {
    readonly known: Readonly<Record<string, WrittenValue>>;
    readonly holds: Readonly<Record<string, WrittenValue>>;
    readonly fields: readonly string[];
  },
): readonly Rewrite[] {
  return fields.flatMap((field) => {
    const [wrote, now] = [known[field], holds[field]];
    if (wrote === undefined || now === undefined || sameValue(now, wrote)) return [];
    return [{ record, field, wrote, holds: now }];
  });
}

/** The quarrels with what a reading of the CRM found. */
export function withRewrites(quarrels: Quarrels, rewrites: readonly Rewrite[], today: Day): Quarrels {
  let { records, fields } = quarrels;
  for (const [field, found] of Map.groupBy(rewrites, (rewrite) => rewrite.field)) {
    const [first] = found;
    if (first === undefined) continue;
    const earlier = Object.values(records).flatMap((own) => own[field] ?? []);
    if (found.length + earlier.length >= EVERYWHERE || fields[field] !== undefined) {
      const before = fields[field] ?? longest(earlier);
      const seen = { rewrite: first, records: found.length + earlier.length, today };
      fields = { ...fields, [field]: next(before, seen) };
      records = withoutField(records, field);
      continue;
    }
    for (const rewrite of found) {
      const own = records[rewrite.record] ?? {};
      if (isPutBack(own[field], rewrite)) {
        records = kept(records, (_, name, record) => name !== field || record !== rewrite.record);
        continue;
      }
      const quarrel = next(own[field], { rewrite, records: 1, today });
      records = { ...records, [rewrite.record]: { ...own, [field]: quarrel } };
    }
  }
  return { records, fields };
}

function longest(quarrels: readonly Quarrel[]): Quarrel | undefined {
  return quarrels.toSorted((a, b) => b.times - a.times)[0];
}

/** Whoever changed it has given our value back. */
function isPutBack(own: Quarrel | undefined, { holds }: Rewrite): boolean {
  return own !== undefined && !own.answered && sameValue(holds, own.wrote);
}

function next(
  before: Quarrel | undefined,
  seen: { readonly rewrite: Rewrite; readonly records: number; readonly today: Day },
): Quarrel {
  const { wrote, holds, record } = seen.rewrite;
  const again = before?.answered === true;
  return {
    times: before === undefined ? 1 : before.times + (again ? 1 : 0),
    day: seen.today,
    answered: false,
    // A change on top of a change, without a word of ours between them, is the same one.
    wrote: before === undefined || again ? wrote : before.wrote,
    holds,
    records: Math.max(seen.records, before?.records ?? 0),
    record,
  };
}

function withoutField(records: Quarrels['records'], field: string): Quarrels['records'] {
  return kept(records, (_, own) => own !== field);
}

/** The quarrels after these fields of a record were written by us again. */
export function withAnswer(
  quarrels: Quarrels,
  record: string,
  values: Readonly<Record<string, WrittenValue>>,
): Quarrels {
  const answer = (own: Readonly<Record<string, Quarrel>>) =>
    Object.fromEntries(
      Object.entries(own).map(([field, quarrel]) => {
        const wrote = values[field];
        return [field, wrote === undefined ? quarrel : { ...quarrel, answered: true, wrote }] as const;
      }),
    );
  const own = quarrels.records[record];
  const records = own === undefined ? quarrels.records : { ...quarrels.records, [record]: answer(own) };
  return { records, fields: answer(quarrels.fields) };
}

/** Without the contested fields of a record that hold by now what they should. */
export function withoutSettled(quarrels: Quarrels, record: string, differing: readonly string[]): Quarrels {
  if (quarrels.records[record] === undefined) return quarrels;
  const lasts = (quarrel: Quarrel, field: string, of: string): boolean =>
    of !== record || quarrel.answered || differing.includes(field);
  return { ...quarrels, records: kept(quarrels.records, lasts) };
}

/** Without what has stood for a week since we wrote it again. */
export function forgiven({ records, fields }: Quarrels, today: Day): Quarrels {
  const lasts = (quarrel: Quarrel): boolean => !quarrel.answered || today - quarrel.day < FORGIVEN_DAYS;
  return {
    records: kept(records, (quarrel) => lasts(quarrel)),
    fields: Object.fromEntries(Object.entries(fields).filter(([, quarrel]) => lasts(quarrel))),
  };
}

function kept(
  records: Quarrels['records'],
  keep: (quarrel: Quarrel, field: string, record: string) => boolean,
): Quarrels['records'] {
  return Object.fromEntries(
    Object.entries(records).flatMap(([record, own]) => {
      const left = Object.entries(own).filter(([field, quarrel]) => keep(quarrel, field, record));
      return left.length === 0 ? [] : [[record, Object.fromEntries(left)] as const];
    }),
  );
}

/**
 * Whether a value must not be written: what we wrote was changed twice in a row, and this is the same value once
 * more. A field that is changed all over the book is left alone whatever the value.
 */
export function isContested(
  { records, fields }: Quarrels,
  asked: { readonly record: string; readonly field: string; readonly value: WrittenValue },
): boolean {
  const everywhere = fields[asked.field];
  if (everywhere !== undefined && everywhere.times >= CONTESTED) return true;
  const own = records[asked.record]?.[asked.field];
  return own !== undefined && own.times >= CONTESTED && sameValue(own.wrote, asked.value);
}

/** The fields that are contested, those of the whole book first. */
export function contestedIn({
  records,
  fields,
}: Quarrels): readonly (Quarrel & { readonly field: string })[] {
  const all = [
    ...Object.entries(fields),
    ...Object.values(records).flatMap((own) => Object.entries(own)),
  ].map(([field, quarrel]) => ({ ...quarrel, field }));
  return all.filter(({ times }) => times >= CONTESTED);
}
