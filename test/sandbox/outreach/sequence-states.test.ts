import { afterEach, describe, expect, it } from '@jest/globals';
import type { OutreachServer, OutreachStart } from '../../../src/sandbox/outreach/start.js';
import { add, adding, anOrg, aProspect, caller, idOf, NOON, type Reply, SENDER } from './outreach-org.js';

let org: OutreachServer;
afterEach(() => org.close());

async function open(start: Partial<OutreachStart> = {}): Promise<void> {
  org = await anOrg(start);
}

const HOUR_MS = 3_600_000;
const stateOf = (reply: Reply): unknown => reply.data.attributes.state;

async function stateNow(id: number): Promise<unknown> {
  return stateOf(await caller(org).get(`/sequenceStates/${id}`));
}

function reasonOf(reply: Reply): readonly unknown[] {
  return [reply.status, reply.errors[0]?.id, reply.errors[0]?.detail];
}

describe('an adding to a sequence', () => {
  it('is answered 201 with an active state and sends the first mail', async () => {
    await open();
    const prospect = await aProspect(org, 'ada@example.org');
    const added = await add(org, prospect);
    const at = new Date(NOON).toISOString();
    expect(added.status).toBe(201);
    expect(added.data).toMatchObject({
      type: 'sequenceState',
      attributes: { state: 'active', activeAt: at, stateChangedAt: at, deliverCount: 1, repliedAt: null },
      relationships: {
        prospect: { data: { type: 'prospect', id: prospect } },
        user: { data: { type: 'user' } },
      },
    });
    const mails = await caller(org).get(`/mailings?filter[sequenceState][id]=${added.data.id}`);
    expect(mails.list.map(({ attributes }) => attributes)).toMatchObject([
      { state: 'delivered', deliveredAt: at, mailboxAddress: SENDER, openedAt: null },
    ]);
  });

  it('happens once where the ruleset disallows duplicates, though the first has ended', async () => {
    await open();
    const prospect = await aProspect(org, 'ada@example.org');
    const first = await add(org, prospect);
    await caller(org).post(`/sequenceStates/${first.data.id}/actions/finish`);
    const again = await add(org, prospect);
    expect(reasonOf(again)).toEqual([422, 'validationError', 'Prospect has already been in this sequence.']);
    expect(again.errors[0]?.code).toBe('has already been in this sequence');
    expect((await caller(org).remove(`/sequenceStates/${first.data.id}`)).status).toBe(204);
    expect((await add(org, prospect)).status).toBe(201);
  });

  it('happens again elsewhere, but not while active', async () => {
    await open();
    const prospect = await aProspect(org, 'ada@example.org');
    const renewal = { sequence: 'Renewal 90 days' };
    const first = await add(org, prospect, renewal);
    const repeat = await add(org, prospect, renewal);
    expect(reasonOf(repeat)).toEqual([
      422,
      'validationError',
      'Prospect is already active in this sequence.',
    ]);
    await caller(org).post(`/sequenceStates/${first.data.id}/actions/finish`);
    expect((await add(org, prospect, renewal)).status).toBe(201);
    expect(await stateNow(first.data.id)).toBe('finished');
  });

  it('is refused for whoever opted out or has no address, except by a transactional sequence', async () => {
    await open({ sequences: [{ name: 'Getting started' }, { name: 'Receipts', transactional: true }] });
    const left = await aProspect(org, 'left@example.org', { optedOut: true });
    expect(reasonOf(await add(org, left))).toEqual([
      422,
      'validationError',
      'Prospect is opted out of emails.',
    ]);
    expect((await add(org, left, { sequence: 'Receipts' })).status).toBe(201);
    const { data } = await caller(org).post('/prospects', { data: { type: 'prospect' } });
    expect((await add(org, data.id)).status).toBe(422);
  });

  it('is refused by a disabled sequence and for a mailbox that may not send', async () => {
    await open({ sequences: [{ name: 'Getting started' }, { name: 'Off', enabled: false }] });
    const prospect = await aProspect(org, 'ada@example.org');
    expect(reasonOf(await add(org, prospect, { sequence: 'Off' }))[2]).toBe('Sequence is not enabled.');
    const silent = { mailbox: 'tom.reid@northwind.example' };
    expect(reasonOf(await add(org, prospect, silent))[2]).toBe('Mailbox has sending disabled.');
    expect((await caller(org).get('/sequenceStates')).list).toEqual([]);
  });

  it('is refused while another exclusive sequence is running', async () => {
    await open({
      sequences: [{ name: 'Getting started' }, { name: 'Alone', sequenceExclusivity: 'all_sequences' }],
    });
    const prospect = await aProspect(org, 'ada@example.org');
    const first = await add(org, prospect);
    const alone = await add(org, prospect, { sequence: 'Alone' });
    expect(reasonOf(alone)[2]).toBe('Prospect is active in another exclusive sequence.');
    await caller(org).post(`/sequenceStates/${first.data.id}/actions/finish`);
    expect((await add(org, prospect, { sequence: 'Alone' })).status).toBe(201);
  });

  it('names all three, by whole numbers that exist, and nothing else', async () => {
    await open();
    const prospect = await aProspect(org, 'ada@example.org');
    const { post } = caller(org);
    const bare = await post('/sequenceStates', adding({ prospect }));
    expect(bare.errors.map((one) => [one.source?.pointer, one.detail])).toEqual([
      ['/data/relationships/sequence', "Sequence can't be blank."],
      ['/data/relationships/mailbox', "Mailbox can't be blank."],
    ]);
    const mailbox = await idOf(org, 'mailboxes', `email=${SENDER}`);
    const lost = await post('/sequenceStates', adding({ prospect, mailbox, sequence: 1 }));
    expect([lost.status, lost.errors[0]?.source?.pointer]).toEqual([422, '/data/relationships/sequence']);
    const sequence = await idOf(org, 'sequences', 'name=Getting started');
    const spelled = adding({ prospect, mailbox, sequence: `${sequence}` as never });
    expect((await post('/sequenceStates', spelled)).status).toBe(422);
  });
});

