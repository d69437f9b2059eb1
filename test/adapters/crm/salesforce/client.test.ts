import { describe, expect, it } from '@jest/globals';
import { interceptHttp } from '../../../support/http.js';
import { aSalesforce, collect, DATA, idOf, movedClock, ORIGIN } from './support/salesforce.js';

const http = interceptHttp(ORIGIN);
const OBJECTS = { sobjects: [] };
const BUSY = [{ message: 'Server too busy', errorCode: 'SERVER_UNAVAILABLE' }];

describe('sending again', () => {
  it('waits with growing, jittered pauses for a server that is unavailable', async () => {
    http().get(`${DATA}/sobjects`).times(3).reply(503, BUSY);
    http().get(`${DATA}/sobjects`).reply(200, OBJECTS);
    const clock = movedClock();
    await aSalesforce({ clock }).crm.objects();
    expect(clock.slept).toEqual([375, 750, 1500]);
  });

  it('waits as long as the server asks', async () => {
    http().get(`${DATA}/sobjects`).reply(429, BUSY, { 'retry-after': '7' });
    http().get(`${DATA}/sobjects`).reply(200, OBJECTS);
    const clock = movedClock();
    await aSalesforce({ clock }).crm.objects();
    expect(clock.slept).toEqual([7000]);
  });

  it('ends after the given number of attempts with an error that says what to do', async () => {
    http().get(`${DATA}/sobjects`).times(3).reply(503, BUSY);
    await expect(aSalesforce({ settings: { attempts: 3 } }).crm.objects()).rejects.toMatchObject({
      kind: 'Transient',
      code: 'SF_UNAVAILABLE',
      actions: expect.arrayContaining([expect.stringMatching(/resumes/)]),
    });
  });

  it('happens after a connection was cut', async () => {
    http()
      .get(`${DATA}/sobjects`)
      .replyWithError(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
    http().get(`${DATA}/sobjects`).reply(200, OBJECTS);
    await expect(aSalesforce().crm.objects()).resolves.toEqual([]);
  });

  it('does not happen for what cannot succeed', async () => {
    http()
      .get(`${DATA}/sobjects`)
      .reply(403, [{ message: 'The REST API is not enabled', errorCode: 'API_DISABLED_FOR_ORG' }]);
    await expect(aSalesforce().crm.objects()).rejects.toMatchObject({
      kind: 'Authorization',
      code: 'SF_API_DISABLED',
    });
  });

  it('gives up on a server that does not answer in time', async () => {
    http().get(`${DATA}/sobjects`).twice().delay(500).reply(200, OBJECTS);
    const settings = { timeoutMs: 30, attempts: 2 };
    await expect(aSalesforce({ settings }).crm.objects()).rejects.toMatchObject({
      code: 'SF_UNREACHABLE',
      message: expect.stringMatching(/timed out/),
    });
  });
});

describe('limits', () => {
  it.each([
    ['TotalRequests Limit exceeded.', 'SF_DAILY_LIMIT', 1],
    ['ConcurrentRequests (Concurrent API Requests) Limit exceeded.', 'SF_CONCURRENT_LIMIT', 2],
    ['ConcurrentPerOrgLongTxn Limit exceeded', 'SF_CONCURRENT_LIMIT', 2],
  ])('tells the causes of a refused request apart: %s', async (message, code, sendings) => {
    http()
      .get(`${DATA}/sobjects`)
      .times(sendings)
      .reply(403, [{ message, errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
    await expect(aSalesforce({ settings: { attempts: 2 } }).crm.objects()).rejects.toMatchObject({
      kind: 'RateLimited',
      code,
    });
  });

  it('stop the next request when the whole org has used its part of the quota', async () => {
    http().get(`${DATA}/sobjects`).reply(200, OBJECTS, { 'Sforce-Limit-Info': 'api-usage=12000/15000' });
    const { crm } = aSalesforce();
    await crm.objects();
    await expect(crm.objects()).rejects.toMatchObject({
      kind: 'RateLimited',
      code: 'SF_BUDGET_SPENT',
      retryable: false,
      message: expect.stringMatching(/12000 of its 15000/),
    });
    expect(crm.usage()).toEqual({ org: { used: 12000, allowed: 15000 }, calls: { describe: 1 } });
  });

  it('stop the next request when our own share is used up, earlier runs counted', async () => {
    http()
      .get(`${DATA}/sobjects`)
      .twice()
      .reply(200, OBJECTS, { 'Sforce-Limit-Info': 'api-usage=10/100; per-app-api-usage=17/250(appName=x)' });
    const budget = { share: 0.25, ceiling: 0.8, spentBefore: 23 };
    const { crm, spending } = aSalesforce({ settings: { budget } });
    expect(await spending()).toBeNull();
    await crm.objects();
    await crm.objects();
    await expect(crm.objects()).rejects.toMatchObject({ code: 'SF_BUDGET_SPENT' });
    expect(await spending()).toEqual({ spent: 25, ours: 25 });
  });

  it('keep the number of requests at the same time', async () => {
    let now = 0;
    let most = 0;
    http()
      .get(`${DATA}/sobjects`)
      .times(6)
      .reply(200, async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        return OBJECTS;
      });
    const { crm } = aSalesforce({ settings: { concurrency: 2 } });
    await Promise.all(Array.from({ length: 6 }, () => crm.objects()));
    expect(most).toBe(2);
  });
});

describe('writing by collections', () => {
  const change = (number: number) => ({ id: idOf(number), values: { Health__c: number, Band__c: null } });
  const ok = (number: number) => ({ id: idOf(number), success: true, errors: [] });
  const refused = (statusCode: string) => ({
    success: false,
    errors: [{ statusCode, message: 'm', fields: [] }],
  });

  it('sends 200 a request with good manners and gives each row its outcome', async () => {
    const all = Array.from({ length: 201 }, (_, index) => index);
    const sent = (numbers: readonly number[]) => ({
      allOrNone: false,
      records: numbers.map((number) => ({
        attributes: { type: 'Account' },
        id: idOf(number),
        Health__c: number,
        Band__c: null,
      })),
    });
    for (const some of [all.slice(0, 200), all.slice(200)]) {
      http()
        .patch(`${DATA}/composite/sobjects`, sent(some))
        .matchHeader('sforce-auto-assign', 'FALSE')
        .matchHeader('sforce-duplicate-rule-header', 'allowSave=true')
        .reply(200, some.map(ok));
    }
    const { crm } = aSalesforce();
    const outcomes = (await collect(crm.write('Account', all.map(change)))).flat();
    expect(outcomes).toEqual(all.map((number) => ({ id: idOf(number), ok: true })));
    expect(crm.usage().calls).toEqual({ collections: crm.forecastWrite(201).calls });
  });

  it('tries locked rows again in smaller groups, and gives up with a retryable refusal', async () => {
    const locked = refused('UNABLE_TO_LOCK_ROW');
    const patch = () => http().patch(`${DATA}/composite/sobjects`);
    patch().reply(200, [ok(1), locked, locked, refused('FIELD_CUSTOM_VALIDATION_EXCEPTION')]);
    patch().reply(200, [ok(2), locked]);
    patch().reply(200, [locked]);
    const outcomes = (await collect(aSalesforce().crm.write('Account', [1, 2, 3, 4].map(change)))).flat();
    expect(outcomes).toHaveLength(4);
    expect(
      new Map(outcomes.map((outcome) => [outcome.id, outcome.ok ? 'ok' : outcome.refusal.code])),
    ).toEqual(
      new Map([
        [idOf(1), 'ok'],
        [idOf(2), 'ok'],
        [idOf(3), 'UNABLE_TO_LOCK_ROW'],
        [idOf(4), 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
      ]),
    );
    expect(outcomes.find((outcome) => outcome.id === idOf(3))).toMatchObject({
      refusal: { retryable: true },
    });
  });

  it('sends the same rows again when the answer was lost', async () => {
    http()
      .patch(`${DATA}/composite/sobjects`)
      .replyWithError(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
    http()
      .patch(`${DATA}/composite/sobjects`)
      .reply(200, [ok(1)]);
    const outcomes = await collect(aSalesforce().crm.write('Account', [change(1)]));
    expect(outcomes).toEqual([[{ id: idOf(1), ok: true }]]);
  });

  it('refuses two changes of one record before anything is sent', async () => {
    const { crm } = aSalesforce();
    const twice = [change(1), { ...change(1), id: idOf(1).slice(0, 15) }];
    await expect(collect(crm.write('Account', twice))).rejects.toMatchObject({ code: 'SF_DUPLICATE_CHANGE' });
    await expect(collect(crm.write('Account', [{ id: "x' OR 1", values: {} }]))).rejects.toMatchObject({
      code: 'SF_BAD_ID',
    });
  });

  it('refuses to guess when results do not match what was sent', async () => {
    http()
      .patch(`${DATA}/composite/sobjects`)
      .reply(200, [ok(1)]);
    await expect(collect(aSalesforce().crm.write('Account', [change(1), change(2)]))).rejects.toMatchObject({
      code: 'SF_COUNT_MISMATCH',
    });
  });

  it('names the field that the integration user cannot see', async () => {
    http()
      .patch(`${DATA}/composite/sobjects`)
      .reply(400, [
        { message: "No such column 'Health__c' on sobject of type Account", errorCode: 'INVALID_FIELD' },
      ]);
    await expect(collect(aSalesforce().crm.write('Account', [change(1)]))).rejects.toMatchObject({
      kind: 'Config',
      code: 'SF_FIELD_NOT_VISIBLE',
      message: expect.stringMatching(/Health__c/),
    });
  });
});
