import { describe, expect, it } from '@jest/globals';
import { openMemoryState } from '../../../src/adapters/state/memory/index.js';
import { loadConfig } from '../../../src/config/load.js';
import type { Messenger, OutgoingMessage } from '../../../src/ports/messenger.js';
import type { StateStore } from '../../../src/ports/state-store.js';
import { type AlertParts, checkAlerts, openAlerts } from '../../../src/service/alerts/check.js';
import { type Heard, NOTHING_HEARD } from '../../../src/service/alerts/signs.js';
import { beat, SILENT_MS } from '../../../src/service/engines.js';
import { sendDigest } from '../../../src/service/jobs/digest.js';
import { silentLog } from '../../adapters/state/sql/silent-log.js';
import {
  aLedgerEntry,
  anAccount,
  anAssessment,
  anEntry,
  aRun,
  assess,
} from '../../contracts/state-store/builders.js';

const SETTINGS = loadConfig('.').service.alerts;
const HOUR = 3_600_000;
const DAY = 20_000;
const NOON = DAY * 24 * HOUR + 12 * HOUR;

interface Scene {
  readonly state: StateStore;
  readonly sent: OutgoingMessage[];
  /** A messenger that takes nothing while this is true. */
  down: boolean;
  now: number;
  waiting: number | null;
  readonly look: (heard?: Heard) => Promise<readonly string[]>;
  readonly digest: () => Promise<boolean>;
}

function aScene(): Scene {
  const state = openMemoryState();
  const sent: OutgoingMessage[] = [];
  const chat: Messenger = {
    id: 'chat',
    send: async (message) => {
      if (scene.down) throw new Error('down');
      sent.push(message);
    },
    close: () => undefined,
  };
  const counts = () => ({ waiting: 3, active: 0, delayed: 0, failed: 0, lagMs: scene.waiting });
  const parts = (): AlertParts & Parameters<typeof sendDigest>[0] => ({
    org: 'acme',
    state,
    queue: { counts: async () => counts() } as AlertParts['queue'],
    messengers: [chat],
    log: silentLog,
    publicUrl: null,
    realNow: () => scene.now,
    holder: 'here',
    clock: { now: () => scene.now, sleep: async () => undefined },
  });
  const scene: Scene = {
    state,
    sent,
    down: false,
    now: NOON,
    waiting: null,
    look: async (heard = NOTHING_HEARD) => {
      const before = sent.length;
      await checkAlerts(parts(), heard, SETTINGS);
      return sent.slice(before).map(({ subject }) => subject.replace('[Truenorth acme] ', ''));
    },
    digest: () => sendDigest(parts(), SETTINGS),
  };
  return scene;
}

const ended = (id: string, fields: object) => aRun(id, { startedAt: NOON, finishedAt: NOON, ...fields });

/** An account that was assessed into a band, and what the history says of it. */
async function fall(
  state: StateStore,
  id: string,
  { name, from, to }: { name: string; from: string | null; to: string },
) {
  await state.rows.save('account', [anAccount(id, { name })]);
  const result = {
    health: { band: to, shownScore: 31, pointsLost: [{ text: 'seat use is down' }] },
    tier: { tier: 'digital' },
  };
  const entry = { shown: { band: to }, record: { base: from === null ? null : { band: from } } };
  await assess(state, [], {
    run: 'r1',
    assessments: [anAssessment(id, { result })],
    history: [anEntry(id, { day: DAY, fingerprint: `${from}-${to}`, entry })],
  });
}

