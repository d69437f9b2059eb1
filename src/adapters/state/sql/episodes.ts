import type { EpisodeStore, StoredEpisode } from '../../../ports/state-store.js';
import { batches, lastOfEach, pagesOf } from '../../database/batches.js';
import type { StateClient } from './client.js';
import { episodeRow } from './convert.js';
import type { Connection } from './schema.js';

export function episodeStore(client: StateClient): EpisodeStore {
  return {
    ofAccount: (account) => client.read('episodes.ofAccount', (db) => ofAccount(db, account)),
    list: (filter, pageSize) =>
      pagesOf<StoredEpisode>(
        (last) => client.read('episodes.list', (db) => episodesAfter(db, { ...filter, last }, pageSize)),
        pageSize,
      ),
  };
}

export interface SeenEpisodes {
  readonly accounts: readonly string[];
  readonly episodes: readonly StoredEpisode[];
  readonly day: number;
}

/**
 * What an earlier assessment of the day began and this one does not begin again gives way: the day
 * is assessed from the state before it.
 */
export async function saveEpisodes(db: Connection, { accounts, episodes, day }: SeenEpisodes): Promise<void> {
  const rows = lastOfEach(episodes, (episode) => episode.id).map(episodeRow);
  await letGo(db, { accounts, day, kept: new Set(rows.map((row) => row.id)) });
  for (const batch of batches(rows, 7)) {
    await db
      .insertInto('episodes')
      .values(batch)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({
          account: eb.ref('excluded.account'),
          playbook: eb.ref('excluded.playbook'),
          edge: eb.ref('excluded.edge'),
          seen_on: eb.ref('excluded.seen_on'),
          running: eb.ref('excluded.running'),
          doc: eb.ref('excluded.doc'),
        })),
      )
      .execute();
  }
}

interface FirstSeen {
  readonly accounts: readonly string[];
  readonly day: number;
  readonly kept: ReadonlySet<string>;
}

async function letGo(db: Connection, { accounts, day, kept }: FirstSeen): Promise<void> {
  for (const batch of batches(accounts, 1)) {
    const seen = await db
      .selectFrom('episodes')
      .select('id')
      .where('account', 'in', batch)
      .where('seen_on', '=', day)
      .execute();
    const gone = seen.map((row) => row.id).filter((id) => !kept.has(id));
    for (const ids of batches(gone, 1)) await db.deleteFrom('episodes').where('id', 'in', ids).execute();
  }
}

async function ofAccount(db: Connection, account: string): Promise<readonly StoredEpisode[]> {
  const rows = await db
    .selectFrom('episodes')
    .select('doc')
    .where('account', '=', account)
    .orderBy('edge')
    .orderBy('id')
    .execute();
  return rows.map((row) => JSON.parse(row.doc));
}

interface EpisodePlace {
  readonly playbook: string | null;
  readonly running: boolean;
  readonly last: StoredEpisode | null;
}

async function episodesAfter(
  db: Connection,
  { playbook, running, last }: EpisodePlace,
  limit: number,
): Promise<readonly StoredEpisode[]> {
  let page = db
    .selectFrom('episodes')
    .select('doc')
    .orderBy('account')
    .orderBy('edge')
    .orderBy('id')
    .limit(limit);
  if (playbook !== null) page = page.where('playbook', '=', playbook);
  if (running) page = page.where('running', '=', 1);
  if (last !== null) {
    page = page.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('account', 'edge', 'id'), '>', tuple(last.account, last.edge, last.id)),
    );
  }
  return (await page.execute()).map((row) => JSON.parse(row.doc));
}
