import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PullRequest, RecordPage } from '../../../../src/ports/crm.js';
import { anEmbeddedOrg, type EmbeddedOrg, START } from './support/embedded.js';
import { collect } from './support/salesforce.js';

let org: EmbeddedOrg;
beforeEach(async () => {
  org = await anEmbeddedOrg();
});
afterEach(() => org.close());

const WHOLE: PullRequest = {
  object: 'Account',
  fields: ['Name', 'NumberOfEmployees'],
  stampField: 'SystemModstamp',
  where: null,
  since: null,
  expectedRows: null,
  resume: null,
};

function plantAccounts(count: number): readonly string[] {
  return org.plant(
    'Account',
    Array.from({ length: count }, (_, index) => ({ Name: `Account ${index}`, NumberOfEmployees: index })),
  );
}

function idsOf(pages: readonly RecordPage[]): string[] {
  return pages.flatMap((page) => page.records.map((record) => record.id));
}

function expectEach(pages: readonly RecordPage[], ids: readonly string[]): void {
  const found = idsOf(pages);
  expect(found).toHaveLength(ids.length);
  expect(new Set(found)).toEqual(new Set(ids));
}

describe('a pull in pages', () => {
  it('costs one request a page', async () => {
    const ids = plantAccounts(4000);
    const { crm } = org.connect();
    expectEach(await collect(crm.pull(WHOLE)), ids);
    expect(crm.usage().calls).toEqual({ token: 1, describe: 1, query: 2 });
  });

  it('survives a session that ends in the middle, its cursor with it', async () => {
    const ids = plantAccounts(4100);
    org.server.faults.set({ kind: 'expire-session', match: '/query/01g', times: 1 });
    const { crm } = org.connect();
    expectEach(await collect(crm.pull(WHOLE)), ids);
    expect(crm.usage().calls).toMatchObject({ token: 2 });
  });

  it('survives a lost cursor among rows of one second', async () => {
    const ids = plantAccounts(4100);
    org.server.faults.set({ kind: 'lose-locator', match: '/query/01g', times: 1 });
    expectEach(await collect(org.connect().crm.pull(WHOLE)), ids);
  });

  it('survives a connection that is cut in the middle of a page', async () => {
    const ids = plantAccounts(2100);
    org.server.faults.set({ kind: 'reset', match: '/query', times: 2, afterBytes: 20_000 });
    expectEach(await collect(org.connect().crm.pull(WHOLE)), ids);
  });

  it('finds a late commit when it looks back by the overlap', async () => {
    const [id = ''] = plantAccounts(1);
    org.pass(60_000);
    org.server.faults.set({ kind: 'late-commit', match: 'PATCH', times: 1, ms: 300_000 });
    await org.asAdmin('PATCH', `/sobjects/Account/${id}`, { Name: 'Late' });
    const { crm } = org.connect();
    const since = START + 1000;
    expect(idsOf(await collect(crm.pull({ ...WHOLE, since })))).toEqual([]);
    org.pass(400_000);
    const [page] = await collect(crm.pull({ ...WHOLE, since: START + 400_000 - 600_000 }));
    expect(page?.records[0]).toMatchObject({ id, values: { Name: 'Late' } });
    expect(page?.serverTime).toBe(START + 460_000);
  });

  it('names the survivor of a merge', async () => {
    const [master = '', loser = ''] = plantAccounts(2);
    org.pass(5000);
    const merged = await fetch(`${org.server.url()}/__sandbox/merge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ object: 'Account', master, losers: [loser] }),
    });
    expect(merged.ok).toBe(true);
    const pages = await collect(org.connect().crm.pull({ ...WHOLE, since: START + 5000 }));
    const lost = pages.flatMap((page) => page.records).find((record) => record.id === loser);
    expect(lost).toMatchObject({ deleted: true, mergedInto: master });
  });
});

describe('a pull by a bulk job', () => {
  const LARGE = { ...WHOLE, expectedRows: 5000 };

  it('gives the same records as pages do', async () => {
    plantAccounts(2500);
    const { crm } = org.connect();
    const byPages = (await collect(crm.pull(WHOLE))).flatMap((page) => page.records);
    const byJob = (await collect(crm.pull(LARGE))).flatMap((page) => page.records);
    const sorted = (records: typeof byJob) => records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(sorted(byJob)).toEqual(sorted(byPages));
    expect(crm.usage().calls).toMatchObject({ 'bulk-query': 1, 'bulk-results': 1 });
  });

  it('reads on after a connection was cut inside the rows, none twice', async () => {
    const ids = plantAccounts(5000);
    org.server.faults.set({ kind: 'reset', match: '/results', times: 2, afterBytes: 30_000 });
    const { crm } = org.connect();
    expectEach(await collect(crm.pull(LARGE)), ids);
    expect(crm.usage().calls).toMatchObject({ 'bulk-results': 3 });
  });

  it('takes over after the first page of a large change', async () => {
    plantAccounts(10_500);
    const { crm } = org.connect();
    const pages = await collect(crm.pull({ ...WHOLE, since: START }));
    expect(new Set(idsOf(pages)).size).toBe(10_500);
    expect(idsOf(pages)).toHaveLength(10_500);
    expect(crm.usage().calls).toMatchObject({ query: 1, 'bulk-query': 1, 'bulk-results': 1 });
  });

  it('survives a session that ends between job and results', async () => {
    const ids = plantAccounts(100);
    org.server.faults.set({ kind: 'expire-session', match: '/results', times: 1 });
    expectEach(await collect(org.connect().crm.pull(LARGE)), ids);
  });
});

describe('writing', () => {
  const changesOf = (ids: readonly string[]) =>
    ids.map((id, index) => ({
      id,
      values: { NumberOfEmployees: index + 1, Description: 'a "quoted",\nline' },
    }));

  async function written(changes: ReturnType<typeof changesOf>) {
    const { crm } = org.connect();
    const outcomes = (await collect(crm.write('Account', changes))).flat();
    expect(new Set(outcomes.map((outcome) => outcome.id))).toEqual(
      new Set(changes.map((change) => change.id)),
    );
    expect(outcomes).toHaveLength(changes.length);
    return { crm, outcomes };
  }

  async function expectWritten(changes: ReturnType<typeof changesOf>): Promise<void> {
    const ids = changes.map((change) => change.id);
    const read = await org.connect().crm.fetch('Account', ids, ['NumberOfEmployees', 'Description']);
    expect(new Map(read.map((record) => [record.id, record.values]))).toEqual(
      new Map(changes.map((change) => [change.id, change.values])),
    );
  }

  it.each([1, 201, 2001])('costs what was forecast for %i rows', async (count) => {
    const changes = changesOf(plantAccounts(count));
    const { crm, outcomes } = await written(changes);
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    const { token: _, poll: __, ...calls } = crm.usage().calls;
    expect(Object.values(calls).reduce((sum, one) => sum + one, 0)).toBe(crm.forecastWrite(count).calls);
    await expectWritten(changes);
  });

  it('sends the rows again after a 503 on the upload', async () => {
    const changes = changesOf(plantAccounts(2001));
    org.server.faults.set({ kind: 'status', status: 503, match: 'PUT .*/batches', times: 2 });
    await written(changes);
    await expectWritten(changes);
  });

  it('sends the rows again after the upload was cut', async () => {
    const changes = changesOf(plantAccounts(2001));
    org.server.faults.set({ kind: 'reset', match: 'PUT .*/batches', times: 1 });
    await written(changes);
    await expectWritten(changes);
  });

  it.each([
    [300, 'collections'],
    [2100, 'a job'],
  ])('settles rows that were locked, %i by %s', async (count) => {
    const changes = changesOf(plantAccounts(count));
    org.server.faults.set({ kind: 'lock-row', times: 7 });
    const { outcomes } = await written(changes);
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    await expectWritten(changes);
  });

  it.each([300, 2100])('tells refused rows from written ones, %i rows', async (count) => {
    const ids = plantAccounts(count);
    const changes = changesOf(ids).map((change, index) =>
      index % 100 === 0 ? { ...change, id: `001${String(900_000_000_000 + index)}AAA` } : change,
    );
    const { outcomes } = await written(changes);
    const refused = outcomes.filter((outcome) => !outcome.ok);
    expect(refused).toHaveLength(count / 100);
    expect(refused[0]).toMatchObject({
      refusal: { retryable: false, advice: expect.stringMatching(/no longer exists/) },
    });
    await expectWritten(changes.filter((_, index) => index % 100 !== 0));
  });

  it('pauses within the budget: what was written is told, the rest is not sent', async () => {
    const changes = changesOf(plantAccounts(1000));
    org.server.org.quota.limit(20);
    const { crm } = org.connect({ budget: { share: 0.15, ceiling: 0.8, spentBefore: 0 } });
    const told: string[] = [];
    const writing = async () => {
      for await (const outcomes of crm.write('Account', changes)) told.push(...outcomes.map((one) => one.id));
    };
    await expect(writing()).rejects.toMatchObject({ kind: 'RateLimited', code: 'SF_BUDGET_SPENT' });
    expect(told).toHaveLength(600);
  });
});

describe('an org that cannot be reached', () => {
  it('is one clear error', async () => {
    const { crm } = org.connect({ attempts: 2 });
    await org.close();
    await expect(crm.org()).rejects.toMatchObject({
      kind: 'Transient',
      code: 'SF_UNREACHABLE',
      actions: expect.arrayContaining([expect.stringMatching(/network/)]),
    });
  });
});
