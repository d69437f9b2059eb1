import { CHANNELS, type ChannelId } from '../domain/engagement/channel.js';
import type { LedgerEntry } from '../ports/state-store.js';
import type { Run } from './context.js';
import { sentRow, taskRow } from './observed-rows.js';
import type { StoredResult } from './stored-result.js';

/** What went out, and what was opened, is known from now on without reading it back. `due` = days of tasks, by key. */
export async function keepSent(
  run: Run,
  done: readonly LedgerEntry[],
  due: ReadonlyMap<string, number | null>,
): Promise<void> {
  const isWork = ({ channel }: LedgerEntry): boolean => reaches(channel) === 'owner';
  const tasks = done.filter(isWork).map((entry) => {
    const state = { dueOn: due.get(entry.key) ?? null, closed: false, closedOn: null, owner: entry.sender };
    return taskRow(run, entry, state);
  });
  const sent = done.filter((entry) => !isWork(entry));
  const hashes = await hashesOf(run, sent);
  const messages = sent.map((entry) => sentRow(entry, hashes.get(entry.account) ?? null));
  if (tasks.length > 0) await run.state.rows.keep('task', tasks);
  if (messages.length > 0) await run.state.rows.keep('engagement', messages);
}

/** What went along is what the last assessment says; channels without people of their own carry nothing. */
async function hashesOf(run: Run, sent: readonly LedgerEntry[]): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  const accounts = new Set(
    sent.filter(({ channel }) => CHANNELS[channel].tool !== null).map(({ account }) => account),
  );
  for (const [account, { result }] of await run.state.assessments.latestOf([...accounts]))
    hashes.set(account, (result as StoredResult).carried.hash);
  return hashes;
}

function reaches(channel: ChannelId): 'person' | 'owner' {
  return CHANNELS[channel].reaches;
}
