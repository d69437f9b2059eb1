import { describe, expect, it } from '@jest/globals';
import type { WriteOutcome } from '../../../../src/ports/crm.js';
import { interceptHttp } from '../../../support/http.js';
import { aSalesforce, collect, DATA, idOf, ORIGIN } from './support/salesforce.js';

const http = interceptHttp(ORIGIN);
const ROWS = 2001;
const JOB = `${DATA}/jobs/ingest/750A`;
const change = (number: number) => ({ id: idOf(number), values: { Score__c: number, Note__c: null } });
const CHANGES = Array.from({ length: ROWS }, (_, index) => change(ROWS - 1 - index));
const CSV = [
  'Id,Note__c,Score__c',
  ...CHANGES.toReversed().map(({ id, values }) => `"${id}",#N/A,${values.Score__c}`),
  '',
].join('\n');

function expectCreated(): void {
  const body = {
    object: 'Account',
    operation: 'update',
    contentType: 'CSV',
    lineEnding: 'LF',
    columnDelimiter: 'COMMA',
  };
  http().post(`${DATA}/jobs/ingest`, body).reply(200, { id: '750A', state: 'Open' });
}

function expectLoaded(): void {
  expectCreated();
  http()
    .put(`${JOB}/batches`, CSV)
    .matchHeader('content-type', /^text\/csv/)
    .reply(201);
  http().patch(JOB, { state: 'UploadComplete' }).reply(200, { id: '750A', state: 'UploadComplete' });
}

function expectEnd(job: Record<string, unknown>): void {
  http()
    .get(JOB)
    .reply(200, {
      id: '750A',
      state: 'JobComplete',
      numberRecordsProcessed: ROWS,
      numberRecordsFailed: 0,
      ...job,
    });
}

function write() {
  const { crm } = aSalesforce();
  return { crm, outcomes: collect(crm.write('Account', CHANGES)).then((pages) => pages.flat()) };
}

const refused = (outcomes: readonly WriteOutcome[]) =>
  new Map(outcomes.flatMap((outcome) => (outcome.ok ? [] : [[outcome.id, outcome.refusal] as const])));

describe('writing by a bulk job', () => {
  it('sends sorted rows with #N/A for null, and asks for no results when all went well', async () => {
    expectLoaded();
    expectEnd({});
    const { crm, outcomes } = write();
    const all = await outcomes;
    expect(all).toHaveLength(ROWS);
    expect(new Set(all.map((outcome) => outcome.id)).size).toBe(ROWS);
    expect(all.every((outcome) => outcome.ok)).toBe(true);
    expect(crm.usage().calls).toEqual({ 'bulk-ingest': crm.forecastWrite(ROWS).calls, poll: 1 });
  });

  it('sends the whole body again after a 503 on the upload', async () => {
    expectCreated();
    http().put(`${JOB}/batches`, CSV).reply(503, 'busy');
    http().put(`${JOB}/batches`, CSV).reply(201);
    http().patch(JOB).reply(200, { id: '750A', state: 'UploadComplete' });
    expectEnd({});
    expect(refused(await write().outcomes).size).toBe(0);
  });

  it('takes a body for received whose answer was lost', async () => {
    expectCreated();
    http()
      .put(`${JOB}/batches`, CSV)
      .replyWithError(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
    http()
      .put(`${JOB}/batches`, CSV)
      .reply(400, [
        { errorCode: 'BULK_API_ERROR', message: 'Found multiple contents for job: <750A>, please retry' },
      ]);
    http().patch(JOB).reply(200, { id: '750A', state: 'UploadComplete' });
    expectEnd({});
    expect(refused(await write().outcomes).size).toBe(0);
  });

  it('maps refused rows back by id, whatever their order', async () => {
    expectLoaded();
    expectEnd({ numberRecordsFailed: 2 });
    const lines = [
      '"sf__Id","sf__Error","Id","Note__c","Score__c"',
      `"${idOf(7)}","FIELD_CUSTOM_VALIDATION_EXCEPTION:No, ""never"":Score__c --","${idOf(7)}","","7"`,
      `"${idOf(3)}","ENTITY_IS_DELETED:entity is deleted:--","${idOf(3)}","","3"`,
      '',
    ];
    http().get(`${JOB}/failedResults`).reply(200, lines.join('\n'));
    const found = refused(await write().outcomes);
    expect([...found.keys()].sort()).toEqual([idOf(3), idOf(7)]);
    expect(found.get(idOf(7))).toMatchObject({
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'No, "never"',
      fields: ['Score__c'],
      retryable: false,
    });
  });

  it('makes rows that the job never reached retryable refusals', async () => {
    expectLoaded();
    expectEnd({ state: 'Failed', numberRecordsProcessed: ROWS - 1, errorMessage: 'TooManyRetries' });
    http()
      .get(`${JOB}/unprocessedrecords`)
      .reply(200, `"Id","Note__c","Score__c"\n"${idOf(5)}","","5"\n`);
    const found = refused(await write().outcomes);
    expect([...found]).toEqual([[idOf(5), expect.objectContaining({ code: 'JOB_FAILED', retryable: true })]]);
  });

  it('tries locked rows again by collections', async () => {
    expectLoaded();
    expectEnd({ numberRecordsFailed: 1 });
    const error = `"UNABLE_TO_LOCK_ROW:unable to obtain exclusive access:--"`;
    http()
      .get(`${JOB}/failedResults`)
      .reply(200, `"sf__Id","sf__Error","Id"\n"${idOf(9)}",${error},"${idOf(9)}"\n`);
    http()
      .patch(`${DATA}/composite/sobjects`)
      .reply(200, [{ id: idOf(9), success: true, errors: [] }]);
    const all = await write().outcomes;
    expect(all).toHaveLength(ROWS);
    expect(refused(all).size).toBe(0);
  });

  it('refuses to call a job done that lost rows', async () => {
    expectLoaded();
    expectEnd({ numberRecordsProcessed: ROWS - 10 });
    http().get(`${JOB}/unprocessedrecords`).reply(200, '"Id"\n');
    await expect(write().outcomes).rejects.toMatchObject({ code: 'SF_COUNT_MISMATCH' });
  });

  it('names the column that the integration user cannot see', async () => {
    expectLoaded();
    expectEnd({
      state: 'Failed',
      numberRecordsProcessed: 0,
      errorMessage: 'InvalidBatch : Field name not found : Score__c',
    });
    await expect(write().outcomes).rejects.toMatchObject({ code: 'SF_FIELD_NOT_VISIBLE', kind: 'Config' });
  });

  it('trusts the state of a job whose closing was answered late', async () => {
    expectCreated();
    http().put(`${JOB}/batches`).reply(201);
    http().patch(JOB).reply(503, 'busy');
    http()
      .patch(JOB)
      .reply(400, [{ errorCode: 'INVALIDJOBSTATE', message: 'Invalid job state transition' }]);
    expectEnd({ state: 'InProgress' });
    expectEnd({});
    expect(refused(await write().outcomes).size).toBe(0);
  });
});
