import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CUSTOM } from '../../../../sandbox/salesforce/org-builder.js';
import { anEmbeddedOrg, type EmbeddedOrg } from '../support/embedded.js';
import { aFollowedFeed, type FeedGiven, type FollowedFeed, turn } from '../support/feed.js';
import { collect } from '../support/salesforce.js';

let org: EmbeddedOrg;
let open: FollowedFeed[] = [];
beforeEach(async () => {
  org = await anEmbeddedOrg({ customFields: new Map([['Account', CUSTOM]]) });
  await turn(org.server, { delayMs: 0 });
});
afterEach(async () => {
  await Promise.all(open.map((feed) => feed.stop()));
  open = [];
  await org.close();
});

async function follow(given: FeedGiven = {}): Promise<FollowedFeed> {
  const feed = await aFollowedFeed(org.server, given);
  open.push(feed);
  return feed;
}

async function followLive(given: FeedGiven = {}): Promise<FollowedFeed> {
  const feed = await follow(given);
  await feed.live();
  return feed;
}

/** As a person does it: not under our client's name. */
async function aCase(subject = 'Help'): Promise<string> {
  return (await org.created('Case', { Subject: subject })).id;
}

describe('the change feed of Salesforce', () => {
  it('names the record, the object and the time of a change', async () => {
    const feed = await followLive();
    const id = await aCase();
    await feed.once(() => feed.hints.length === 1);
    expect(feed.hints).toEqual([
      { object: 'Case', ids: [id], deleted: false, at: org.server.clock.now(), position: expect.any(String) },
    ]);
  });

  it('says which records were deleted, and that undeleted ones are not', async () => {
    const feed = await followLive();
    const id = await aCase();
    await org.asAdmin('DELETE', `/sobjects/Case/${id}`);
    await feed.once(() => feed.hints.length === 2);
    expect(feed.hints.map(({ deleted }) => deleted)).toEqual([false, true]);
  });

  it('names all records that one transaction changed in the same way', async () => {
    const ids = org.plant('Case', [{ Subject: 'a' }, { Subject: 'b' }]);
    const feed = await followLive();
    await org.asAdmin('PATCH', '/composite/sobjects', {
      records: ids.map((id) => ({ attributes: { type: 'Case' }, id, Status: 'Closed' })),
    });
    await feed.once(() => feed.hints.length > 0);
    expect(feed.hints.map((hint) => hint.ids)).toEqual([ids]);
  });

  it('goes on after the position of the last hint, without losing or repeating one', async () => {
    const first = await followLive();
    await aCase('one');
    await first.once(() => first.hints.length === 1);
    await first.stop();
    const missed = await aCase('two');
    const second = await followLive({ position: first.hints[0]?.position ?? null });
    await second.once(() => second.hints.length === 2);
    // Of accounts nothing was ever heard, so that there is nothing to go on after.
    expect(second.hints.map(({ object, ids }) => [object, ids])).toEqual([
      ['Account', []],
      ['Case', [missed]],
    ]);
  });

  it('reads an object as a whole when its position is not kept any more, and goes on from now', async () => {
    const first = await followLive();
    await aCase('one');
    await first.once(() => first.hints.length === 1);
    await first.stop();
    await aCase('two');
    await turn(org.server, { forget: true });
    const second = await followLive({ position: first.hints[0]?.position ?? null });
    await second.once(() => second.hints.length === 2);
    expect(second.hints.map(({ object, ids }) => [object, ids])).toEqual([
      ['Account', []],
      ['Case', []],
    ]);
    const id = await aCase('three');
    await second.once(() => second.hints.length === 3);
    expect(second.hints.at(-1)?.ids).toEqual([id]);
  });

  it('names the records of a gap event, and the whole object of an overflow', async () => {
    const feed = await followLive();
    await turn(org.server, { gaps: 1 });
    const id = await aCase('one');
    await feed.once(() => feed.hints.length === 1);
    await turn(org.server, { overflows: 1 });
    await aCase('two');
    await feed.once(() => feed.hints.length === 2);
    expect(feed.hints.map(({ ids, deleted }) => ({ ids, deleted }))).toEqual([
      { ids: [id], deleted: false },
      { ids: [], deleted: false },
    ]);
  });

  it('tells again what the listener could not keep', async () => {
    let fails = true;
    const feed = await followLive({
      onHint: () => {
        if (fails) {
          fails = false;
          throw new Error('the state is busy');
        }
      },
    });
    await aCase('zero');
    await feed.once(() => feed.hints.some(({ object }) => object === 'Case'));
    expect(feed.hints.filter(({ object }) => object === 'Case')).not.toEqual([]);
  });
});

