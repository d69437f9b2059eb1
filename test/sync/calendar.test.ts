import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { openMemoryState } from '../../src/adapters/state/memory/index.js';
import { loadSettings } from '../../src/compose.js';
import type { ChannelId } from '../../src/domain/engagement/channel.js';
import { CHANNEL_IDS } from '../../src/domain/engagement/channel.js';
import type { Episode } from '../../src/domain/engagement/episode.js';
import type { Playbook } from '../../src/domain/engagement/playbook.js';
import type { EngagementPolicy } from '../../src/domain/engagement/policy.js';
import { NO_LOG } from '../../src/entrypoints/connection/log-file.js';
import type { StateStore } from '../../src/ports/state-store.js';
import { touchCalendar } from '../../src/sync/calendar.js';
import { anAccount, anAssessment, aRow, aRun, assess } from '../contracts/state-store/builders.js';
import { anEpisode, aPlaybook, aPolicy, aStep, aTask, TODAY, WORDS } from '../domain/engagement/builders.js';

const ALL: ReadonlySet<ChannelId> = new Set(CHANNEL_IDS);
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const WHEN = { source: 'true', facts: [], evaluate: () => true };

/** An account on day 1 of an episode, with so many people. */
async function account(
  state: StateStore,
  id: string,
  over: { readonly persons?: number; readonly episode?: Partial<Episode>; readonly email?: string } = {},
) {
  const { persons = 1, episode = {}, email } = over;
  await state.rows.save('account', [anAccount(id, { ownerEmail: 'owner@us.example' })]);
  const rows = Array.from({ length: persons }, (_, index) =>
    aRow(`003${id}${index}`, id, { email: email ?? `p${index}@${id}.example`, role: 'user' }),
  );
  await state.rows.save('contact', rows);
  const memory = {
    trigger: { version: 'v1', held: true, since: TODAY, firedOn: TODAY, place: null },
    episode: anEpisode({ id: `e-${id}`, ...episode }),
  };
  const tier = { tier: 'digital', since: TODAY, reason: '', by: 'policy', waitingFor: null };
  const health = { band: 'healthy', transition: null, shownScore: 90, coverage: 0.9, watermelon: false };
  const result = { health, tier, phase: 'ongoing', stage: 'adopt' };
  const engine = {
    health: { bandSince: TODAY },
    tier,
    playbooks: { surge: { account: memory } },
    moments: {},
    phase: 'ongoing',
    onboardedOn: null,
    inherited: [],
  };
  await assess(state, [anAssessment(id, { day: TODAY, state: engine, result })], { day: TODAY });
}

function tools(state: StateStore, playbook: Playbook, policy: EngagementPolicy = aPolicy()) {
  const settings = { ...loadSettings(process.cwd()), playbooks: [playbook], engagement: policy };
  return {
    state,
    settings,
    clock: { now: () => TODAY * 86_400_000 + 3_600_000, sleep: async () => {} },
    log: NO_LOG,
    digest: { content: sha, person: sha },
    progress: { stage: () => {}, advance: () => {}, done: () => {} },
  };
}

const calm = (change: Partial<Playbook> = {}) => aPlaybook({ trigger: { when: WHEN }, ...change });
const counts = (calendar: Awaited<ReturnType<typeof touchCalendar>>) =>
  calendar.days.map(({ day, touches, tasks }) => [day, touches, tasks]);

describe('the touch calendar', () => {
  let state: StateStore;
  beforeEach(async () => {
    state = openMemoryState();
    await state.runs.save(aRun('r1', { day: TODAY, org: 'org', stage: 'report', status: 'done' }));
  });

  it('needs a run, and says so', async () => {
    const nothing = touchCalendar(tools(openMemoryState(), calm()), ALL, 4);
    await expect(nothing).rejects.toMatchObject({ code: 'NO_RUN_YET', kind: 'Config' });
  });

  it('adds up the accounts by day, playbook, channel and tier', async () => {
    await account(state, '001A', { persons: 2 });
    await account(state, '001B');
    const steps = [aStep(), aTask({ day: 3 })];
    const calendar = await touchCalendar(tools(state, calm({ steps })), ALL, 4);
    expect(calendar).toMatchObject({
      from: '2024-10-07',
      to: '2024-11-03',
      weeks: 4,
      basedOn: { run: 'r1' },
      accounts: 2,
    });
    const row = { playbook: 'surge', tier: 'digital' };
    expect(calendar.days).toEqual([
      { ...row, day: '2024-10-07', channel: 'hubspot-list', touches: 3, tasks: 0 },
      { ...row, day: '2024-10-09', channel: 'salesforce-task', touches: 0, tasks: 2 },
    ]);
    expect(calendar.playbooks).toMatchObject([{ playbook: 'surge', touches: 3, tasks: 2, persons: 3 }]);
  });

  it('ends with the weeks that were asked for', async () => {
    await account(state, '001A');
    const steps = [aStep({ day: 8 }), aStep({ id: 'two', day: 15 })];
    expect(counts(await touchCalendar(tools(state, calm({ steps })), ALL, 2))).toEqual([
      ['2024-10-14', 1, 0],
    ]);
  });

  it('sees one person through two accounts', async () => {
    await account(state, '001A', { email: 'same@both.example' });
    await account(state, '001B', { email: 'same@both.example' });
    const caps = { ...aPolicy().caps, person: { touches: 1, days: 7 } };
    const steps = [aStep({ lateBy: 10 })];
    const calendar = await touchCalendar(tools(state, calm({ steps }), aPolicy({ caps })), ALL, 4);
    expect(counts(calendar)).toEqual([
      ['2024-10-07', 1, 0],
      ['2024-10-14', 1, 0],
    ]);
    expect(calendar.putOff).toEqual([{ day: '2024-10-07', cap: 'person', name: 'surge', count: 1 }]);
  });

  it('says what senders and pools can’t take in a day', async () => {
    for (const id of ['001A', '001B', '001C']) await account(state, id);
    const task = { ...WORDS, owner: { kind: 'pool', pool: 'desk' } } as const;
    const steps = [aStep(), aTask({ day: 2, task })];
    const policy = aPolicy({
      caps: { ...aPolicy().caps, senderPerDay: 2 },
      pools: [{ id: 'desk', members: ['a@us.example'], perDay: 1 }],
    });
    const { putOff } = await touchCalendar(tools(state, calm({ steps }), policy), ALL, 4);
    expect(putOff).toEqual([
      { day: '2024-10-07', cap: 'sender', name: 'owner@us.example', count: 1 },
      { day: '2024-10-08', cap: 'pool', name: 'desk', count: 2 },
      { day: '2024-10-09', cap: 'pool', name: 'desk', count: 1 },
    ]);
  });

  it('leaves out steps through what is not connected, and says so', async () => {
    await account(state, '001A');
    const calendar = await touchCalendar(
      tools(state, calm({ steps: [aStep(), aTask()] })),
      new Set(['salesforce-task']),
      4,
    );
    expect(counts(calendar)).toEqual([['2024-10-07', 0, 1]]);
    expect(calendar.notes.join()).toContain('Not connected');
  });

  it('writes nothing', async () => {
    await account(state, '001A');
    const writes: string[] = [];
    const notes = { ...state.notes, set: async (name: string) => void writes.push(name) };
    await touchCalendar(tools({ ...state, notes }, calm()), ALL, 4);
    expect(writes).toEqual([]);
  });
});
