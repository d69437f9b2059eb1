import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OutreachServer } from '../../../src/sandbox/outreach/start.js';
import { add, anOrg, aProspect, caller, flip, NOON } from './outreach-org.js';

const EMAIL = 'ada@example.org';
const AT = new Date(NOON + 60_000).toISOString();

let org: OutreachServer;
let prospectId: number;
let stateId: number;
beforeEach(async () => {
  org = await anOrg({
    sequences: [
      { name: 'Getting started' },
      { name: 'Goes on', primaryReplyAction: 'continue' },
      { name: 'Rests', primaryReplyAction: 'pause' },
      { name: 'Waits', throttleMaxAddsPerDay: 0 },
    ],
  });
  prospectId = await aProspect(org, EMAIL);
  stateId = (await add(org, prospectId)).data.id;
  org.clock.advance(60_000);
});
afterEach(() => org.close());

async function shown(path: string): Promise<Readonly<Record<string, unknown>>> {
  return (await caller(org).get(path)).data.attributes;
}

/** Mails that moved after the moment, as a client polls them. */
async function mailsSince(moment: number): Promise<readonly unknown[]> {
  const since = new Date(moment).toISOString();
  const { list } = await caller(org).get(`/mailings?filter[updatedAt]=${since}..inf&sort=updatedAt`);
  return list.map(({ attributes }) => attributes);
}

describe('what a prospect does with a mail', () => {
  it('shows on the mail, the sequence state and the prospect: an opening and a click', async () => {
    expect(await mailsSince(NOON + 1)).toEqual([]);
    const opened = await flip(org, 'engage', { prospectId, kind: 'opened' });
    expect(opened).toMatchObject({
      status: 200,
      body: { prospectId, sequenceStateId: stateId, state: 'active', kind: 'opened', at: AT },
    });
    await flip(org, 'engage', { email: EMAIL.toUpperCase(), kind: 'opened' });
    await flip(org, 'engage', { prospectId, kind: 'clicked' });
    expect(await mailsSince(NOON + 1)).toMatchObject([
      { state: 'opened', openedAt: AT, openCount: 2, clickedAt: AT, clickCount: 1, repliedAt: null },
    ]);
    expect(await shown(`/sequenceStates/${stateId}`)).toMatchObject({
      state: 'active',
      openCount: 2,
      clickCount: 1,
    });
    expect(await shown(`/prospects/${prospectId}`)).toMatchObject({
      openCount: 2,
      clickCount: 1,
      engagedAt: AT,
      engagedScore: 3,
      touchedAt: new Date(NOON).toISOString(),
      updatedAt: AT,
    });
  });

  it('a reply finishes the sequence, and an opening after it takes nothing back', async () => {
    await flip(org, 'engage', { prospectId, kind: 'replied' });
    await flip(org, 'engage', { prospectId, kind: 'opened' });
    expect(await mailsSince(NOON + 1)).toMatchObject([{ state: 'replied', repliedAt: AT, openedAt: AT }]);
    expect(await shown(`/sequenceStates/${stateId}`)).toMatchObject({
      state: 'finished',
      repliedAt: AT,
      replyCount: 1,
      stateChangedAt: AT,
    });
  });

  it('a reply does what the sequence says', async () => {
    const { data } = await add(org, prospectId, { sequence: 'Goes on' });
    await flip(org, 'engage', { prospectId, kind: 'replied' });
    expect(await shown(`/sequenceStates/${data.id}`)).toMatchObject({ state: 'active', replyCount: 1 });
    expect(await shown(`/sequenceStates/${stateId}`)).toMatchObject({ state: 'active', replyCount: 0 });
    const rest = await add(org, prospectId, { sequence: 'Rests' });
    await flip(org, 'engage', { prospectId, kind: 'replied' });
    expect(await shown(`/sequenceStates/${rest.data.id}`)).toMatchObject({
      state: 'paused',
      pauseReason: 'replied',
    });
  });

  it('a bounce stops the sequence', async () => {
    await flip(org, 'engage', { prospectId, kind: 'bounced' });
    expect(await mailsSince(NOON + 1)).toMatchObject([{ state: 'bounced', bouncedAt: AT }]);
    expect(await shown(`/sequenceStates/${stateId}`)).toMatchObject({ state: 'bounced', bounceCount: 1 });
  });

  it('to unsubscribe is to opt out and to leave every sequence', async () => {
    const other = await add(org, prospectId, { sequence: 'Goes on' });
    await flip(org, 'engage', { prospectId, kind: 'unsubscribed' });
    expect(await mailsSince(NOON + 1)).toMatchObject([{ state: 'delivered', unsubscribedAt: AT }]);
    expect(await shown(`/prospects/${prospectId}`)).toMatchObject({ optedOut: true, optedOutAt: AT });
    for (const id of [stateId, other.data.id]) {
      expect(await shown(`/sequenceStates/${id}`)).toMatchObject({ state: 'opted_out' });
    }
    expect(await shown(`/sequenceStates/${other.data.id}`)).toMatchObject({ optOutCount: 1 });
  });

  it('cannot happen before there is a mail, nor end twice', async () => {
    const waiting = await aProspect(org, 'wait@example.org');
    expect((await flip(org, 'engage', { prospectId: waiting, kind: 'opened' })).status).toBe(404);
    await add(org, waiting, { sequence: 'Waits' });
    expect((await flip(org, 'engage', { prospectId: waiting, kind: 'opened' })).status).toBe(404);
    expect((await flip(org, 'engage', { prospectId, kind: 'finished' })).status).toBe(200);
    expect(await shown(`/sequenceStates/${stateId}`)).toMatchObject({ state: 'finished', replyCount: 0 });
    expect((await flip(org, 'engage', { prospectId, kind: 'finished' })).status).toBe(404);
  });

  it('must be named in one way', async () => {
    expect((await flip(org, 'engage', { kind: 'opened' })).status).toBe(422);
    expect((await flip(org, 'engage', { prospectId, email: EMAIL, kind: 'opened' })).status).toBe(422);
    expect((await flip(org, 'engage', { prospectId, kind: 'bored' })).status).toBe(422);
    expect((await flip(org, 'engage', { email: 'none@example.org', kind: 'opened' })).status).toBe(404);
  });
});

describe('what was ever added', () => {
  it('is listed, ended and removed ones too, with the name of the sequence', async () => {
    const { data } = await caller(org).get(`/sequenceStates/${stateId}`);
    await caller(org).remove(`/sequenceStates/${stateId}`);
    const again = await add(org, prospectId);
    expect(again.status).toBe(201);
    const one = {
      prospectId,
      sequenceId: data.relationships.sequence?.data?.id,
      sequenceName: 'Getting started',
      mailboxId: data.relationships.mailbox?.data?.id,
    };
    expect((await flip(org, 'sequence-states')).body).toEqual([
      { ...one, at: new Date(NOON).toISOString() },
      { ...one, at: AT },
    ]);
  });
});

describe('switches', () => {
  it('are not counted among the calls', async () => {
    await fetch(`${org.url()}/__sandbox/calls`, { method: 'DELETE' });
    await flip(org, 'engage', { prospectId, kind: 'opened' });
    await add(org, prospectId);
    await caller(org).get(`/prospects/${prospectId}`);
    await caller(org).post(`/sequenceStates/${stateId}/actions/pause`);
    expect((await flip(org, 'calls')).body).toMatchObject({
      total: 5,
      byKind: {
        'mailboxes-list': 1,
        'prospects-read': 1,
        'sequenceStates-create': 1,
        'sequenceStates-pause': 1,
        'sequences-list': 1,
      },
    });
  });
});