describe('a look at an org', () => {
  it('finds nothing to tell where all is well', async () => {
    expect(await aScene().look()).toEqual([]);
  });

  it('tells of a run that failed, and that it is over', async () => {
    const scene = aScene();
    await scene.state.runs.save(ended('r1', { status: 'failed', report: { error: 'The org is down.' } }));
    expect(await scene.look()).toEqual(['The run r1 failed']);
    await scene.state.runs.save(ended('r2', { startedAt: NOON + 1, status: 'done', report: {} }));
    expect(await scene.look()).toEqual(['Over: Runs end well again.']);
  });

  it('tells of a brake with its reasons, and not that the run paused', async () => {
    const scene = aScene();
    const brakes = [{ kind: 'band', sentence: 'The plan changes the band of 80 accounts, 40 % of all.' }];
    await scene.state.runs.save(ended('r1', { status: 'paused', report: { brakes } }));
    expect(await scene.look()).toEqual(['A brake holds the plan back']);
    expect(scene.sent[0]?.sections[0]?.lines[1]).toContain('80 accounts');
    expect((await openAlerts(scene.state.notes)).map(({ kind }) => kind)).toEqual(['brake']);
  });

  it('tells of no run for too long, counted from when it began to look', async () => {
    const scene = aScene();
    expect(await scene.look()).toEqual([]);
    scene.now += 6 * HOUR;
    expect(await scene.look()).toEqual(['No run has ended well yet']);
  });

  it('tells of jobs that wait, of a worker that vanished, of the budget and the feed', async () => {
    const scene = aScene();
    scene.waiting = 11 * 60_000;
    await beat(scene.state.notes, { holder: 'box:7', at: NOON - SILENT_MS - 1, startedAt: 1 });
    const feed = { state: 'lost', sentence: 'Polling goes on.', lastHeardAt: null } as const;
    const said = await scene.look({ ...NOTHING_HEARD, feed, budget: { spent: 20_000, ours: 25_000 } });
    expect(said).toEqual([
      'The worker box:7 was last heard of 45 seconds ago',
      '3 jobs wait, the oldest for 11 minutes',
      '80 % of our share of Salesforce requests in 24 hours is spent (20000 of 25000)',
      'The change feed is lost',
    ]);
  });

  it('names who came into the lowest band, once, and nobody who was there before it began to look', async () => {
    const scene = aScene();
    await fall(scene.state, 'A0', { name: 'Early', from: 'watch', to: 'risk' });
    expect(await scene.look()).toEqual([]);
    await fall(scene.state, 'A1', { name: 'Müller\nInc', from: 'watch', to: 'risk' });
    await fall(scene.state, 'A2', { name: 'New', from: null, to: 'risk' });
    await fall(scene.state, 'A3', { name: 'Better', from: 'watch', to: 'healthy' });
    expect(await scene.look()).toEqual(['One account is newly at risk']);
    expect(scene.sent[0]?.sections[0]?.lines).toEqual([
      'One account is newly at risk.',
      'digital: Müller Inc, score 31 (seat use is down)',
    ]);
    expect(await scene.look()).toEqual([]);
  });

  it('sends what a messenger did not take with a later look', async () => {
    const scene = aScene();
    scene.down = true;
    await scene.state.runs.save(ended('r1', { status: 'failed', report: { error: 'The org is down.' } }));
    expect(await scene.look()).toEqual([]);
    scene.down = false;
    expect(await scene.look()).toEqual(['The run r1 failed']);
    expect(await scene.look()).toEqual([]);
  });

  it('is left to the engine that is looking already', async () => {
    const scene = aScene();
    await scene.state.runs.save(ended('r1', { status: 'failed', report: null }));
    await scene.state.leases.take('alerts', 'other', NOON, HOUR);
    expect(await scene.look()).toEqual([]);
  });
});

describe('the digest', () => {
  it('tells of the day before, once', async () => {
    const scene = aScene();
    const report = {
      changes: { records: 2, tasks: 1 },
      calls: { salesforce: { query: 5, composite: 2 } },
    };
    await scene.state.runs.save(ended('r1', { status: 'done', report }));
    await fall(scene.state, 'A1', { name: 'Müller', from: 'watch', to: 'risk' });
    await scene.state.ledger.write([
      aLedgerEntry('e1/mail/p1', { status: 'enrolled', day: DAY }),
      aLedgerEntry('e1/mail/p2', { status: 'refused', code: 'opted_out_crm', day: DAY }),
    ]);
    scene.now = NOON + 24 * HOUR;
    expect(await scene.digest()).toBe(true);
    expect(await scene.digest()).toBe(false);
    expect(scene.sent).toHaveLength(1);
    expect(scene.sent[0]).toMatchObject({
      subject: '[Truenorth acme] 4 Oct 2024: 1 newly at risk',
      urgency: 'digest',
      sections: [
        {
          title: 'Runs',
          lines: [
            '1 run: 1 done.',
            '2 account records written, 1 task opened.',
            '7 Salesforce requests spent.',
          ],
        },
        { title: 'Newly at risk', lines: ['digital: Müller, score 31 (seat use is down)'] },
        { title: 'Moves between bands', lines: ['watch → risk: 1 account'] },
        { title: 'Enrolled', lines: ['hubspot-list: 1'] },
        { title: 'Not enrolled', lines: ['opted_out_crm (refused): 1'] },
      ],
    });
  });

  it('takes along what alerts left to it', async () => {
    const scene = aScene();
    await scene.look();
    await scene.state.runs.save(
      ended('r1', { status: 'paused', report: { pausedBecause: 'HubSpot is down.' } }),
    );
    expect(await scene.look()).toEqual([]);
    await scene.digest();
    expect(scene.sent[0]?.sections.at(-1)).toEqual({
      title: 'To look at',
      lines: ['The run r1 paused: HubSpot is down. The next one goes on.'],
    });
  });
});

describe('a configuration that is wrong', () => {
  it('is told once, as no run can say so, and told when it is mended', async () => {
    const scene = aScene();
    await scene.look();
    const heard = { ...NOTHING_HEARD, configuration: 'health.yaml:3: there is no such key.' };
    const told = await scene.look(heard);
    expect(told).toEqual([expect.stringContaining('No run begins before the configuration is mended')]);
    expect(JSON.stringify(scene.sent)).toContain('health.yaml:3');
    scene.now += HOUR / 60;
    expect(await scene.look(heard)).toEqual([]);
    scene.now += HOUR;
    await scene.look();
    scene.now += HOUR;
    await scene.look();
    expect(JSON.stringify(scene.sent)).toContain('The configuration can be read again');
  });
});
