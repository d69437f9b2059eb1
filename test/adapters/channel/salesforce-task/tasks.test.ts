import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { salesforceTaskChannel } from '../../../../src/adapters/channel/salesforce-task/index.js';
import type { Channel, EnrolmentRequest } from '../../../../src/ports/marketing.js';
import { aSalesforceBench, type SalesforceBench } from '../support/salesforce.js';
import { aTask } from '../support/task.js';

let bench: SalesforceBench;
let channel: Channel;
let owner: string;
beforeEach(async () => {
  bench = await aSalesforceBench();
  channel = salesforceTaskChannel(bench.crm);
  owner = bench.org.server.org.users.admin;
});
afterEach(() => bench.org.close());

const enrol = (requests: readonly EnrolmentRequest[]) => channel.enrol('Call about adoption', requests);
const withTask = (given: Parameters<typeof aTask>[0]): EnrolmentRequest => ({
  ...bench.customer(),
  task: aTask(given),
});

describe('A task that is opened', () => {
  it('says about whom, for whom, what and when', async () => {
    const request = withTask({ ownerId: owner });
    const [outcome] = await enrol([request]);
    const [task] = bench.rows('Task');
    expect(outcome).toEqual({ key: request.key, outcome: 'enrolled', made: task?.Id });
    expect(task).toMatchObject({
      WhatId: request.account,
      WhoId: request.contactId,
      OwnerId: owner,
      Subject: 'Call about adoption (10 Mar 2026)',
      Description: 'Usage fell by a third within a month.',
      ActivityDate: '2026-03-12',
      Priority: 'High',
      Status: 'Not Started',
      TaskSubtype: 'Call',
      AccountId: request.account,
    });
  });

  it('is about the account alone where nobody is named', async () => {
    const request = { ...withTask({ ownerId: owner }), contactId: null, person: null };
    await enrol([request]);
    expect(bench.rows('Task')[0]?.WhoId ?? null).toBeNull();
    expect(await enrol([request])).toMatchObject([{ outcome: 'already' }]);
    expect(await enrol([{ ...request, key: 'k', contactId: bench.customer().contactId }])).toMatchObject([
      { outcome: 'enrolled' },
    ]);
  });

  it.each([
    ['call', 'high', 'Call', 'High'],
    ['message', 'normal', 'Email', 'Normal'],
    ['meeting', 'low', 'Task', 'Low'],
    ['other', 'low', 'Task', 'Low'],
  ] as const)('of the kind %s and %s priority is filed as %s, %s', async (kind, priority, subtype, shown) => {
    await enrol([withTask({ ownerId: owner, kind, priority })]);
    expect(bench.rows('Task')[0]).toMatchObject({ TaskSubtype: subtype, Priority: shown });
  });

  it('is not for an owner who has left, and the others are', async () => {
    const left = bench.org.plant('User', [{ Username: 'left@x.example', IsActive: false }])[0] ?? '';
    const outcomes = await enrol([withTask({ ownerId: left }), withTask({ ownerId: owner })]);
    expect(outcomes[0]).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'INACTIVE_OWNER_OR_USER', advice: expect.stringMatching(/inactive/) },
    });
    expect(outcomes[1]?.outcome).toBe('enrolled');
  });

  it('needs words', async () => {
    expect(await enrol([bench.customer()])).toMatchObject([
      { outcome: 'refused', refusal: { code: 'TASK_WORDS_MISSING', retryable: false } },
    ]);
    expect(bench.rows('Task')).toEqual([]);
  });
});

describe('A task that stands already', () => {
  it('is told from one with another subject or about somebody else', async () => {
    const request = withTask({ ownerId: owner });
    const other = { ...request, key: 'other words', task: aTask({ ownerId: owner, subject: 'Else' }) };
    const [made] = await enrol([request]);
    const found = await channel.enrolled('', [request, other, withTask({ ownerId: owner })]);
    expect(found).toEqual(new Map([[request.key, made?.outcome === 'enrolled' ? made.made : '']]));
  });

  it('counts when it is done, and not when it is older than the intention', async () => {
    const done = withTask({ ownerId: owner });
    const old = withTask({ ownerId: owner });
    const subject = done.task?.subject ?? '';
    const values = { Subject: subject, Status: 'Completed' };
    bench.org.plant('Task', [
      { ...values, WhatId: done.account, WhoId: done.contactId },
      { ...values, WhatId: old.account, WhoId: old.contactId, CreatedDate: '2026-03-08T23:59:59.000Z' },
    ]);
    const outcomes = await enrol([done, old]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['already', 'enrolled']);
  });

  it('is made once when it is asked for twice in one call', async () => {
    const request = withTask({ ownerId: owner });
    const outcomes = await enrol([request, { ...request, key: 'again' }]);
    const [task] = bench.rows('Task');
    expect(outcomes).toEqual([
      { key: request.key, outcome: 'enrolled', made: task?.Id },
      { key: 'again', outcome: 'already', made: task?.Id },
    ]);
    expect(bench.rows('Task')).toHaveLength(1);
  });

  it('is looked for in one request, however many are opened', async () => {
    const requests = Array.from({ length: 450 }, () => withTask({ ownerId: owner }));
    expect((await enrol(requests)).every(({ outcome }) => outcome === 'enrolled')).toBe(true);
    expect(bench.calls()).toBe(channel.forecastCalls(450));
    expect(bench.calls()).toBe(1 + 3);
    const outcomes = await enrol(requests);
    expect(outcomes.every(({ outcome }) => outcome === 'already')).toBe(true);
    expect(bench.calls()).toBe(1 + 3 + 1);
  });

  it('stops the call when it can`t be looked for: nothing is opened blindly', async () => {
    bench.org.server.faults.set({ kind: 'status', match: 'POST .*/composite$', status: 503 });
    await expect(enrol([withTask({ ownerId: owner })])).rejects.toMatchObject({ kind: 'Transient' });
    expect(bench.rows('Task')).toEqual([]);
  });
});
