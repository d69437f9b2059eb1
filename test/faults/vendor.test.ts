import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../src/sandbox/faults.js';
import type { Answer, Company } from '../support/company.js';
import { type EndState, endState, withState } from '../support/end-state.js';
import { aReadyCompany } from '../support/ready-company.js';

const MINUTE = 60_000;

let undisturbed: EndState;
let company: Company;

beforeAll(async () => {
  company = await aReadyCompany();
  await sync();
  undisturbed = await endState(company);
  await company.close();
});
afterEach(() => company.close());

const sync = (): Promise<Answer> => company.truenorth('sync', '--apply', '--json');
const pass = (ms: number) => company.control('salesforce', 'POST', '/clock', { advanceMs: ms });

async function aCompanyWith(faults: {
  readonly salesforce?: readonly Fault[];
  readonly hubspot?: readonly Fault[];
}): Promise<void> {
  company = await aReadyCompany();
  for (const server of ['salesforce', 'hubspot'] as const)
    await company.control(server, 'POST', '/faults', faults[server] ?? []);
}

async function expectUndisturbed(): Promise<void> {
  expect(await endState(company)).toEqual(undisturbed);
  await expectNothingLeft();
}

async function expectNothingLeft(): Promise<void> {
  const next = (await sync()).json();
  expect({ status: next.status, changes: next.changes }).toEqual({
    status: 'done',
    changes: { fields: 0, records: 0, enrolments: 0, tasks: 0, leaves: 0, crmRecords: 0 },
  });
}

async function enrolmentCalls(): Promise<number> {
  const { latest } = (await company.control('hubspot', 'GET', '/calls')) as {
    readonly latest: readonly { readonly method: string; readonly path: string }[];
  };
  return latest.filter(({ method, path }) =>
    /POST .*\/enrollments|PUT .*\/memberships\/add/.test(`${method} ${path}`),
  ).length;
}

const storedCases = (): Promise<number> => withState(company.folder, (state) => state.rows.count('case'));

/** Cases that all bear one stamp, more than a page holds. */
async function plantCases(count: number): Promise<void> {
  const { org } = company.sandbox.servers.salesforce;
  const [account] = await company.soql('SELECT Id FROM Account ORDER BY Id LIMIT 1');
  for (let nth = 0; nth < count; nth += 1)
    org.plant('Case', { AccountId: String(account?.Id), Subject: `Question ${nth}`, Status: 'New' });
}

describe('reading Salesforce', () => {
  it('finds a change that was committed late, within the overlap', async () => {
    await aCompanyWith({});
    await sync();
    await pass(MINUTE);
    await company.control('salesforce', 'POST', '/faults', {
      kind: 'late-commit',
      match: 'POST .*/sobjects/Case',
      ms: 5 * MINUTE,
    });
    const [account] = await company.soql('SELECT Id FROM Account ORDER BY Id LIMIT 1');
    await company.salesforce('POST', '/sobjects/Case', { AccountId: account?.Id, Subject: 'Late' });
    await pass(MINUTE);
    const before = (await sync()).json().accounts.assessed;
    await pass(6 * MINUTE);
    const after = (await sync()).json().accounts.assessed;
    expect({ before, after }).toEqual({ before: 0, after: 1 });
    await expectNothingLeft();
  });

  it('loses no row of one second across a page whose cursor is lost or whose session ends', async () => {
    await aCompanyWith({});
    await sync();
    await pass(MINUTE);
    await plantCases(4_100);
    await company.control('salesforce', 'POST', '/faults', [
      { kind: 'expire-session', match: '/query(All)?/01g', nth: 1 },
      { kind: 'lose-locator', match: '/query(All)?/01g', nth: 2 },
    ]);
    expect((await sync()).exit).toBe(0);
    const [found] = await company.soql('SELECT COUNT(Id) n FROM Case');
    expect(await storedCases()).toBe(found?.n);
    await expectNothingLeft();
  });

  it('reads on after a bulk page broke off in the middle', async () => {
    await aCompanyWith({
      salesforce: [{ kind: 'reset', match: 'jobs/query/.*/results', times: 2, afterBytes: 30_000 }],
    });
    await plantCases(4_100);
    const answer = await sync();
    expect(answer.json().calls.salesforce).toMatchObject({ 'bulk-query': 1, 'bulk-results': 3 });
    const [found] = await company.soql('SELECT COUNT(Id) n FROM Case');
    expect(await storedCases()).toBe(found?.n);
    await expectNothingLeft();
  });
});

