import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StateStore } from '../../../src/ports/state-store.js';
import { anAssessment, anEpisode, assess, everything, TODAY } from './builders.js';

export function episodesContract(current: () => StateStore): void {
  describe('episodes', () => {
    let store: StateStore;
    beforeEach(() => {
      store = current();
    });
    const idsOf = async (account: string) =>
      (await store.episodes.ofAccount(account)).map((episode) => episode.id);
    const listed = async (playbook: string | null, running: boolean, pageSize = 2) =>
      (await everything(store.episodes.list({ playbook, running }, pageSize))).map((episode) => episode.id);

    it('come back as they were saved, by the account that they belong to', async () => {
      const full = anEpisode('e1', {
        edge: TODAY - 3,
        seenOn: TODAY - 2,
        mark: 0.25,
        side: 'else',
        let: { mail: TODAY },
        cleared: { call: TODAY - 1 },
        goalOn: TODAY,
        goalUntil: TODAY + 30,
        ended: { on: TODAY, by: 'goal' },
        out: { p1: { on: TODAY - 1, by: 'replied' } },
        phase: 'onboarding',
      });
      await assess(store, [], { episodes: [full, anEpisode('e2', { account: 'A2' })] });
      expect(await store.episodes.ofAccount('A1')).toEqual([full]);
      expect(await store.episodes.ofAccount('A3')).toEqual([]);
    });

    it('replace the one with their id, even of another account', async () => {
      await assess(store, [], { episodes: [anEpisode('e1'), anEpisode('e2')] });
      const next = anEpisode('e1', { account: 'A2', edge: TODAY + 1, ended: { on: TODAY, by: 'stopped' } });
      await assess(store, [anAssessment('A2')], { episodes: [anEpisode('e1'), next], day: TODAY + 1 });
      expect(await idsOf('A1')).toEqual(['e2']);
      expect(await store.episodes.ofAccount('A2')).toEqual([next]);
    });

    it('of the accounts on a page are let go when they were first seen that day and are not on it', async () => {
      await assess(store, [], {
        episodes: [
          anEpisode('earlier', { seenOn: TODAY - 1 }),
          anEpisode('gone'),
          anEpisode('later', { seenOn: TODAY + 1 }),
          anEpisode('stays'),
          anEpisode('not on the page', { account: 'A2' }),
        ],
      });
      await assess(store, [anAssessment('A1')], { episodes: [anEpisode('stays'), anEpisode('new')] });
      expect(await idsOf('A1')).toEqual(['earlier', 'later', 'new', 'stays']);
      expect(await idsOf('A2')).toEqual(['not on the page']);
    });

    it('are listed by account, edge and id, in pages of any size', async () => {
      await assess(store, [], {
        episodes: [
          anEpisode('e9'),
          anEpisode('e1', { account: 'A2', edge: TODAY - 1 }),
          anEpisode('e3', { edge: TODAY - 2 }),
          anEpisode('e2'),
          anEpisode('e0', { account: 'A2' }),
        ],
      });
      for (const pageSize of [1, 2, 100])
        expect(await listed(null, false, pageSize)).toEqual(['e3', 'e2', 'e9', 'e1', 'e0']);
      expect(await idsOf('A1')).toEqual(['e3', 'e2', 'e9']);
    });

    it('are listed by playbook, or only while they run, or both', async () => {
      const ended = { on: TODAY, by: 'completed' } as const;
      await assess(store, [], {
        episodes: [
          anEpisode('running'),
          anEpisode('held out', { heldOut: true }),
          anEpisode('ended', { ended }),
          anEpisode('refused', { refused: { code: 'cooldown', evidence: 'sent 3 days ago' } }),
          anEpisode('other', { playbook: 'other' }),
          anEpisode('other ended', { playbook: 'other', ended }),
        ],
      });
      expect(await listed('start', false)).toEqual(['ended', 'held out', 'refused', 'running']);
      expect(await listed(null, true)).toEqual(['held out', 'other', 'running']);
      expect(await listed('other', true)).toEqual(['other']);
      expect(await listed('unknown', false)).toEqual([]);
    });

    it('no longer count as running once they have ended', async () => {
      await assess(store, [], { episodes: [anEpisode('e1')] });
      await assess(store, [], { episodes: [anEpisode('e1', { ended: { on: TODAY, by: 'goal' } })] });
      expect(await listed(null, true)).toEqual([]);
      expect(await listed(null, false)).toEqual(['e1']);
    });
  });
}
