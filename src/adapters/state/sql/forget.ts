import { type RawBuilder, sql } from 'kysely';
import { RECORD_KINDS, type RecordKind } from '../../../domain/facts/record.js';
import type { PersonTraces } from '../../../ports/keeping-store.js';
import { type Connection, rowTable } from './schema.js';

/** A table that may name people: what is about them goes, what only mentions them is written again without. */
export interface Place {
  readonly name: string;
  readonly table: string;
  /** Column by which a row is found again. */
  readonly key: string;
  /** Columns of text that is searched for words. */
  readonly texts: readonly string[];
  /** Rows that are about the person, which go as a whole; null = none is. */
  readonly about: ((who: PersonTraces) => RawBuilder<boolean>) | null;
  /** True = what mentions the person goes, too: it is made anew. */
  readonly whole?: true;
  /** Set on rows of the person that stay. */
  readonly emptied?: {
    readonly columns: readonly string[];
    readonly where: (who: PersonTraces) => RawBuilder<boolean>;
  };
}

const NEVER = sql<boolean>`1 = 0`;

function oneOf(column: string, values: readonly string[]): RawBuilder<boolean> {
  return values.length === 0 ? NEVER : sql<boolean>`${sql.ref(column)} in (${sql.join(values)})`;
}

/** Without regard to the case of letters A to Z; what a pattern would read as its own is taken as it is. */
function mentions(columns: readonly string[], words: readonly string[]): RawBuilder<boolean> {
  if (words.length === 0 || columns.length === 0) return NEVER;
  const tests = columns.flatMap((column) =>
    words.map((word) => {
      const pattern = `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
      return sql`lower(${sql.ref(column)}) like ${pattern} escape '\\'`;
    }),
  );
  return sql<boolean>`(${sql.join(tests, sql` or `)})`;
}

/** As it stands in a text, and as it stands in JSON. */
function writings({ words }: PersonTraces): readonly string[] {
  return [...new Set([...words.keys()].flatMap((word) => [word, JSON.stringify(word).slice(1, -1)]))];
}

const ofRows = (kind: RecordKind): Place => ({
  name: `${kind} rows`,
  table: rowTable(kind),
  key: 'id',
  texts: ['doc'],
  about:
    kind === 'contact'
      ? ({ contacts }) => oneOf('id', contacts)
      : kind === 'engagement' || kind === 'task'
        ? ({ contacts, persons }) => mentions(['doc'], [...contacts, ...persons])
        : null,
});

/** Every place of the state that may name somebody. */
export const PLACES: readonly Place[] = [
  ...RECORD_KINDS.map(ofRows),
  {
    name: 'contacts',
    table: 'contacts',
    key: 'contact',
    texts: [],
    about: ({ contacts, persons }) =>
      sql<boolean>`(${oneOf('contact', contacts)} or ${oneOf('person', persons)})`,
  },
  {
    name: 'earlier addresses',
    table: 'person_aliases',
    key: 'contact',
    texts: [],
    about: ({ contacts, persons }) =>
      sql<boolean>`(${oneOf('contact', contacts)} or ${oneOf('person', persons)} or ${oneOf('alias', persons)})`,
  },
  {
    name: 'merges',
    table: 'merges',
    key: 'loser',
    texts: [],
    about: ({ contacts }) => sql<boolean>`(${oneOf('winner', contacts)} or ${oneOf('loser', contacts)})`,
  },
  {
    name: 'assessments',
    table: 'assessment_documents',
    key: 'account',
    texts: ['state', 'base', 'result'],
    about: null,
  },
  { name: 'history', table: 'history', key: 'position', texts: ['entry'], about: null },
  { name: 'candidates', table: 'candidates', key: 'key', texts: ['key', 'detail'], about: null, whole: true },
  { name: 'plan items', table: 'plan_items', key: 'key', texts: ['key', 'detail'], about: null, whole: true },
  {
    name: 'refused records',
    table: 'dead_letters',
    key: 'id',
    texts: ['record', 'refusal', 'content'],
    about: null,
    whole: true,
  },
  {
    name: 'decisions',
    table: 'ledger',
    key: 'key',
    texts: ['key', 'episode', 'evidence'],
    about: null,
    emptied: {
      columns: ['contact', 'evidence', 'record_id', 'made'],
      where: ({ contacts, persons }) =>
        sql<boolean>`(${oneOf('contact', contacts)} or ${oneOf('person', persons)})
          and (contact is not null or evidence is not null or record_id is not null or made is not null)`,
    },
  },
  { name: 'episodes', table: 'episodes', key: 'id', texts: ['id', 'doc'], about: null },
  {
    name: 'published records',
    table: 'published',
    key: 'key',
    texts: ['key', 'content'],
    about: null,
    whole: true,
  },
  { name: 'runs', table: 'runs', key: 'id', texts: ['report'], about: null },
  {
    name: 'run pieces',
    table: 'run_pieces',
    key: 'position',
    texts: ['task', 'note', 'result'],
    about: null,
  },
  { name: 'notes', table: 'notes', key: 'name', texts: ['value'], about: null },
];

/** Rows of a place that are about somebody, or mention them. */
export async function tracesIn(db: Connection, place: Place, who: PersonTraces): Promise<number> {
  const tests = [
    place.about?.(who) ?? NEVER,
    mentions(place.texts, writings(who)),
    place.emptied?.where(who) ?? NEVER,
  ];
  const found = await sql<{ count: number }>`select count(*) as count from ${sql.table(place.table)}
    where ${sql.join(tests, sql` or `)}`.execute(db);
  return Number(found.rows[0]?.count ?? 0);
}

export async function forgetIn(db: Connection, place: Place, who: PersonTraces): Promise<void> {
  const table = sql.table(place.table);
  const gone = [
    place.about?.(who) ?? NEVER,
    place.whole === true ? mentions(place.texts, writings(who)) : NEVER,
  ];
  await sql`delete from ${table} where ${sql.join(gone, sql` or `)}`.execute(db);
  if (place.emptied !== undefined) {
    const nothing = place.emptied.columns.map((column) => sql`${sql.ref(column)} = null`);
    await sql`update ${table} set ${sql.join(nothing)} where ${place.emptied.where(who)}`.execute(db);
  }
  if (place.texts.length > 0 && place.whole !== true) await rewrite(db, place, who);
}

type Row = Readonly<Record<string, string | number | null>>;

/** Few rows mention anybody: they are read, and written again without. */
async function rewrite(db: Connection, { table, key, texts }: Place, who: PersonTraces): Promise<void> {
  const columns = [...new Set([key, ...texts])].map((column) => sql.ref(column));
  const found = await sql<Row>`select ${sql.join(columns)} from ${sql.table(table)}
    where ${mentions(texts, writings(who))}`.execute(db);
  for (const row of found.rows) {
    const changed = texts.flatMap((column) => {
      const text = row[column];
      return typeof text === 'string' ? [sql`${sql.ref(column)} = ${withoutWords(text, who)}`] : [];
    });
    await sql`update ${sql.table(table)} set ${sql.join(changed)}
      where ${sql.ref(key)} = ${row[key]}`.execute(db);
  }
}

function withoutWords(text: string, { words }: PersonTraces): string {
  let left = text;
  for (const [word, instead] of words)
    for (const written of new Set([word, JSON.stringify(word).slice(1, -1)]))
      left = left.replace(new RegExp(written.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi'), () => instead);
  return left;
}
