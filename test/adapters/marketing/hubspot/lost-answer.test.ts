import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../../src/ports/clock.js';
import type { Channel, EnrolmentRequest } from '../../../../src/ports/marketing.js';
import type { HubspotServer } from '../../../../src/sandbox/hubspot/start.js';
import { aPerson, aRequest, channelOf } from '../../../contracts/marketing-tool.js';
import { aPortal, setFaults } from '../../../support/hubspot-portal.js';
import { aTool, baseContacts, errorOf, sleepingClock } from '../../../support/hubspot-tool.js';

const lost = { kind: 'reset', afterBytes: 0 } as const;
const UNCLEAR = { key: 'key', outcome: 'unclear', made: null };

let portal: HubspotServer;
let clock: Clock & { readonly slept: number[] };
let request: EnrolmentRequest;

beforeEach(async () => {
  portal = await aPortal({ contacts: baseContacts([{ email: 'ada@example.org' }]) });
  clock = sleepingClock(portal.clock);
  const [ada] = await aTool(portal).consent([aPerson('ada@example.org')]);
  request = aRequest({ key: 'key', recordId: ada?.recordId ?? '' });
});
afterEach(() => portal.close());

async function aList(tool = aTool(portal, { clock })): Promise<Channel> {
  const list = channelOf(tool, 'hubspot-list');
  await list.prepare('Surge');
  return list;
}

describe('an enrolment without an answer', () => {
  it('in a sequence is unclear, sent once, and found by reading back', async () => {
    const tool = aTool(portal, { clock });
    const sequence = channelOf(tool, 'hubspot-sequence');
    await setFaults(portal, { ...lost, match: 'POST /automation' });
    expect(await sequence.enrol('Getting started', [request])).toEqual([UNCLEAR]);
    expect(tool.calls()['sequence-enrol']).toBe(1);
    expect(await sequence.enrolled('Getting started', [request])).toEqual(new Map([['key', '']]));
  });

  it('in a list is unclear, sent once, and found by reading back', async () => {
    const tool = aTool(portal, { clock });
    const list = await aList(tool);
    await setFaults(portal, { ...lost, match: 'memberships/add' });
    expect(await list.enrol('Surge', [request])).toEqual([UNCLEAR]);
    expect(tool.calls()['list-add']).toBe(1);
    expect(await list.enrolled('Surge', [request])).toEqual(new Map([['key', '']]));
  });

  it('is unclear by a timeout too', async () => {
    const list = await aList(aTool(portal, { clock, limits: { timeoutMs: 150 } }));
    await setFaults(portal, { kind: 'latency', ms: 600, match: 'memberships/add' });
    expect(await list.enrol('Surge', [request])).toMatchObject([{ outcome: 'unclear' }]);
  });

  it('is tried again when HubSpot asked for patience, and thrown when it refused the whole call', async () => {
    const list = await aList();
    const busy = {
      status: 'error',
      message: 'You have reached your secondly limit.',
      category: 'RATE_LIMITS',
    };
    await setFaults(portal, { kind: 'status', status: 429, body: busy, times: 1, match: 'memberships/add' });
    expect(await list.enrol('Surge', [request])).toMatchObject([{ outcome: 'enrolled' }]);
    expect(clock.slept).toEqual([1_000]);
    await setFaults(portal, { kind: 'expire-session' });
    expect(await errorOf(list.enrol('Surge', [request]))).toMatchObject({ kind: 'Authentication' });
  });
});

describe('a leaving without an answer', () => {
  it('is asked again, for out twice is out', async () => {
    const tool = aTool(portal, { clock });
    const list = await aList(tool);
    await list.enrol('Surge', [request]);
    await setFaults(portal, { ...lost, times: 1, match: 'memberships/remove' });
    expect(await list.leave('Surge', [request])).toEqual([{ key: 'key', outcome: 'absent' }]);
    expect(tool.calls()['list-remove']).toBe(2);
    expect(await list.enrolled('Surge', [request])).toEqual(new Map());
  });

  it('is unclear when none comes', async () => {
    const list = await aList();
    await setFaults(portal, { ...lost, match: 'memberships/remove' });
    expect(await list.leave('Surge', [request])).toEqual([UNCLEAR]);
  });
});
