import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConsentReading, MarketingTool } from '../../../../src/ports/marketing.js';
import { moveState } from '../../../../src/sandbox/outreach/rules/amend.js';
import type { OutreachServer } from '../../../../src/sandbox/outreach/start.js';
import { aPerson } from '../../../contracts/marketing-tool.js';
import { add, anOrg, aProspect, NOON, setFaults } from '../../../sandbox/outreach/outreach-org.js';
import { aMail, aTool } from './outreach-tool.js';

const ADA = 'ada@example.org';
const DAY_MS = 86_400_000;

let org: OutreachServer;
let tool: MarketingTool;

beforeEach(async () => {
  org = await anOrg();
  tool = aTool(org);
});
afterEach(() => org.close());

async function read(email = ADA): Promise<ConsentReading | undefined> {
  return (await tool.consent([aPerson(email)]))[0];
}

/** An answer as of an account that says less, or says it twice. */
function prospectsAre(...prospects: readonly { readonly id: number; readonly attributes: object }[]) {
  const data = prospects.map((one) => ({ type: 'prospect', ...one }));
  return setFaults(org, { kind: 'status', status: 200, body: { data }, match: 'GET .*/prospects' });
}

describe('consent', () => {
  it.each([[{ optedOut: true }], [{ emailOptedOut: true }], [{ emailsOptStatus: 'opted_out' }]])(
    'is missing where a prospect says %j',
    async (attributes) => {
      await aProspect(org, ADA, attributes);
      expect(await read()).toMatchObject({ optedOut: true });
    },
  );

  it.each([
    [{ emailOptedOut: true, optedOut: false }, true],
    [{ emailsOptStatus: 'opted_out', optedOut: false, emailOptedOut: false }, true],
    [{ emailsOptStatus: 'opted_in' }, false],
    [{ optedOut: false }, false],
    [{}, null],
  ])('is taken from each attribute that is told: %j is %j', async (attributes, optedOut) => {
    await prospectsAre({ id: 7, attributes: { emails: [ADA], ...attributes } });
    expect(await read()).toMatchObject({ recordId: '7', optedOut });
  });

  it('is read fifty people a question, three questions for those who are known', async () => {
    for (let nth = 0; nth < 3; nth += 1) await aProspect(org, `p${nth * 30}@example.org`);
    const persons = Array.from({ length: 101 }, (_, nth) => aPerson(`p${nth}@example.org`));
    const readings = await tool.consent(persons);
    expect(readings.filter(({ recordId }) => recordId !== null).map(({ person }) => person)).toEqual([
      'p:p0@example.org',
      'p:p30@example.org',
      'p:p60@example.org',
    ]);
    expect(tool.calls()).toEqual({ 'mailings-list': 2, 'prospects-list': 3, 'sequenceStates-list': 2 });
  });

  it('asks for nobody by an address that the filter would take for a list or a range', async () => {
    await aProspect(org, ADA);
    for (const email of ['ada@example.org,b@example.org', 'a..z@example.org', 'no address'])
      expect(await read(email)).toMatchObject({ recordId: null, optedOut: false });
    expect(tool.calls()).toEqual({});
  });

  it('passes over prospects that carry none of the addresses', async () => {
    await prospectsAre({ id: 7, attributes: { emails: ['other@example.org'], optedOut: true } });
    expect(await read()).toMatchObject({ recordId: null, optedOut: false });
    expect(tool.calls()).toEqual({ 'prospects-list': 1 });
  });

  it('is a question where several prospects have the address, and any opt-out counts', async () => {
    await prospectsAre(
      { id: 7, attributes: { emails: [ADA], optedOut: false } },
      { id: 8, attributes: { emails: ['a@example.org', 'Ada@Example.org'], optedOut: true } },
    );
    expect(await read()).toMatchObject({ recordId: null, ambiguous: true, optedOut: true });
  });

  it.each([
    ['active', true],
    ['pending', true],
    ['paused', true],
    ['disabled', false],
    ['failed', false],
    ['bounced', false],
    ['finished', false],
    ['opted_out', false],
  ])('says of a prospect whose sequence is %s that it is in one: %s', async (state, inSequence) => {
    const added = await add(org, await aProspect(org, ADA));
    moveState(org.org, added.data.id, state, { at: NOON });
    expect(await read()).toMatchObject({ inSequence, bounced: state === 'bounced' });
  });

  it('knows a bounce by a mail of its own, until another sequence began', async () => {
    const prospect = await aProspect(org, ADA);
    expect(await read()).toMatchObject({ bounced: false });
    aMail(org, prospect, { state: 'bounced', bouncedAt: new Date(NOON).toISOString() });
    expect(await read()).toMatchObject({ bounced: true });
    org.clock.advance(DAY_MS);
    await add(org, prospect);
    expect(await read()).toMatchObject({ bounced: false });
  });

  it.each(['prospects', 'sequenceStates', 'mailings'])(
    'is unknown, and nothing worse, while the %s can’t be read',
    async (path) => {
      await aProspect(org, ADA);
      await setFaults(org, { kind: 'status', status: 502, match: `GET .*/${path}` });
      expect(await read()).toMatchObject({ recordId: null, optedOut: null, bounced: null, inSequence: null });
    },
  );

  it('throws what stops everything', async () => {
    await setFaults(org, { kind: 'expire-session' });
    await expect(read()).rejects.toMatchObject({ kind: 'Authentication' });
  });
});