describe('echoes of our own writes', () => {
  const write = (id: string, values: Readonly<Record<string, number | string>>) =>
    collect(org.connect().crm.write('Account', [{ id, values }]));

  it('are left out, while a person who changes the same field is heard', async () => {
    const [id = ''] = org.plant('Account', [{ Name: 'Acme' }]);
    const feed = await followLive();
    await write(id, { Score__c: 55 });
    await org.asAdmin('PATCH', `/sobjects/Account/${id}`, { Score__c: 56 });
    await feed.once(() => feed.hints.length > 0);
    await write(id, { Score__c: 57 });
    await aCase();
    await feed.once(() => feed.hints.some(({ object }) => object === 'Case'));
    expect(feed.hints.map(({ object }) => object)).toEqual(['Account', 'Case']);
  });

  it('are told when the org changed more than we wrote', async () => {
    const [id = ''] = org.plant('Account', [{ Name: 'Acme' }]);
    await org.control('/rules', {
      object: 'Account',
      flow: { name: 'F', set: 'Description', value: 'by a flow' },
    });
    const feed = await followLive();
    await write(id, { Score__c: 55 });
    await feed.once(() => feed.hints.length === 1);
    expect(feed.hints[0]?.ids).toEqual([id]);
  });
});

describe('a feed in trouble', () => {
  it('takes a new token when the session ended, and loses nothing', async () => {
    const feed = await followLive();
    const first = await aCase('one');
    await feed.once(() => feed.hints.length === 1);
    await turn(org.server, { holdMs: 20 });
    await org.control('/faults', { kind: 'expire-session', match: 'POST /cometd', times: 1 });
    const second = await aCase('two');
    await feed.once(() => feed.hints.some(({ ids }) => ids[0] === second));
    await feed.once(() => feed.statuses.some(({ sentence }) => /ended the session/.test(sentence)));
    await feed.live();
    expect(feed.hints.filter(({ object }) => object === 'Case').map(({ ids }) => ids[0])).toEqual([
      first,
      second,
    ]);
  });

  it('shakes hands again when the server does not know it any more', async () => {
    await turn(org.server, { holdMs: 20 });
    const feed = await followLive();
    await aCase('one');
    await feed.once(() => feed.hints.length === 1);
    await turn(org.server, { cut: true });
    await feed.once(() => feed.statuses.some(({ state }) => state === 'lost'));
    await feed.live();
    const id = await aCase('two');
    await feed.once(() => feed.hints.some(({ ids }) => ids[0] === id));
    expect(feed.statuses.find(({ state }) => state === 'lost')?.sentence).toContain(
      'does not know this subscription any more',
    );
  });

  it('notices that nobody answers any more, says so, and follows again', async () => {
    await turn(org.server, { holdMs: 20, mute: true });
    const feed = await follow({ slackMs: 300 });
    await feed.once(() => feed.statuses.some(({ state }) => state === 'silent'));
    await turn(org.server, { mute: false });
    await feed.live();
    await aCase();
    await feed.once(() => feed.hints.some(({ object }) => object === 'Case'));
    expect(feed.statuses.find(({ state }) => state === 'silent')?.sentence).toContain('stopped answering');
  });

  it('says that the deliveries of the day are used up, and takes up what waited', async () => {
    await turn(org.server, { dailyDeliveries: 1 });
    const feed = await followLive();
    await aCase('one');
    await feed.once(() => feed.hints.length === 1);
    const id = await aCase('two');
    await feed.once(() => feed.statuses.some(({ sentence }) => /24 hours are used up/.test(sentence)));
    await turn(org.server, { dailyDeliveries: 1_000 });
    await feed.once(() => feed.hints.some(({ ids }) => ids[0] === id));
  });

  it('says that too many clients follow the org', async () => {
    await turn(org.server, { maxClients: 0 });
    const feed = await follow();
    await feed.once(() => feed.statuses.some(({ sentence }) => /too many clients/.test(sentence)));
  });

  it('follows the other objects when one cannot be followed, and names it', async () => {
    const feed = await followLive({ objects: ['Nothing__c', 'Case'] });
    await aCase();
    await feed.once(() => feed.hints.length === 1);
    expect(feed.statuses.at(-1)?.sentence).toContain('Nothing__c is left to the regular runs');
  });

  it('says that its token is over where it cannot get another one', async () => {
    const feed = await follow({ auth: { kind: 'access-token', accessToken: 'nobody' } });
    await feed.once(() =>
      feed.statuses.some(({ sentence }) => /token that was given is expired/.test(sentence)),
    );
  });

  it('waits and tries again while the server is down', async () => {
    await org.control('/faults', { kind: 'status', match: 'POST /cometd', status: 503, times: 2 });
    const feed = await followLive();
    expect(feed.statuses.map(({ state }) => state)).toEqual(['connecting', 'lost', 'lost', 'live']);
  });
});
