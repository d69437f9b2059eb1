import type { AccountState } from '../../domain/assess-account.js';
import { type Day, formatDay } from '../../domain/day.js';
import type { StoredAssessment, StoredEpisode } from '../../ports/state-store.js';
import type { Run } from '../context.js';
import type { RecordToPublish } from './publish.js';

/** An episode that began; one that was refused at the door is counted among the refusals. */
export function episodeWish(run: Run, episode: StoredEpisode): readonly RecordToPublish[] {
  if (episode.refused !== null) return [];
  const { id, account, playbook, edge, ended, heldOut, goalOn } = episode;
  const label = run.settings.playbooks.find((one) => one.id === playbook)?.label ?? playbook;
  const values = {
    account,
    playbook,
    label,
    status: ended === null ? 'running' : 'ended',
    startedOn: formatDay(edge),
    endedOn: ended === null ? null : formatDay(ended.on),
    endedBy: ended?.by ?? null,
    heldOut,
    goalReachedOn: goalOn === null ? null : formatDay(goalOn),
  };
  return [{ wish: { kind: 'episode', key: id, values }, account }];
}

/** An episode that an earlier look at today began and that today, looked at again, does not. */
export function withdrawnWish(run: Run, id: string, account: string): RecordToPublish {
  const values = { account, status: 'withdrawn', endedOn: formatDay(run.today) };
  return { wish: { kind: 'episode', key: id, values }, account };
}

export function withdrawnIds(
  before: StoredAssessment | null,
  now: readonly StoredEpisode[],
  today: Day,
): readonly string[] {
  if (before === null || before.day !== today) return [];
  const ids = new Set(now.map(({ id }) => id));
  const { playbooks } = before.state as AccountState;
  return Object.values(playbooks)
    .flatMap((memory) => Object.values(memory).map(({ episode }) => episode))
    .flatMap((episode) => (episode?.seenOn === today && !ids.has(episode.id) ? [episode.id] : []));
}
