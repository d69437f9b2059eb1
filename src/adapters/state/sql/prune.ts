import type { PrunedKind } from '../../../ports/keeping-store.js';
import type { StoredEpisode } from '../../../ports/state-store.js';
import { batches } from '../../database/batches.js';
import { type Connection, rowTable } from './schema.js';

interface Old {
  /** Day before which things are old. */
  readonly before: number;
  readonly limit: number;
}

const DAY_MS = 86_400_000;

/** Takes out at most `limit` of a kind; how many it was. */
export async function pruneKind(db: Connection, kind: PrunedKind, old: Old): Promise<number> {
  switch (kind) {
    case 'history':
      return pruneHistory(db, old);
    case 'episodes':
      return pruneEpisodes(db, old);
    case 'decisions':
      return stripDecisions(db, old);
    case 'engagement':
    case 'tasks':
      return pruneRows(db, kind, old);
    case 'deadLetters':
      return pruneLetters(db, old);
    case 'runs':
      return pruneRuns(db, old);
  }
}

/** The last entry before the day stays: it says how the account stood when the kept history begins. */
async function pruneHistory(db: Connection, { before, limit }: Old): Promise<number> {
  const rows = await db
    .selectFrom('history as one')
    .select('one.position')
    .where('one.day', '<', before)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('history as later')
          .select('later.position')
          .whereRef('later.account', '=', 'one.account')
          .whereRef('later.position', '>', 'one.position')
          .where('later.day', '<', before),
      ),
    )
    .limit(limit)
    .execute();
  for (const batch of batches(rows, 1))
    await db
      .deleteFrom('history')
      .where(
        'position',
        'in',
        batch.map(({ position }) => position),
      )
      .execute();
  return rows.length;
}

/** When an episode ended stands in its document: those that began before the day are looked at page by page. */
async function pruneEpisodes(db: Connection, { before, limit }: Old): Promise<number> {
  const gone: string[] = [];
  let after = '';
  while (gone.length < limit) {
    const page = await db
      .selectFrom('episodes')
      .select(['id', 'doc'])
      .where('running', '=', 0)
      .where('edge', '<', before)
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute();
    gone.push(...page.filter(({ doc }) => isOver(JSON.parse(doc), before)).map(({ id }) => id));
    after = page.at(-1)?.id ?? '';
    if (page.length < limit) break;
  }
  const ids = gone.slice(0, limit);
  for (const batch of batches(ids, 1)) await db.deleteFrom('episodes').where('id', 'in', batch).execute();
  return ids.length;
}

function isOver({ ended, edge, goalUntil }: StoredEpisode, before: number): boolean {
  return (ended?.on ?? edge) < before && (goalUntil ?? 0) < before;
}

/** The key stays, and what caps and rests ask for; a step of an episode that runs is left as it is. */
async function stripDecisions(db: Connection, { before, limit }: Old): Promise<number> {
  const rows = await db
    .selectFrom('ledger')
    .select('key')
    .where('day', '<', before)
    .where('status', 'in', ['enrolled', 'already', 'refused'])
    .where(({ or, eb }) =>
      or([
        eb('contact', 'is not', null),
        eb('evidence', 'is not', null),
        eb('record_id', 'is not', null),
        eb('made', 'is not', null),
        eb('sender', 'is not', null),
      ]),
    )
    .where('episode', 'not in', (eb) =>
      eb.selectFrom('episodes').select('episodes.id').where('episodes.running', '=', 1),
    )
    .limit(limit)
    .execute();
  const plain = { contact: null, evidence: null, record_id: null, made: null, sender: null };
  for (const batch of batches(rows, 1)) {
    const keys = batch.map(({ key }) => key);
    await db.updateTable('ledger').set(plain).where('key', 'in', keys).execute();
  }
  return rows.length;
}

/** Nobody is marked: facts look back less far than the shortest keeping. A task that is open stays. */
async function pruneRows(
  db: Connection,
  kind: 'engagement' | 'tasks',
  { before, limit }: Old,
): Promise<number> {
  const table = rowTable(kind === 'tasks' ? 'task' : 'engagement');
  const dayOf = kind === 'tasks' ? 'closedOn' : 'on';
  const found: string[] = [];
  let after = '';
  while (found.length < limit) {
    const page = await db
      .selectFrom(table)
      .select(['id', 'doc'])
      .where('id', '>', after)
      .where('stamp', '<', before * DAY_MS)
      .orderBy('id')
      .limit(limit)
      .execute();
    for (const { id, doc } of page) {
      const day = (JSON.parse(doc) as Readonly<Record<string, unknown>>)[dayOf];
      if (typeof day === 'number' && day < before) found.push(id);
    }
    after = page.at(-1)?.id ?? '';
    if (page.length < limit) break;
  }
  const ids = found.slice(0, limit);
  for (const batch of batches(ids, 1)) await db.deleteFrom(table).where('id', 'in', batch).execute();
  return ids.length;
}

async function pruneLetters(db: Connection, { before, limit }: Old): Promise<number> {
  const rows = await db
    .selectFrom('dead_letters')
    .select('id')
    .where('day', '<', before)
    .limit(limit)
    .execute();
  for (const batch of batches(rows, 1)) {
    const ids = batch.map(({ id }) => id);
    await db.deleteFrom('dead_letters').where('id', 'in', ids).execute();
  }
  return rows.length;
}

async function pruneRuns(db: Connection, { before, limit }: Old): Promise<number> {
  const rows = await db
    .selectFrom('runs')
    .select('id')
    .where('day', '<', before)
    .where('status', '<>', 'running')
    .limit(limit)
    .execute();
  for (const batch of batches(rows, 1)) {
    const ids = batch.map(({ id }) => id);
    await db.deleteFrom('plan_items').where('run', 'in', ids).execute();
    await db.deleteFrom('candidates').where('run', 'in', ids).execute();
    await db.deleteFrom('run_pieces').where('run', 'in', ids).execute();
    await db.deleteFrom('runs').where('id', 'in', ids).execute();
  }
  return rows.length;
}
