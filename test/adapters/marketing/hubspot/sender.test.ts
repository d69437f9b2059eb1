import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../../src/ports/clock.js';
import type { Channel, EnrolmentRequest, MarketingTool } from '../../../../src/ports/marketing.js';
import type { HubspotServer } from '../../../../src/sandbox/hubspot/start.js';
import { aRequest, channelOf, THE_SENDER } from '../../../contracts/marketing-tool.js';
import { aPortal, setFaults } from '../../../support/hubspot-portal.js';
import { aTool, baseContacts, errorOf, sleepingClock } from '../../../support/hubspot-tool.js';

const STARTED = 'Getting started';
/** A day, and the piece of it in which an enrolment is counted. */
const COUNTED_MS = 86_400_000 + 300_000;
const FULL = { outcome: 'refused', refusal: { code: 'INBOX_LIMIT', retryable: true } };
const ENROLLED = { outcome: 'enrolled' };

let portal: HubspotServer;
let clock: Clock & { readonly slept: number[] };

beforeEach(async () => {
  await open({});
});
afterEach(() => portal.close());

async function open(limits: { readonly burst?: number }): Promise<void> {
  await portal?.close();
  const contacts = Array.from({ length: 40 }, (_, index) => ({ email: `p${index}@example.org` }));
  portal = await aPortal({ contacts: baseContacts(contacts), limits });
  clock = sleepingClock(portal.clock);
}

function sequenceOf(tool: MarketingTool): Channel {
  return channelOf(tool, 'hubspot-sequence');
}

function requestsFor(count: number, more: Partial<EnrolmentRequest> = {}): readonly EnrolmentRequest[] {
  return [...portal.portal.contacts.rows.scan()]
    .slice(0, count)
    .map(({ id }) => aRequest({ recordId: id, ...more }));
}

/** What the inbox sent without us, just now. */
function sendOtherwise(count: number): void {
  const { sequences, users } = portal.portal;
  for (let index = 0; index < count; index += 1) {
    sequences.enrol({
      contactId: `other ${index}`,
      sequenceId: sequences.all()[0]?.id ?? '',
      toEmail: '',
      enrolledAt: portal.clock.now(),
      enrolledBy: users.all()[0]?.userId ?? '',
      enrolledByEmail: THE_SENDER,
    });
  }
}

