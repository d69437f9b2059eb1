import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Channel, type MarketingTool, SEQUENCE_REST_DAYS } from '../../../../src/ports/marketing.js';
import type { OutreachServer, OutreachStart } from '../../../../src/sandbox/outreach/start.js';
import { channelOf } from '../../../contracts/marketing-tool.js';
import { add, anOrg, aProspect, flip, setFaults } from '../../../sandbox/outreach/outreach-org.js';
import {
  aTool,
  errorOf,
  onePersonOf,
  peopleOf,
  requestOf,
  type SleepingClock,
  sleepingClock,
  toldOf,
} from './outreach-tool.js';

const STARTED = 'Getting started';
const RENEWAL = 'Renewal 90 days';
const DAY_MS = 86_400_000;
const POSTED = 'POST .*/sequenceStates$';

let org: OutreachServer;
let clock: SleepingClock;
let tool: MarketingTool;
let sequence: Channel;

beforeEach(() => open());
afterEach(() => org.close());

async function open(start: Partial<OutreachStart> = {}): Promise<void> {
  await org?.close();
  org = await anOrg(start);
  clock = sleepingClock(org.clock);
  again();
}

/** A new process: nothing is known any more. */
function again(): void {
  tool = aTool(org, { clock });
  sequence = channelOf(tool, 'outreach-sequence');
}

function addings(): number {
  return org.org.states.addings().length;
}

