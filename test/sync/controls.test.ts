import { describe, expect, it } from '@jest/globals';
import { openMemoryState } from '../../src/adapters/state/memory/index.js';
import { loadSettings } from '../../src/compose.js';
import type { Playbook } from '../../src/domain/engagement/playbook.js';
import { changed, holdOn, keepControls, NO_CONTROLS, readControls } from '../../src/sync/controls.js';
import { listPlaybooks, triggerInWords } from '../../src/sync/playbook-list.js';
import { anAssessment, anEpisode, assess } from '../contracts/state-store/builders.js';
import { aPlaybook, number } from '../domain/engagement/builders.js';

const NOTHING = { all: false, fields: false, playbook: null, channel: null };
const STEP = { playbook: 'start', channel: 'hubspot-list' } as const;
const ON = { enabled: true };

describe('controls', () => {
  it('hold back by playbook, by channel or everything, each until it is let go', () => {
    for (const hold of [{ playbook: 'start' }, { channel: 'hubspot-list' }, { all: true }]) {
      const held = changed(NO_CONTROLS, { ...NOTHING, ...hold }, true);
      expect(holdOn(held, ON, STEP)).toContain('paused');
      expect(holdOn(changed(held, { ...NOTHING, ...hold }, false), ON, STEP)).toBeNull();
    }
  });

  it('hold back nothing that was not named', () => {
    const held = changed(NO_CONTROLS, { ...NOTHING, playbook: 'other', channel: 'webhook' }, true);
    expect(holdOn(held, ON, STEP)).toBeNull();
    expect(holdOn(NO_CONTROLS, { enabled: false }, STEP)).toContain('enabled: false');
  });

  it('name a thing once, however often it is paused, and keep the others', () => {
    const one = changed(NO_CONTROLS, { ...NOTHING, playbook: 'a' }, true);
    const two = changed(
      changed(one, { ...NOTHING, playbook: 'b' }, true),
      { ...NOTHING, playbook: 'a' },
      true,
    );
    expect([...two.playbooks].sort()).toEqual(['a', 'b']);
    expect(changed(two, { ...NOTHING, playbook: 'b' }, false).playbooks).toEqual(['a']);
  });

  it('outlive the process', async () => {
    const { notes } = openMemoryState();
    expect(await readControls(notes)).toEqual(NO_CONTROLS);
    const held = { ...NO_CONTROLS, all: true, stopped: ['e1'] };
    await keepControls(notes, held);
    expect(await readControls(notes)).toEqual(held);
  });
});

describe('the list of playbooks', () => {
  it('shows what runs, what is held out and what is paused', async () => {
    const state = openMemoryState();
    const base = { account: 'A1', playbook: 'surge' };
    await assess(state, [anAssessment('A1')], {
      episodes: [
        anEpisode('e1', base),
        anEpisode('e2', { ...base, subject: 'p1', heldOut: true }),
        anEpisode('e3', { ...base, subject: 'p2', ended: { on: 1, by: 'goal' } }),
      ],
    });
    await keepControls(state.notes, changed(NO_CONTROLS, { ...NOTHING, channel: 'hubspot-list' }, true));
    const settings = { ...loadSettings(process.cwd()), playbooks: [aPlaybook({ holdout: 0.1 })] };
    expect(await listPlaybooks({ state, settings })).toEqual([
      {
        id: 'surge',
        label: 'Surge',
        priority: 10,
        trigger: 'when c',
        channels: ['hubspot-list'],
        holdout: 0.1,
        running: 1,
        heldOut: 1,
        paused: 'the channel hubspot-list is paused',
      },
    ]);
  });

  const yes = { source: 'true', facts: [], evaluate: () => true };
  it.each<[Partial<Playbook['trigger']>, string]>([
    [
      { when: yes, countdown: { of: number('left'), marks: [120, 90, 30] } },
      'when left falls to 120, 90 or 30',
    ],
    [{ when: yes, countdown: { of: number('left'), marks: [30] } }, 'when left falls to 30'],
    [{ every: 'month' }, 'every month, where c'],
    [{ per: 'person' }, 'for each person: when c'],
  ])('says a trigger in words: %j', (trigger, words) => {
    expect(triggerInWords(aPlaybook({ trigger }))).toBe(words);
  });
});
