import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type {
  ListedAccount,
  StandingFilter,
  StandingOrder,
  StandingStore,
  StandingTally,
} from '../../../ports/standing-store.js';
import { gathered } from '../../database/batches.js';
import type { StateClient } from './client.js';
import { nameKey } from './convert.js';
import type { AssessmentTable, Connection, RowTable, StateTables } from './schema.js';

export function standingStore(client: StateClient): StandingStore {
  return {
    list: (filter, page) => client.read('standings.list', (db) => listed(db, filter, page)),
    count: (filter) => client.read('standings.count', (db) => counted(db, filter)),
    names: (accounts) => client.read('standings.names', (db) => names(db, accounts)),
    tally: () => client.read('standings.tally', tally),
  };
}

type Tables = StateTables & { known: AssessmentTable; row: RowTable };
type Asked = ExpressionBuilder<Tables, 'known' | 'row'>;

/** Written so that no index is chosen for it: nearly every account is, and the order is what an index is for. */
const assessed = sql<SqlBool>`coalesce(known.band, '') <> ''`;

/** Assessed accounts that are still in the CRM. */
function standing(db: Connection, filter: StandingFilter) {
  return db
    .selectFrom('assessments as known')
    .innerJoin('rows_account as row', 'row.id', 'known.account')
    .where(assessed)
    .where((eb) => eb.and(chosen(eb, filter)));
}

function chosen(eb: Asked, { search, band, tier, bandSince }: StandingFilter) {
  return [
    ...(band === null ? [] : [eb('known.band', '=', band)]),
    ...(tier === null ? [] : [eb('known.tier', '=', tier)]),
    ...(bandSince === null ? [] : [eb('known.band_since', '>=', bandSince)]),
    ...(search === null ? [] : [named(eb, search)]),
  ];
}

/** Shorter beginnings than this are no ids: every account of an org begins alike. */
const SHORTEST_ID = 4;
/** Sorts after every character of an id. */
const AFTER_ALL = '\uffff';

function named(eb: Asked, search: string) {
  const part = (nameKey(search) ?? '').replace(/[\\%_]/g, (sign) => `\\${sign}`);
  const byName = sql<SqlBool>`${eb.ref('row.name_key')} like ${`%${part}%`} escape '\\'`;
  const id = search.trim();
  if (id.length < SHORTEST_ID) return byName;
  return eb.or([byName, eb.and([eb('row.id', '>=', id), eb('row.id', '<', id + AFTER_ALL)])]);
}

interface Page {
  readonly order: StandingOrder;
  readonly offset: number;
  readonly limit: number;
}

/** Ids first, whole rows afterwards: what is sorted or skipped must carry nothing. */
async function listed(
  db: Connection,
  filter: StandingFilter,
  { order, offset, limit }: Page,
): Promise<readonly ListedAccount[]> {
  const page = await standing(db, filter)
    .select('known.account')
    .orderBy(filter.search === null ? ORDERS[order] : ORDERS_OF_FEW[order])
    .orderBy(order === 'name' ? 'row.id' : 'known.account')
    .limit(limit)
    .offset(offset)
    .execute();
  const ids = page.map(({ account }) => account);
  const found = new Map((await wholeLines(db, ids)).map((line) => [line.account, line]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

async function wholeLines(db: Connection, ids: readonly string[]): Promise<readonly ListedAccount[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('assessments as known')
    .innerJoin('rows_account as row', 'row.id', 'known.account')
    .selectAll('known')
    .select('row.doc')
    .where('known.account', 'in', ids)
    .execute();
  return rows.map((row) => ({
    account: row.account,
    name: nameIn(row.doc),
    score: row.score,
    band: row.band ?? 'unknown',
    bandSince: row.band_since ?? 0,
    tier: row.tier ?? '',
    tierSince: row.tier_since ?? 0,
    coverage: row.coverage ?? 0,
    measure: row.measure,
  }));
}

function nameIn(doc: string): string {
  return String((JSON.parse(doc) as { readonly name?: unknown }).name ?? '');
}

async function names(db: Connection, accounts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await gathered(accounts, (batch) =>
    db.selectFrom('rows_account').select(['id', 'doc']).where('id', 'in', batch).execute(),
  );
  return new Map(rows.map(({ id, doc }) => [id, nameIn(doc)]));
}

/** Unknown sorts last, and a name that is none first, which the databases would not agree on by themselves. Each has its index. */
const ORDERS = {
  name: sql`row.name_key nulls first`,
  score: sql`coalesce(known.score, 101)`,
  measure: sql`known.measure desc nulls last`,
  'band-since': sql`known.band_since desc`,
} as const satisfies Readonly<Record<StandingOrder, unknown>>;

/** The same without their indexes: what is searched for is found by its name first, and is few. */
const ORDERS_OF_FEW = {
  name: ORDERS.name,
  score: sql`coalesce(known.score, 101) + 0`,
  measure: sql`known.measure + 0 desc nulls last`,
  'band-since': sql`known.band_since + 0 desc`,
} as const satisfies Readonly<Record<StandingOrder, unknown>>;

async function counted(db: Connection, filter: StandingFilter): Promise<number> {
  const { count } = await standing(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function tally(db: Connection): Promise<readonly StandingTally[]> {
  const everybody = { search: null, band: null, tier: null, bandSince: null };
  const rows = await standing(db, everybody)
    .select(['known.band', 'known.tier'])
    .select((eb) => [
      eb.fn.countAll<number>().as('accounts'),
      eb.fn.sum<number | null>('known.score').as('scores'),
      eb.fn.count<number>('known.score').as('scored'),
      eb.fn.sum<number | null>('known.coverage').as('coverage'),
    ])
    .groupBy(['known.band', 'known.tier'])
    .orderBy('known.band')
    .orderBy('known.tier')
    .execute();
  return rows.map(({ band, tier, accounts, scores, scored, coverage }) => ({
    band: band ?? 'unknown',
    tier: tier ?? '',
    accounts: Number(accounts),
    scores: Number(scores ?? 0),
    scored: Number(scored),
    coverage: Number(coverage ?? 0),
  }));
}
