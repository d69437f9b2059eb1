import type { RunRecord, RunStore } from '../../../ports/state-store.js';
import type { StateClient } from './client.js';
import { toJson } from './convert.js';
import type { Connection, RunTable } from './schema.js';

/** Plans are kept for as many runs as somebody may look back at. */
const PLANS_KEPT = 20;

export function runStore(client: StateClient): RunStore {
  return {
    save: (run) => client.write('runs.save', (db) => saveRun(db, run)),
    list: (limit) => client.read('runs.list', async (db) => (await newestRuns(db, limit)).map(runOf)),
    get: (id) =>
      client.read('runs.get', async (db) => {
        const row = await db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst();
        return row ? runOf(row) : null;
      }),
  };
}

async function saveRun(db: Connection, run: RunRecord): Promise<void> {
  const { id, ...rest } = tableRow(run);
  await db
    .insertInto('runs')
    .values({ id, ...rest })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
    .execute();
  if (run.finishedAt !== null) await prune(db);
}

/** Lets go of old plans, and of marks on accounts that have left the CRM. */
async function prune(db: Connection): Promise<void> {
  const oldestKept = (await newestRuns(db, PLANS_KEPT)).at(PLANS_KEPT - 1);
  if (oldestKept) {
    const older = db
      .selectFrom('runs')
      .select('id')
      .where('status', '<>', 'running')
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('started_at', 'id'), '<', tuple(oldestKept.started_at, oldestKept.id)),
      );
    await db.deleteFrom('plan_items').where('run', 'in', older).execute();
    await db.deleteFrom('candidates').where('run', 'in', older).execute();
    await db.deleteFrom('run_pieces').where('run', 'in', older).execute();
  }
  await db
    .deleteFrom('changed_accounts')
    .where('account', 'not in', (eb) => eb.selectFrom('rows_account').select('id'))
    .execute();
}

async function newestRuns(db: Connection, limit: number): Promise<readonly RunTable[]> {
  return db
    .selectFrom('runs')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

function tableRow({ startedAt, finishedAt, ...run }: RunRecord): RunTable {
  return {
    ...run,
    started_at: startedAt,
    finished_at: finishedAt,
    apply: run.apply ? 1 : 0,
    fixed: toJson(run.fixed),
    report: toJson(run.report),
  };
}

function runOf({ started_at, finished_at, ...run }: RunTable): RunRecord {
  return {
    ...run,
    startedAt: started_at,
    finishedAt: finished_at,
    apply: run.apply === 1,
    fixed: JSON.parse(run.fixed),
    report: JSON.parse(run.report),
  };
}