describe('an enrolment', () => {
  it('names what came to be, and is one question and one request for each', async () => {
    const requests = await peopleOf(org, 60);
    const outcomes = await sequence.enrol(STARTED, requests);
    const made = [...org.org.states.scan(0)].map(({ id }) => String(id));
    expect(outcomes).toEqual(
      requests.map(({ key }, nth) => ({ key, outcome: 'enrolled', made: made[nth] ?? '' })),
    );
    expect(tool.calls()).toEqual({
      'mailboxes-list': 1,
      'sequenceStates-create': 60,
      'sequenceStates-list': 2,
      'sequences-list': 1,
    });
  });

  it('goes at the pace of the limit, which nobody is refused for', async () => {
    const requests = await peopleOf(org, 6);
    tool = aTool(org, { clock, limits: { hourly: 5 } });
    const told = await toldOf(channelOf(tool, 'outreach-sequence').enrol(STARTED, requests));
    expect(told).toEqual(Array(6).fill('enrolled'));
    expect(clock.slept).toEqual([3_600_000]);
  });

  it('counts though the throttle makes it wait', async () => {
    await open({ sequences: [{ name: STARTED, throttleMaxAddsPerDay: 1 }] });
    const requests = await peopleOf(org, 2);
    expect(await toldOf(sequence.enrol(STARTED, requests))).toEqual(['enrolled', 'enrolled']);
    const states = [...org.org.states.scan(0)].map(({ attributes }) => attributes.state);
    expect(states).toEqual(['active', 'pending']);
    expect(await toldOf(sequence.enrol(STARTED, requests))).toEqual(['already', 'already']);
    expect((await sequence.enrolled(STARTED, requests)).size).toBe(2);
  });

  it('is none for whoever went through it before, as the ruleset has it', async () => {
    const request = await onePersonOf(org);
    await sequence.enrol(STARTED, [request]);
    await flip(org, 'engage', { prospectId: Number(request.recordId), kind: 'finished' });
    org.clock.advance((SEQUENCE_REST_DAYS + 1) * DAY_MS);
    expect(await sequence.enrol(STARTED, [request])).toEqual([
      { key: request.key, outcome: 'already', made: null },
    ]);
    expect(tool.calls()['sequenceStates-create']).toBe(2);
  });

  it('begins anew after a rest, where the ruleset lets it', async () => {
    const request = await onePersonOf(org);
    await sequence.enrol(RENEWAL, [request]);
    await flip(org, 'engage', { prospectId: Number(request.recordId), kind: 'finished' });
    org.clock.advance(SEQUENCE_REST_DAYS * DAY_MS - 1);
    expect(await toldOf(sequence.enrol(RENEWAL, [request]))).toEqual(['already']);
    org.clock.advance(1);
    expect(await toldOf(sequence.enrol(RENEWAL, [request]))).toEqual(['enrolled']);
    expect(addings()).toBe(2);
  });

  it('is refused for whom it is not: unknown, opted out, without an address', async () => {
    const [gone, nobody] = [requestOf(12, { key: 'gone' }), requestOf(0, { key: 'x', recordId: '' })];
    const left = requestOf(await aProspect(org, 'left@example.org', { optedOut: true }), { key: 'left' });
    const bare = requestOf(await aProspect(org, 'bare@example.org', { emails: [] }), { key: 'bare' });
    expect(await toldOf(sequence.enrol(STARTED, [gone, nobody, left, bare]))).toEqual([
      'OBJECT_NOT_FOUND',
      'OBJECT_NOT_FOUND',
      'UNSUBSCRIBED',
      'INVALID_EMAIL',
    ]);
  });

  it('is refused by a sequence that was disabled, or is full, since it was read', async () => {
    await open({ sequences: [{ name: STARTED, sequenceType: 'date', maxActivations: 1 }] });
    const [first, second] = await peopleOf(org, 2);
    if (first === undefined || second === undefined) throw new Error('nobody was made');
    expect(await toldOf(sequence.enrol(STARTED, [first, second]))).toEqual(['enrolled', 'SEQUENCE_FULL']);
    const [one] = [...org.org.sequences.scan(0)];
    if (one !== undefined)
      org.org.sequences.write({ ...one, attributes: { ...one.attributes, enabled: false } });
    expect(await sequence.enrol(STARTED, [second])).toMatchObject([
      { outcome: 'refused', refusal: { code: 'SEQUENCE_DISABLED', retryable: true } },
    ]);
  });

  it('without an answer is unclear, sent once, and found by reading back', async () => {
    const request = await onePersonOf(org);
    await setFaults(org, { kind: 'reset', afterBytes: 0, match: POSTED });
    expect(await sequence.enrol(STARTED, [request, { ...request, key: 'again' }])).toEqual([
      { key: request.key, outcome: 'unclear', made: null },
      { key: 'again', outcome: 'unclear', made: null },
    ]);
    expect(tool.calls()['sequenceStates-create']).toBe(1);
    again();
    const [state] = [...org.org.states.scan(0)];
    expect(await sequence.enrolled(STARTED, [request])).toEqual(new Map([[request.key, String(state?.id)]]));
    expect(addings()).toBe(1);
  });

  it('that never arrived is unclear too, and not found', async () => {
    const request = await onePersonOf(org);
    await setFaults(org, { kind: 'status', status: 502, times: 1, match: POSTED });
    expect(await toldOf(sequence.enrol(STARTED, [request]))).toEqual(['unclear']);
    expect(await sequence.enrolled(STARTED, [request])).toEqual(new Map());
    expect(await toldOf(sequence.enrol(STARTED, [request]))).toEqual(['enrolled']);
  });

  it('is tried again when Outreach asked for patience: it did nothing yet', async () => {
    const request = await onePersonOf(org);
    const moment = String(Math.floor(org.clock.now() / 1_000) + 90);
    await setFaults(org, {
      kind: 'status',
      status: 429,
      headers: { 'Retry-After': moment },
      times: 1,
      match: POSTED,
    });
    expect(await toldOf(sequence.enrol(STARTED, [request]))).toEqual(['enrolled']);
    expect(clock.slept).toEqual([90_000]);
    expect(addings()).toBe(1);
  });

  it('that fails half-way loses nothing of what was sent before, and throws when nothing was', async () => {
    const requests = await peopleOf(org, 3);
    await setFaults(org, { kind: 'expire-session', match: POSTED, nth: 2, times: 9 });
    expect(await toldOf(sequence.enrol(STARTED, requests))).toEqual([
      'enrolled',
      'OUTREACH_TOKEN_REFUSED',
      'OUTREACH_TOKEN_REFUSED',
    ]);
    expect(tool.calls()['sequenceStates-create']).toBe(2);
    expect(await errorOf(sequence.enrol(STARTED, requests))).toMatchObject({ kind: 'Authentication' });
  });

  it('is none when it can’t be read who is in which sequence', async () => {
    const request = await onePersonOf(org);
    await setFaults(org, { kind: 'status', status: 502, match: 'GET .*/sequenceStates' });
    expect(await errorOf(sequence.enrol(STARTED, [request]))).toMatchObject({ retryable: true });
    expect(addings()).toBe(0);
  });
});

describe('reading back', () => {
  it('passes over what was made and left before the request was first written down', async () => {
    const request = await onePersonOf(org);
    await sequence.enrol(STARTED, [request]);
    await flip(org, 'engage', { prospectId: Number(request.recordId), kind: 'finished' });
    const day = Math.floor(org.clock.now() / DAY_MS);
    const found = async (since: number) => (await sequence.enrolled(STARTED, [{ ...request, since }])).size;
    expect([await found(day), await found(day + 1), await found(day + 2)]).toEqual([1, 1, 0]);
  });

  it('finds who is in it however long ago that began, and in no other', async () => {
    const request = await onePersonOf(org);
    await add(org, Number(request.recordId));
    const since = Math.floor(org.clock.now() / DAY_MS) + 400;
    expect((await sequence.enrolled(STARTED, [{ ...request, since }])).size).toBe(1);
    expect((await sequence.enrolled(RENEWAL, [request])).size).toBe(0);
    expect((await sequence.enrolled('No such sequence', [request])).size).toBe(0);
  });
});
