import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import jsforce from 'jsforce';
import { StreamingExtension } from 'jsforce/lib/api/streaming.js';
import { anEmbeddedOrg, type EmbeddedOrg } from '../../../adapters/crm/salesforce/support/embedded.js';
import { turn } from '../../../adapters/crm/salesforce/support/feed.js';

interface Told {
  readonly payload: {
    readonly ChangeEventHeader: Readonly<Record<string, unknown>>;
    readonly Subject?: string;
    readonly LastModifiedDate?: string;
  };
  readonly event: { readonly replayId: number };
}

let org: EmbeddedOrg;
let cancel: (() => PromiseLike<void>)[] = [];
beforeEach(async () => {
  org = await anEmbeddedOrg();
  await turn(org.server, { delayMs: 0 });
});
afterEach(async () => {
  // faye asks a server that is gone for ever: it must hear the goodbye.
  for (const one of cancel) await one();
  cancel = [];
  await org.close();
});

function connection(): jsforce.Connection {
  const { sessions, users } = org.server.org;
  return new jsforce.Connection({
    instanceUrl: org.server.url(),
    accessToken: sessions.open(users.admin, null).token,
    version: '62.0',
    callOptions: { client: 'acme' },
  });
}

/** Follows a channel with the real client; resolves once the server has taken the subscription. */
async function follow(client: jsforce.Connection, channel: string, replayId: number) {
  const told: Told[] = [];
  let wake: () => void = () => undefined;
  const stream = client.streaming.createClient([new StreamingExtension.Replay(channel, replayId)]);
  const subscription = stream.subscribe(channel, (event: Told) => {
    told.push(event);
    wake();
  });
  // The types that jsforce ships leave it out.
  cancel.push(() => Reflect.get(stream, 'disconnect').call(stream));
  await subscription;
  const count = async (wanted: number): Promise<void> => {
    while (told.length < wanted)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  return { told, count };
}

describe('the real jsforce', () => {
  it('hears what was made, changed and deleted, by whom and through what', async () => {
    const client = connection();
    const stream = await follow(client, '/data/CaseChangeEvent', -1);
    const made = await client.sobject('Case').create({ Subject: 'Help' });
    await client.sobject('Case').update({ Id: String(made.id), Subject: 'Help again' });
    await client.sobject('Case').destroy(String(made.id));
    await stream.count(3);
    const { users, clock } = org.server.org;
    const common = {
      entityName: 'Case',
      recordIds: [made.id],
      changeOrigin: 'com/salesforce/api/rest/62.0;client=acme',
      commitUser: users.admin,
      commitTimestamp: clock.now(),
      sequenceNumber: 1,
    };
    expect(stream.told.map(({ payload }) => payload.ChangeEventHeader)).toEqual([
      expect.objectContaining({ ...common, changeType: 'CREATE', changedFields: [] }),
      expect.objectContaining({
        ...common,
        changeType: 'UPDATE',
        changedFields: expect.arrayContaining(['Subject', 'LastModifiedDate']),
      }),
      expect.objectContaining({ ...common, changeType: 'DELETE', changedFields: [] }),
    ]);
    expect(stream.told.map(({ payload }) => payload.Subject)).toEqual(['Help', 'Help again', undefined]);
    const ids = stream.told.map(({ event }) => event.replayId);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('hears everything that is retained, or what came after an event', async () => {
    for (const Subject of ['one', 'two', 'three']) await org.created('Case', { Subject });
    const all = await follow(connection(), '/data/ChangeEvents', -2);
    await all.count(3);
    expect(all.told.map(({ payload }) => payload.Subject)).toEqual(['one', 'two', 'three']);
    const later = await follow(connection(), '/data/CaseChangeEvent', all.told[1]?.event.replayId ?? 0);
    await later.count(1);
    expect(later.told.map(({ payload }) => payload.Subject)).toEqual(['three']);
  });
});
