import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../../../src/adapters/crm/salesforce/index.js';
import type { CreateOutcome } from '../../../../src/ports/crm.js';
import { interceptHttp } from '../../../support/http.js';
import { anEmbeddedOrg, type EmbeddedOrg } from './support/embedded.js';
import { aSalesforce, DATA, idOf, ORIGIN } from './support/salesforce.js';

const POST = '^POST .*/composite/sobjects';
const records = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ key: `k${at}`, values: { Name: `New ${at}` } }));
const tally = (outcomes: readonly CreateOutcome[]): Readonly<Record<string, number>> => {
  const count = (wanted: string) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  return { created: count('created'), unclear: count('unclear'), refused: count('refused') };
};

describe('making records in the embedded org', () => {
  let org: EmbeddedOrg;
  beforeEach(async () => {
    org = await anEmbeddedOrg();
  });
  afterEach(() => org.close());
  const stored = () => org.server.org.table('Account').liveCount();

  it('calls a request unclear whose answer was lost, and does not send it again', async () => {
    org.server.faults.set({ kind: 'reset', match: POST, times: 1, afterBytes: 0 });
    const { crm } = org.connect();
    expect(tally(await crm.create('Account', records(3)))).toEqual({ created: 0, unclear: 3, refused: 0 });
    expect(stored()).toBe(3);
    expect(crm.usage().calls.collections).toBe(1);
  });

  it('goes on after an unclear request', async () => {
    org.server.faults.set({ kind: 'status', match: POST, nth: 2, status: 503, body: '' });
    const { crm } = org.connect();
    const outcomes = await crm.create('Account', records(450));
    expect(outcomes.map(({ key }) => key)).toEqual(records(450).map(({ key }) => key));
    expect(tally(outcomes.slice(0, 200))).toEqual({ created: 200, unclear: 0, refused: 0 });
    expect(tally(outcomes.slice(200, 400))).toEqual({ created: 0, unclear: 200, refused: 0 });
    expect(tally(outcomes.slice(400))).toEqual({ created: 50, unclear: 0, refused: 0 });
    expect(stored()).toBe(250);
  });

  it.each([
    ['a session that had ended', { kind: 'expire-session', match: POST, times: 1 }],
    ['a server that asked to slow down', { kind: 'status', match: POST, times: 1, status: 429, body: [] }],
  ] as const)('sends again after %s, because nothing was done', async (_, fault) => {
    org.server.faults.set(fault);
    const outcomes = await org.connect().crm.create('Account', records(2));
    expect(tally(outcomes)).toEqual({ created: 2, unclear: 0, refused: 0 });
    expect(stored()).toBe(2);
  });

  it('throws when the first request was refused as a whole', async () => {
    const wrong = [{ key: 'a', values: { Name: 'x', Nothing__c: 1 } }];
    await expect(org.connect().crm.create('Account', wrong)).rejects.toMatchObject({
      code: 'SF_FIELD_NOT_VISIBLE',
      kind: 'Config',
    });
    expect(stored()).toBe(0);
  });

  it('refuses, to be tried later, what the API budget no longer allows', async () => {
    const budget = { ...DEFAULT_SETTINGS.budget, share: 0.00001 };
    const outcomes = await org.connect({ budget }).crm.create('Account', records(201));
    expect(tally(outcomes)).toEqual({ created: 200, unclear: 0, refused: 1 });
    expect(outcomes[200]).toMatchObject({
      refusal: { code: 'SF_BUDGET_SPENT', retryable: true, advice: expect.stringMatching(/tomorrow/) },
    });
  });

  it('does not repeat a locked record by itself', async () => {
    org.server.faults.set({ kind: 'lock-row', match: POST, times: 1 });
    const { crm } = org.connect();
    const [locked, other] = await crm.create('Account', records(2));
    expect(locked).toMatchObject({ outcome: 'refused', refusal: { retryable: true } });
    expect(other?.outcome).toBe('created');
    expect(crm.usage().calls.collections).toBe(1);
  });

  it('wants a key of its own for each record', async () => {
    const [one] = records(1);
    await expect(org.connect().crm.create('Account', one ? [one, one] : [])).rejects.toMatchObject({
      code: 'SF_DUPLICATE_CHANGE',
    });
    expect(stored()).toBe(0);
  });
});

describe('the request that makes records', () => {
  const http = interceptHttp(ORIGIN);
  const answer = [{ id: idOf(1), success: true, errors: [] }];

  it('runs no assignment rule and takes each record for itself', async () => {
    http()
      .post(`${DATA}/composite/sobjects`, {
        allOrNone: false,
        records: [{ attributes: { type: 'Account' }, Name: 'New 0' }],
      })
      .matchHeader('sforce-auto-assign', 'FALSE')
      .matchHeader('sforce-duplicate-rule-header', 'allowSave=true')
      .reply(200, answer);
    const outcomes = await aSalesforce().crm.create('Account', records(1));
    expect(outcomes).toEqual([{ key: 'k0', outcome: 'created', id: idOf(1) }]);
  });

  it.each([
    ['results of another number', 200, []],
    ['an unreadable answer', 200, '<html>'],
    ['a server error that explains itself', 500, [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'ErrorId: 1' }]],
  ])('leaves the record unclear after %s', async (_, status, body) => {
    http().post(`${DATA}/composite/sobjects`).reply(status, body);
    expect(await aSalesforce().crm.create('Account', records(1))).toEqual([
      { key: 'k0', outcome: 'unclear' },
    ]);
  });

  it('is never sent when the log-in fails, and then says so', async () => {
    http().post('/services/oauth2/token').times(5).reply(503, '');
    const auth = { kind: 'client-credentials', clientId: 'id', clientSecret: 'worthless' } as const;
    await expect(aSalesforce({ auth }).crm.create('Account', records(1))).rejects.toMatchObject({
      code: 'SF_UNAVAILABLE',
    });
  });
});
