import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anEmbeddedOrg, type EmbeddedOrg } from '../../../adapters/crm/salesforce/support/embedded.js';
import { turn } from '../../../adapters/crm/salesforce/support/feed.js';

type Message = Readonly<Record<string, unknown>>;

let org: EmbeddedOrg;
beforeEach(async () => {
  org = await anEmbeddedOrg();
  await turn(org.server, { delayMs: 0, holdMs: 0 });
});
afterEach(() => org.close());

/** A CometD client by hand. */
async function aClient(token = adminToken()) {
  let cookie = '';
  let clientId = '';
  const send = async (message: Message): Promise<readonly Message[]> => {
    const response = await fetch(`${org.server.url()}/cometd/62.0`, {
      method: 'POST',
      headers: { authorization: `OAuth ${token}`, 'content-type': 'application/json', cookie },
      body: JSON.stringify([{ ...message, clientId }]),
    });
    cookie ||= response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return (await response.json()) as readonly Message[];
  };
  const [shaken] = await send({
    channel: '/meta/handshake',
    version: '1.0',
    supportedConnectionTypes: ['long-polling'],
  });
  clientId = String(shaken?.clientId ?? '');
  return {
    shaken,
    send,
    subscribe: async (channel: string, replayId = -1) =>
      (
        await send({
          channel: '/meta/subscribe',
          subscription: channel,
          ext: { replay: { [channel]: replayId } },
        })
      )[0],
    connect: () => send({ channel: '/meta/connect', connectionType: 'long-polling' }),
    forgetCookie: () => {
      cookie = '';
    },
  };
}

function adminToken(): string {
  return org.server.org.sessions.open(org.server.org.users.admin, null).token;
}

const CASES = '/data/CaseChangeEvent';

function headersOf(messages: readonly Message[]): readonly Readonly<Record<string, unknown>>[] {
  return messages.flatMap(({ data }) => {
    const told = data as { payload?: { ChangeEventHeader?: Record<string, unknown> } } | undefined;
    return told?.payload?.ChangeEventHeader === undefined ? [] : [told.payload.ChangeEventHeader];
  });
}

describe('change events of the embedded org', () => {
  it('tell nothing of what was taken back', async () => {
    const client = await aClient();
    await client.subscribe(CASES);
    await org.asAdmin('POST', '/composite', {
      allOrNone: true,
      compositeRequest: [
        {
          method: 'POST',
          url: '/services/data/v62.0/sobjects/Case',
          referenceId: 'a',
          body: { Subject: 'x' },
        },
        { method: 'POST', url: '/services/data/v62.0/sobjects/Nothing', referenceId: 'b', body: {} },
      ],
    });
    expect(headersOf(await client.connect())).toEqual([]);
  });

  it('number the events of one transaction, and give it one key', async () => {
    const client = await aClient();
    await client.subscribe('/data/ChangeEvents');
    await org.asAdmin('POST', '/composite', {
      allOrNone: true,
      compositeRequest: ['a', 'b'].map((Subject) => ({
        method: 'POST',
        url: '/services/data/v62.0/sobjects/Case',
        referenceId: Subject,
        body: { Subject },
      })),
    });
    const told = headersOf(await client.connect());
    expect(told.map(({ sequenceNumber }) => sequenceNumber)).toEqual([1, 2]);
    expect(new Set(told.map(({ transactionKey }) => transactionKey)).size).toBe(1);
  });

  it('come only of selected objects, at most five', async () => {
    await turn(org.server, { select: ['Contact'] });
    const client = await aClient();
    await client.subscribe('/data/ChangeEvents');
    await org.created('Case', { Subject: 'x' });
    await org.created('Contact', { LastName: 'Doe' });
    expect(headersOf(await client.connect()).map(({ entityName }) => entityName)).toEqual(['Contact']);
    const six = ['Account', 'Contact', 'Case', 'Task', 'Lead', 'Campaign'];
    await expect(turn(org.server, { select: six })).rejects.toThrow('at most 5 entities');
  });

  it('are kept for three days, and a replay id after that is refused', async () => {
    const client = await aClient();
    await client.subscribe(CASES);
    await org.created('Case', { Subject: 'x' });
    const event = (await client.connect())[0] as { data: { event: { replayId: number } } };
    const { replayId } = event.data.event;
    org.pass(4 * 24 * 60 * 60 * 1000);
    const later = await aClient();
    expect(await later.subscribe(CASES, replayId)).toMatchObject({
      successful: false,
      error: `400::The replayId {${replayId}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`,
    });
    expect(await later.subscribe(CASES, -2)).toMatchObject({ successful: true });
    expect(headersOf(await later.connect())).toEqual([]);
  });
});

describe('its CometD server', () => {
  it('refuses who is not logged in, and says why in the handshake', async () => {
    const { shaken } = await aClient('nobody');
    expect(shaken).toMatchObject({
      successful: false,
      error: '403::Handshake denied',
      ext: { sfdc: { failureReason: '401::Authentication invalid' } },
      advice: { reconnect: 'none' },
    });
  });

  it('ends a client whose session ended', async () => {
    const token = adminToken();
    const client = await aClient(token);
    org.server.org.sessions.end(token);
    expect(await client.connect()).toEqual([
      expect.objectContaining({
        channel: '/meta/connect',
        successful: false,
        error: '401::Authentication invalid',
        advice: expect.objectContaining({ reconnect: 'none' }),
      }),
    ]);
  });

  it('does not know a client without its cookie, or one that was away for more than 40 seconds', async () => {
    const unknown = { error: '403::Unknown client', advice: { reconnect: 'handshake', interval: 0 } };
    const client = await aClient();
    client.forgetCookie();
    expect(await client.connect()).toEqual([expect.objectContaining(unknown)]);
    const other = await aClient();
    org.pass(41_000);
    expect(await other.connect()).toEqual([expect.objectContaining(unknown)]);
  });

  it('does not know a channel of nothing', async () => {
    const client = await aClient();
    expect(await client.subscribe('/data/NothingChangeEvent')).toMatchObject({
      successful: false,
      error: '400::The channel you requested to subscribe to does not exist {/data/NothingChangeEvent}',
    });
  });

  it('costs none of the API requests of the day', async () => {
    const used = org.server.org.quota.used();
    const client = await aClient();
    await client.subscribe(CASES);
    await client.connect();
    expect(org.server.org.quota.used()).toBe(used);
  });
});
