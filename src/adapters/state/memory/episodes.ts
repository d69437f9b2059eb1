import type { AssessmentStore, EpisodeStore, StoredEpisode } from '../../../ports/state-store.js';
import { byText, kept, type MemoryState, pagesAfter } from './state.js';

const inOrder = byText<StoredEpisode>(
  (each) => each.account,
  (each) => each.edge,
  (each) => each.id,
);

export function episodeStore({ episodes }: MemoryState): EpisodeStore {
  const matching = (wanted: (episode: StoredEpisode) => boolean) => [...episodes.values()].filter(wanted);
  return {
    ofAccount: async (account) => kept(matching((each) => each.account === account).sort(inOrder)),
    list: ({ playbook, running }, pageSize) =>
      pagesAfter(
        () =>
          matching(
            (each) => (playbook === null || each.playbook === playbook) && (!running || isRunning(each)),
          ),
        inOrder,
        pageSize,
      ),
  };
}

function isRunning(episode: StoredEpisode): boolean {
  return episode.ended === null && episode.refused === null;
}

export function saveEpisodes(
  { episodes }: MemoryState,
  page: Pick<Parameters<AssessmentStore['save']>[0], 'assessments' | 'episodes' | 'day'>,
): void {
  const accounts = new Set(page.assessments.map((assessment) => assessment.account));
  for (const { id, account, seenOn } of episodes.values())
    if (accounts.has(account) && seenOn === page.day) episodes.delete(id);
  for (const episode of page.episodes) episodes.set(episode.id, kept(episode));
}
