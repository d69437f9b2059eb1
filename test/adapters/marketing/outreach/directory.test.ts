import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Channel, MarketingTool } from '../../../../src/ports/marketing.js';
import type { OutreachServer, OutreachStart } from '../../../../src/sandbox/outreach/start.js';
import type { SequencePlan } from '../../../../src/sandbox/outreach/store/sequences.js';
import { channelOf } from '../../../contracts/marketing-tool.js';
import { anOrg, SENDER, setFaults } from '../../../sandbox/outreach/outreach-org.js';
import { aTool, errorOf, onePersonOf, peopleOf, toldOf } from './outreach-tool.js';

const STARTED = 'Getting started';
const DAY_MS = 86_400_000;

let org: OutreachServer;
let tool: MarketingTool;
let sequence: Channel;

beforeEach(() => open());
afterEach(() => org.close());

async function open(start: Partial<OutreachStart> = {}): Promise<void> {
  await org?.close();
  org = await anOrg(start);
  tool = aTool(org);
  sequence = channelOf(tool, 'outreach-sequence');
}

describe('a sequence', () => {
  const named = (...names: readonly string[]): readonly SequencePlan[] => names.map((name) => ({ name }));

  it('is found by its name, commas and dots included', async () => {
    await open({ sequences: named('Welcome, customer', 'Ready..go') });
    expect(await sequence.exists('Welcome, customer')).toBe(true);
    expect(await sequence.exists('Ready..go')).toBe(true);
    expect(await sequence.exists('customer')).toBe(false);
  });

  it('is a config error when several have its name, when it is disabled, and when it is not there', async () => {
    await open({ sequences: [...named('Twice', 'Twice'), { name: 'Off', enabled: false }] });
    const request = await onePersonOf(org);
    const codes = ['Twice', 'Off', 'None'].map(async (target) => [
      await errorOf(sequence.prepare(target)),
      await errorOf(sequence.enrol(target, [request])),
    ]);
    expect((await Promise.all(codes)).flat().map(({ kind, code }) => [kind, code])).toEqual([
      ['Config', 'OUTREACH_SEQUENCE_AMBIGUOUS'],
      ['Config', 'OUTREACH_SEQUENCE_AMBIGUOUS'],
      ['Config', 'OUTREACH_SEQUENCE_DISABLED'],
      ['Config', 'OUTREACH_SEQUENCE_DISABLED'],
      ['Config', 'OUTREACH_SEQUENCE_MISSING'],
      ['Config', 'OUTREACH_SEQUENCE_MISSING'],
    ]);
    expect(await sequence.exists('Off')).toBe(true);
  });

  it('is asked for again once it has been activated', async () => {
    await open({ sequences: [{ name: 'Off', enabled: false }] });
    await errorOf(sequence.prepare('Off'));
    const [one] = [...org.org.sequences.scan(0)];
    if (one !== undefined)
      org.org.sequences.write({ ...one, attributes: { ...one.attributes, enabled: true } });
    await sequence.prepare('Off');
    await sequence.prepare('Off');
    expect(tool.calls()).toEqual({ 'sequences-list': 2 });
  });

  it('touches as often as it has steps, over the days that it tells or else every other day', async () => {
    const answer = (attributes: object) => ({
      data: [{ type: 'sequence', id: 7, attributes: { name: STARTED, enabled: false, ...attributes } }],
    });
    const told: unknown[] = [];
    for (const attributes of [
      { sequenceStepCount: 4, durationInDays: 12 },
      { sequenceStepCount: 4, durationInDays: 0.5 },
      { sequenceStepCount: 4 },
      { sequenceStepCount: 1, durationInDays: null },
      {},
    ]) {
      const body = answer(attributes);
      await setFaults(org, { kind: 'status', status: 200, body, times: 1, match: 'sequences' });
      told.push(await sequence.touches(STARTED));
    }
    expect(told).toEqual([
      { count: 4, days: 12 },
      { count: 4, days: 1 },
      { count: 4, days: 7 },
      { count: 1, days: 1 },
      null,
    ]);
  });
});

describe('a sender', () => {
  it.each([
    ['nobody@northwind.example', 'MAILBOX_UNKNOWN', 1],
    ['', 'MAILBOX_UNKNOWN', 0],
    [`${SENDER},tom.reid@northwind.example`, 'MAILBOX_UNKNOWN', 0],
    ['tom.reid@northwind.example', 'MAILBOX_SEND_DISABLED', 1],
  ])('%s is refused with %s, without a request for each person', async (senderEmail, code, asked) => {
    const requests = await peopleOf(org, 3, { senderEmail });
    expect(await toldOf(sequence.enrol(STARTED, requests))).toEqual([code, code, code]);
    expect(tool.calls()['sequenceStates-create']).toBeUndefined();
    expect(tool.calls()['mailboxes-list'] ?? 0).toBe(asked);
    expect(await sequence.room(senderEmail)).toBeNull();
  });

  it('who is locked is refused once and then known', async () => {
    const locked = { email: SENDER, firstName: 'Inès', lastName: 'Moreau', locked: true };
    await open({ users: [locked] });
    const requests = await peopleOf(org, 3);
    expect(await toldOf(sequence.enrol(STARTED, requests))).toEqual(Array(3).fill('MAILBOX_USER_LOCKED'));
    expect(tool.calls()['sequenceStates-create']).toBe(1);
  });

  it('is found in any case', async () => {
    const request = await onePersonOf(org, { senderEmail: ` ${SENDER.toUpperCase()}` });
    expect(await toldOf(sequence.enrol(STARTED, [request]))).toEqual(['enrolled']);
  });

  it('has the room that the mailbox tells, less what we enrolled within a day, and one call to learn it', async () => {
    await open({ users: [{ email: SENDER, firstName: 'Inès', lastName: 'Moreau', maxMailingsPerDay: 2 }] });
    const requests = await peopleOf(org, 3);
    expect(await sequence.room(SENDER)).toBe(2);
    await sequence.enrol(STARTED, requests.slice(0, 1));
    expect(await sequence.room(SENDER)).toBe(1);
    await sequence.enrol(STARTED, requests);
    expect(await sequence.room(SENDER)).toBe(0);
    expect(tool.calls()['mailboxes-list']).toBe(1);
    org.clock.advance(DAY_MS);
    expect(await sequence.room(SENDER)).toBe(2);
  });
});