describe('writing to Salesforce', () => {
  it('gives up on rows that stay locked, and the next run writes them without anybody asking', async () => {
    await aCompanyWith({ salesforce: [{ kind: 'lock-row', match: 'PATCH .*/composite', times: 64 }] });
    const locked = await sync();
    expect(locked.exit).toBe(3);
    expect(locked.json().rejected).toHaveLength(4);
    expect(locked.json().rejected[0].code).toBe('UNABLE_TO_LOCK_ROW');
    expect((await sync()).json()).toMatchObject({ status: 'done', changes: { records: 4 } });
    await expectUndisturbed();
  });

  it('keeps what was written when some rows fail, and writes the others after retry', async () => {
    await aCompanyWith({ salesforce: [{ kind: 'partial-failure', match: 'PATCH .*/composite', times: 5 }] });
    const refused = await sync();
    expect({ exit: refused.exit, rejected: refused.json().rejected.length }).toEqual({
      exit: 3,
      rejected: 5,
    });
    await company.truenorth('retry');
    expect((await sync()).json()).toMatchObject({ status: 'done', changes: { records: 5 } });
    await expectUndisturbed();
  });
});

describe('bursts of 503 and broken connections', () => {
  it('are waited out on both sides', async () => {
    await aCompanyWith({
      salesforce: [
        { kind: 'status', status: 503, match: '/query', nth: 2, times: 2 },
        { kind: 'status', status: 503, match: 'PATCH .*/composite', nth: 1 },
        { kind: 'reset', match: 'PATCH .*/composite', nth: 2, afterBytes: 0 },
      ],
      hubspot: [
        { kind: 'status', status: 503, match: 'batch/read', nth: 1 },
        { kind: 'reset', match: 'batch/upsert', nth: 1, afterBytes: 0 },
        { kind: 'status', status: 502, match: 'lists', nth: 1 },
      ],
    });
    expect((await sync()).exit).toBe(0);
    await expectUndisturbed();
  });
});

describe('an enrolment whose answer was lost', () => {
  it.each([
    ['by sequence', 'POST .*/enrollments'],
    ['by list', 'PUT .*/memberships/add'],
  ])('%s is read back by the next run and not repeated', async (_how, match) => {
    await aCompanyWith({ hubspot: [{ kind: 'reset', match, nth: 1, afterBytes: 0 }] });
    await sync();
    expect(await enrolmentCalls()).toBeGreaterThan(0);
    await company.control('hubspot', 'DELETE', '/calls');
    await sync();
    expect(await enrolmentCalls()).toBe(0);
    await expectUndisturbed();
  });

  it('that HubSpot never took in is made up for by the next run', async () => {
    await aCompanyWith({
      hubspot: [
        { kind: 'status', status: 503, match: 'POST .*/enrollments', nth: 1 },
        { kind: 'status', status: 503, match: 'PUT .*/memberships/add', nth: 1 },
      ],
    });
    await sync();
    await sync();
    await expectUndisturbed();
  });
});

describe('persons whom HubSpot refuses to take in', () => {
  it('are refused with its reason, once; the others are enrolled', async () => {
    await aCompanyWith({ hubspot: [{ kind: 'partial-failure', match: 'batch/upsert', times: 2 }] });
    const report = (await sync()).json();
    expect(report.refused.vendor_refused).toBe(2);
    const { enrolments, fields } = await endState(company);
    expect(enrolments).toHaveLength(undisturbed.enrolments.length - 2);
    expect(undisturbed.enrolments).toEqual(expect.arrayContaining([...enrolments]));
    // Who was not enrolled has no day of it; everything else is the same.
    expect(withoutEnrolments(fields)).toEqual(withoutEnrolments(undisturbed.fields));
    await expectNothingLeft();
  });
});

type Fields = Awaited<ReturnType<typeof endState>>['fields'];

function withoutEnrolments(fields: Fields): Fields {
  return fields.map(({ Truenorth_Last_Enrolment_On__c: _, ...others }) => others);
}