describe('a sender', () => {
  it('enrols no more than HubSpot allows one inbox; the others may be tried the next day', async () => {
    const tool = aTool(portal, { clock, limits: { enrolmentsPerInbox: 1 } });
    const requests = requestsFor(2);
    expect(await sequenceOf(tool).enrol(STARTED, requests)).toMatchObject([ENROLLED, FULL]);
    portal.clock.advance(COUNTED_MS);
    expect(await sequenceOf(tool).enrol(STARTED, requests.slice(1))).toMatchObject([ENROLLED]);
  });

  it('has room in the order of the requests, and what has none costs no call', async () => {
    const tool = aTool(portal, { clock, limits: { enrolmentsPerInbox: 12 } });
    const outcomes = await sequenceOf(tool).enrol(STARTED, requestsFor(40));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      ...Array.from({ length: 12 }, () => 'enrolled'),
      ...Array.from({ length: 28 }, () => 'refused'),
    ]);
    expect(tool.calls()).toMatchObject({ 'sequence-state': 12, 'sequence-enrol': 12 });
  });

  it('has room that is told without a call', async () => {
    const tool = aTool(portal, { clock });
    expect(await sequenceOf(tool).room(THE_SENDER)).toBe(1_000);
    await sequenceOf(tool).enrol(STARTED, requestsFor(3));
    const before = tool.calls();
    expect(await sequenceOf(tool).room(` ${THE_SENDER.toUpperCase()}`)).toBe(997);
    expect(tool.calls()).toEqual(before);
  });

  it('has no room for the rest of the day once HubSpot says so', async () => {
    sendOtherwise(999);
    const tool = aTool(portal, { clock });
    const outcomes = await sequenceOf(tool).enrol(STARTED, requestsFor(40));
    expect(outcomes.filter(({ outcome }) => outcome === 'enrolled')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toMatchObject(
      Array.from({ length: 39 }, () => FULL),
    );
    // Those that were under way at the time.
    expect(tool.calls()['sequence-enrol']).toBeLessThanOrEqual(7);
    expect(await sequenceOf(tool).room(THE_SENDER)).toBe(0);
    portal.clock.advance(COUNTED_MS);
    expect(await sequenceOf(tool).room(THE_SENDER)).toBe(1_000);
    expect(await sequenceOf(tool).enrol(STARTED, requestsFor(40).slice(30))).toMatchObject(
      Array.from({ length: 10 }, () => ENROLLED),
    );
  });

  it('goes at the pace of the limit, which nobody is refused for', async () => {
    // As many fewer of our own as can be under way while the clock jumps.
    await open({ burst: 20 });
    const tool = aTool(portal, { clock, limits: { burst: 14 } });
    expect(await sequenceOf(tool).enrol(STARTED, requestsFor(30))).toMatchObject(
      Array.from({ length: 30 }, () => ENROLLED),
    );
    const total = Object.values(tool.calls()).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(sequenceOf(tool).forecastCalls(30));
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBe(40_000);
  });

  it('who fails half-way loses nothing of what was sent before', async () => {
    const [first, second] = requestsFor(2);
    if (first === undefined || second === undefined) throw new Error('nobody is known');
    const { enrol, room } = sequenceOf(aTool(portal, { clock }));
    await setFaults(portal, { kind: 'expire-session', match: `contact/${second.recordId}$` });
    expect(await enrol(STARTED, [first, second])).toMatchObject([
      ENROLLED,
      { outcome: 'refused', refusal: { code: 'HUBSPOT_TOKEN_REFUSED', retryable: true } },
    ]);
    expect(await room(THE_SENDER)).toBe(999);
    expect(await errorOf(enrol(STARTED, [first, second]))).toMatchObject({ kind: 'Authentication' });
  });

  it('asks for nobody more after a failure that is not about one person', async () => {
    await setFaults(portal, { kind: 'status', status: 401, match: 'enrollments' });
    const tool = aTool(portal, { clock });
    await errorOf(sequenceOf(tool).enrol(STARTED, requestsFor(40)));
    expect(tool.calls()['sequence-state']).toBeLessThanOrEqual(6);
    expect(await sequenceOf(tool).room(THE_SENDER)).toBe(1_000);
  });

  it('without an address is unknown, not somebody else, and asked about once', async () => {
    const tool = aTool(portal, { clock });
    const outcomes = await sequenceOf(tool).enrol(
      STARTED,
      requestsFor(3, { senderEmail: 'x@nowhere.example' }),
    );
    expect(outcomes).toMatchObject(
      outcomes.map(() => ({ outcome: 'refused', refusal: { code: 'SENDER_UNKNOWN' } })),
    );
    expect(tool.calls().owners).toBe(1);
    const [nameless] = await sequenceOf(tool).enrol(STARTED, requestsFor(1, { senderEmail: '' }));
    expect(nameless).toMatchObject({ outcome: 'refused', refusal: { code: 'SENDER_UNKNOWN' } });
  });

  it('who does not see the sequence is refused alone', async () => {
    const none = { total: 0, results: [] };
    const userId = portal.portal.users.all()[1]?.userId;
    await setFaults(portal, {
      kind: 'status',
      status: 200,
      body: none,
      match: `sequences.*userId=${userId}`,
    });
    const [one, other] = requestsFor(2);
    if (one === undefined || other === undefined) throw new Error('nobody is known');
    const outcomes = await sequenceOf(aTool(portal, { clock })).enrol(STARTED, [
      { ...one, senderEmail: 'tom.reid@northwind.example' },
      other,
    ]);
    expect(outcomes).toMatchObject([
      { outcome: 'refused', refusal: { code: 'SEQUENCE_NOT_SHARED' } },
      ENROLLED,
    ]);
  });

  it('of a sequence that nobody sees is a config error', async () => {
    const error = await errorOf(sequenceOf(aTool(portal)).enrol('No such sequence', requestsFor(1)));
    expect(error).toMatchObject({ kind: 'Config', code: 'HUBSPOT_SEQUENCE_MISSING' });
  });
});
