import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EngagementEvent, MarketingTool } from '../../../../src/ports/marketing.js';
import type { OutreachServer } from '../../../../src/sandbox/outreach/start.js';
import { isoTime } from '../../../../src/sandbox/outreach/store/record.js';
import { allOf } from '../../../contracts/marketing-tool.js';
import { add, anOrg, aProspect, flip, NOON, setFaults } from '../../../sandbox/outreach/outreach-org.js';
import { aMail, aTool, errorOf } from './outreach-tool.js';

const HOUR_MS = 3_600_000;
const STARTED = 'Getting started';

let org: OutreachServer;
let tool: MarketingTool;
let ada: number;
let stateId: number;

beforeEach(async () => {
  org = await anOrg();
  tool = aTool(org);
  ada = await aProspect(org, 'ada@example.org');
  stateId = (await add(org, ada)).data.id;
  org.clock.advance(HOUR_MS);
});
afterEach(() => org.close());

function told(since = 0, prospects: readonly number[] = [ada]): Promise<readonly EngagementEvent[]> {
  const people = prospects.map((id) => ({ person: `p:${id}`, recordId: String(id) }));
  return allOf(tool.engagement({ people, since }));
}

function mailOf(state: number): number {
  return org.org.mailings.ofState(state)[0]?.id ?? 0;
}

const engage = (kind: string): Promise<unknown> => flip(org, 'engage', { prospectId: ada, kind });

describe('engagement', () => {
  it('is nothing because a mail was delivered', async () => {
    expect(await told()).toEqual([]);
  });

  it.each(['opened', 'clicked'] as const)('of kind %s names person, sequence and time', async (kind) => {
    await engage(kind);
    expect(await told()).toEqual([
      {
        id: `outreach:${mailOf(stateId)}:${kind}`,
        person: `p:${ada}`,
        kind,
        at: NOON + HOUR_MS,
        channel: 'outreach-sequence',
        target: STARTED,
      },
    ]);
  });

  it.each(['replied', 'bounced', 'unsubscribed'] as const)(
    'of kind %s comes with the end of the sequence',
    async (kind) => {
      await engage(kind);
      expect((await told()).map(({ id, at }) => [id, at])).toEqual([
        [`outreach:${mailOf(stateId)}:${kind}`, NOON + HOUR_MS],
        [`outreach:${stateId}:finished`, NOON + HOUR_MS],
      ]);
    },
  );

  it('of kind finished is told when the last step is over', async () => {
    await engage('finished');
    expect(await told()).toMatchObject([{ kind: 'finished', target: STARTED, at: NOON + HOUR_MS }]);
  });

  it('is told from a moment on, that moment included', async () => {
    await engage('opened');
    const openedAt = org.clock.now();
    org.clock.advance(HOUR_MS);
    await engage('replied');
    const kinds = async (since: number) => (await told(since)).map(({ kind }) => kind);
    expect(await kinds(openedAt)).toEqual(['opened', 'replied', 'finished']);
    expect(await kinds(openedAt + 1)).toEqual(['replied', 'finished']);
    expect(await kinds(org.clock.now())).toEqual(['replied', 'finished']);
    expect(await kinds(org.clock.now() + 1)).toEqual([]);
  });

  it('is told of those alone who were asked for', async () => {
    await engage('opened');
    const stranger = await aProspect(org, 'b@example.org');
    expect(await told(0, [stranger])).toEqual([]);
    expect(await told(0, [])).toEqual([]);
  });

  it('of mail without a sequence has neither channel nor target', async () => {
    aMail(org, ada, { openedAt: isoTime(org.clock.now()) });
    expect(await told()).toMatchObject([{ kind: 'opened', channel: null, target: null }]);
  });

  it('of a sequence that is not there any more has no target', async () => {
    await engage('opened');
    const [one] = [...org.org.sequences.scan(0)];
    org.org.sequences.remove(one?.id ?? 0);
    expect(await told()).toMatchObject([{ channel: 'outreach-sequence', target: null }]);
  });

  it('comes in pages, each event once, and costs two questions for fifty people', async () => {
    const opened = { openedAt: isoTime(org.clock.now()) };
    for (let nth = 0; nth < 1_500; nth += 1) aMail(org, ada, opened);
    const people = Array.from({ length: 51 }, (_, nth) => ada + nth);
    const events = await told(0, people);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1_500);
    expect(tool.calls()).toEqual({ 'mailings-list': 3, 'sequenceStates-list': 2 });
  });

  it('asks for the name of a sequence once', async () => {
    await engage('opened');
    await told();
    await told();
    expect(tool.calls()).toMatchObject({ 'sequences-list': 1 });
  });

  it('of a prospect that two people share is the first one’s', async () => {
    await engage('opened');
    const recordId = String(ada);
    const people = [
      { person: 'p:one', recordId },
      { person: 'p:other', recordId },
    ];
    const events = await allOf(tool.engagement({ people, since: 0 }));
    expect(events.map(({ person }) => person)).toEqual(['p:one']);
  });

  it('throws what stops it', async () => {
    await setFaults(org, { kind: 'expire-session' });
    expect(await errorOf(told())).toMatchObject({ kind: 'Authentication' });
  });
});