describe('the throttles of a sequence', () => {
  it('let the daily number begin and leave the others pending until a day is over', async () => {
    await open({ sequences: [{ name: 'Getting started', throttleMaxAddsPerDay: 2 }] });
    const added: Reply[] = [];
    for (const name of ['a', 'b', 'c'])
      added.push(await add(org, await aProspect(org, `${name}@example.org`)));
    expect(added.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(added.map(stateOf)).toEqual(['active', 'active', 'pending']);
    const last = added[2]?.data.id ?? 0;
    org.clock.advance(24 * HOUR_MS - 1);
    expect(await stateNow(last)).toBe('pending');
    org.clock.advance(1);
    expect(await stateNow(last)).toBe('active');
  });

  it('hold back while as many are active as may be', async () => {
    await open({ sequences: [{ name: 'Getting started', throttleCapacity: 1 }] });
    const first = await add(org, await aProspect(org, 'a@example.org'));
    const second = await add(org, await aProspect(org, 'b@example.org'));
    expect(stateOf(second)).toBe('pending');
    await caller(org).post(`/sequenceStates/${first.data.id}/actions/finish`);
    expect(await stateNow(second.data.id)).toBe('active');
  });

  it('refuse when a dated sequence is full', async () => {
    await open({ sequences: [{ name: 'Getting started', sequenceType: 'date', maxActivations: 1 }] });
    await add(org, await aProspect(org, 'a@example.org'));
    const full = await add(org, await aProspect(org, 'b@example.org'));
    expect(reasonOf(full)[2]).toBe('Sequence has reached its maximum activations.');
  });

  it('of a mailbox put mails off to the next day', async () => {
    await open({ users: [{ email: SENDER, firstName: 'I', lastName: 'M', maxMailingsPerDay: 1 }] });
    await add(org, await aProspect(org, 'a@example.org'));
    const { data } = await add(org, await aProspect(org, 'b@example.org'));
    const mail = async () =>
      (await caller(org).get(`/mailings?filter[sequenceState][id]=${data.id}`)).list[0]?.attributes;
    expect(await mail()).toMatchObject({ state: 'scheduled', scheduledAt: '2026-03-03T00:00:00.000Z' });
    org.clock.advance(12 * HOUR_MS);
    expect(await mail()).toMatchObject({ state: 'delivered', deliveredAt: '2026-03-03T00:00:00.000Z' });
  });
});

describe('a sequence state', () => {
  it('is paused, resumed and finished, each only from where it can be', async () => {
    await open();
    const { data } = await add(org, await aProspect(org, 'a@example.org'));
    const act = (action: string): Promise<Reply> =>
      caller(org).post(`/sequenceStates/${data.id}/actions/${action}`);
    org.clock.advance(1_000);
    const paused = await act('pause');
    expect([paused.status, paused.data.attributes]).toMatchObject([
      200,
      { state: 'paused', pauseReason: 'manual', stateChangedAt: new Date(NOON + 1_000).toISOString() },
    ]);
    expect((await act('pause')).status).toBe(422);
    expect(stateOf(await act('resume'))).toBe('active');
    expect(stateOf(await act('finish'))).toBe('finished');
    expect((await act('finish')).status).toBe(422);
    expect((await act('resume')).status).toBe(422);
    expect((await act('explode')).status).toBe(404);
    expect((await caller(org).post(`/sequenceStates/${data.id}/actions/finish?now=1`)).status).toBe(400);
  });

  it('is found by prospect, sequence and state', async () => {
    await open();
    const prospect = await aProspect(org, 'a@example.org');
    const one = await add(org, prospect);
    const two = await add(org, prospect, { sequence: 'Quiet account' });
    await add(org, await aProspect(org, 'b@example.org'));
    await caller(org).post(`/sequenceStates/${one.data.id}/actions/finish`);
    const found = async (query: string) =>
      (await caller(org).get(`/sequenceStates?${query}`)).list.map(({ id }) => id);
    const sequence = two.data.relationships.sequence?.data?.id;
    expect(await found(`filter[prospect][id]=${prospect}`)).toEqual([one.data.id, two.data.id]);
    expect(await found(`filter[prospect][id]=${prospect}&filter[state]=active`)).toEqual([two.data.id]);
    expect(await found(`filter[sequence][id]=${sequence}`)).toEqual([two.data.id]);
    expect(await found('filter[state]=active,finished&page[size]=2')).toHaveLength(2);
  });

  it('rests while its sequence is turned off', async () => {
    await open();
    const { data } = await add(org, await aProspect(org, 'a@example.org'));
    const sequence = data.relationships.sequence?.data?.id;
    const turn = (action: string) => caller(org).post(`/sequences/${sequence}/actions/${action}`);
    expect((await turn('deactivate')).data.attributes).toMatchObject({ enabled: false, enabledAt: null });
    expect(await stateNow(data.id)).toBe('disabled');
    expect((await turn('deactivate')).status).toBe(422);
    await turn('activate');
    expect(await stateNow(data.id)).toBe('active');
  });

  it('ends when its prospect opts out', async () => {
    await open();
    const id = await aProspect(org, 'a@example.org');
    const { data } = await add(org, id);
    await caller(org).patch(`/prospects/${id}`, {
      data: { type: 'prospect', id, attributes: { optedOut: true } },
    });
    expect(await stateNow(data.id)).toBe('opted_out');
  });
});
