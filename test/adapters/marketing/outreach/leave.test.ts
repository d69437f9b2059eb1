import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Channel, EnrolmentRequest, MarketingTool } from '../../../../src/ports/marketing.js';
import { moveState } from '../../../../src/sandbox/outreach/rules/amend.js';
import type { OutreachServer } from '../../../../src/sandbox/outreach/start.js';
import { channelOf } from '../../../contracts/marketing-tool.js';
import { add, anOrg, aProspect, caller, idOf, setFaults } from '../../../sandbox/outreach/outreach-org.js';
import { aTool, errorOf, requestOf } from './outreach-tool.js';

const STARTED = 'Getting started';
const FINISH = 'POST .*/actions/finish';

let org: OutreachServer;
let tool: MarketingTool;
let sequence: Channel;
let request: EnrolmentRequest;
let stateId: number;

beforeEach(async () => {
  org = await anOrg();
  tool = aTool(org);
  sequence = channelOf(tool, 'outreach-sequence');
  const prospect = await aProspect(org, 'ada@example.org');
  request = requestOf(prospect, { key: 'key' });
  stateId = (await add(org, prospect)).data.id;
});
afterEach(() => org.close());

function stateNow(): unknown {
  return org.org.states.byId(stateId)?.attributes.state;
}

async function leaving(target = STARTED): Promise<string | undefined> {
  return (await sequence.leave(target, [request]))[0]?.outcome;
}

describe('leaving a sequence', () => {
  it.each([
    ['active', 'left', 'finished'],
    ['pending', 'left', 'finished'],
    ['paused', 'left', 'finished'],
    ['disabled', 'left', 'finished'],
    ['failed', 'left', 'finished'],
    ['bounced', 'absent', 'bounced'],
    ['finished', 'absent', 'finished'],
    ['opted_out', 'absent', 'opted_out'],
  ])('while it is %s is answered %s, and ends it as %s', async (state, outcome, after) => {
    moveState(org.org, stateId, state, { at: org.clock.now() });
    expect(await leaving()).toBe(outcome);
    expect(stateNow()).toBe(after);
  });

  it('concerns that sequence alone', async () => {
    expect(await leaving('Renewal 90 days')).toBe('absent');
    expect(await leaving('No such sequence')).toBe('absent');
    expect(stateNow()).toBe('active');
  });

  it('is possible from a disabled one', async () => {
    const id = await idOf(org, 'sequences', `name=${STARTED}`);
    await caller(org).post(`/sequences/${id}/actions/deactivate`);
    expect(stateNow()).toBe('disabled');
    expect(await leaving()).toBe('left');
  });

  it('takes two requests for one person for one', async () => {
    const outcomes = await sequence.leave(STARTED, [request, { ...request, key: 'second' }]);
    expect(outcomes).toEqual([
      { key: 'key', outcome: 'left' },
      { key: 'second', outcome: 'absent' },
    ]);
    expect(tool.calls()['sequenceStates-finish']).toBe(1);
  });

  it('without an answer is asked again, for finished twice is finished', async () => {
    await setFaults(org, { kind: 'reset', afterBytes: 0, times: 1, match: FINISH });
    expect(await leaving()).toBe('absent');
    expect(stateNow()).toBe('finished');
    expect(tool.calls()['sequenceStates-finish']).toBe(2);
  });

  it('is unclear when no answer comes at all', async () => {
    await setFaults(org, { kind: 'reset', match: FINISH });
    expect(await leaving()).toBe('unclear');
  });

  it('is refused when Outreach refuses it and it goes on', async () => {
    const body = { errors: [{ id: 'validationError', detail: 'The moon is full.' }] };
    await setFaults(org, { kind: 'status', status: 422, body, match: FINISH });
    expect(await sequence.leave(STARTED, [request])).toMatchObject([
      { outcome: 'refused', refusal: { message: 'The moon is full.' } },
    ]);
  });

  it('keeps what was done when it fails half-way, and throws when nothing was', async () => {
    const other = await aProspect(org, 'b@example.org');
    await add(org, other);
    const requests = [request, requestOf(other, { key: 'other' })];
    await setFaults(org, { kind: 'expire-session', match: FINISH, nth: 2, times: 9 });
    expect(await sequence.leave(STARTED, requests)).toMatchObject([
      { outcome: 'left' },
      { outcome: 'refused', refusal: { code: 'OUTREACH_TOKEN_REFUSED', retryable: true } },
    ]);
    expect(await errorOf(sequence.leave(STARTED, requests))).toMatchObject({ kind: 'Authentication' });
  });
});
