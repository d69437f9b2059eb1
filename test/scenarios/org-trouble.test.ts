import { createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { edit, expectOneError } from '../support/bad-input.js';
import type { Answer, Company } from '../support/company.js';
import { type EndState, endState } from '../support/end-state.js';
import { aReadyCompany } from '../support/ready-company.js';

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

/** A port on which nobody listens. */
function aClosedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

/** Once the cause is mended, all is as if nothing had ever happened, and nothing is left to do. */
async function expectNothingLost(): Promise<void> {
  const mended = await sync();
  expect({ exit: mended.exit, status: mended.json().status }).toEqual({ exit: 0, status: 'done' });
  expect(await endState(company)).toEqual(undisturbed);
  expect((await sync()).json().changes).toEqual({
    fields: 0,
    records: 0,
    enrolments: 0,
    tasks: 0,
    leaves: 0,
    crmRecords: 0,
  });
}

describe('a missing permission', () => {
  it('set that is not assigned is named by its fields, and install assigns it', async () => {
    company = await aReadyCompany();
    const [assigned] = await company.soql(
      `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name LIKE 'Truenorth%'`,
    );
    await company.asAdmin('DELETE', `/sobjects/PermissionSetAssignment/${assigned?.Id}`);
    expectOneError(await sync(), {
      exit: 2,
      code: 'MAPPING_DOES_NOT_FIT_ORG',
      says: /Account\.Truenorth_Score__c \(for our score\) does not exist, or the integration user may not see it/,
      todo: /truenorth install --apply/,
    });
    expect((await company.truenorth('install', '--apply')).exit).toBe(0);
    await expectNothingLost();
  });

  it('to see an object and a field is told apart from our own fields, and doctor says the same', async () => {
    company = await aReadyCompany();
    const taken = await company.soql(
      `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name LIKE 'Truenorth%'`,
    );
    await company.control('salesforce', 'POST', '/close', { object: 'Product_Usage__c' });
    await company.control('salesforce', 'POST', '/close', { object: 'Account', field: 'Seats__c' });
    for (const { Id } of taken) await company.asAdmin('DELETE', `/sobjects/PermissionSetAssignment/${Id}`);
    expectOneError(await sync(), {
      exit: 2,
      code: 'MAPPING_DOES_NOT_FIT_ORG',
      says: /Account\.Seats__c \(mapped to account\.seats\).*may not see it[\s\S]*The object Product_Usage__c \(usage rows\).*may not read it/,
      todo: /give the integration user read access/,
    });
    const doctor = await company.truenorth('doctor', '--json');
    expect(doctor.exit).toBe(2);
    expect(JSON.stringify(doctor.json().findings)).toMatch(/Seats__c.*Product_Usage__c/);
    const { access } = company.sandbox.servers.salesforce.org;
    access.open('Product_Usage__c');
    access.open('Account', 'Seats__c');
    expect((await company.truenorth('install', '--apply')).exit).toBe(0);
    await expectNothingLost();
  });
});

describe('a login', () => {
  it('by an access token that has expired says so, and another login goes on', async () => {
    company = await aReadyCompany();
    const { accessToken, url } = company.sandbox.salesforce;
    const back = edit(company, 'sandbox.env', (text) =>
      text
        .replaceAll(/^TRUENORTH_SALESFORCE_CLIENT.*\n/gm, '')
        .concat(`TRUENORTH_SALESFORCE_ACCESS_TOKEN=${accessToken}\n`)
        .concat(`TRUENORTH_SALESFORCE_INSTANCE_URL=${url}\n`),
    );
    company.sandbox.servers.salesforce.org.sessions.end(accessToken);
    expectOneError(await sync(), {
      exit: 1,
      code: 'SF_TOKEN_EXPIRED',
      says: /access token that was given is expired or revoked/,
      todo: /new access token[\s\S]*JWT bearer or client credentials/,
    });
    back();
    await expectNothingLost();
  });

  it('that renews itself goes on when its session ends in the middle, reading and writing', async () => {
    company = await aReadyCompany();
    await company.control('salesforce', 'POST', '/faults', [
      { kind: 'expire-session', match: '/query', nth: 4 },
      { kind: 'expire-session', match: 'PATCH .*/composite/sobjects', nth: 1 },
    ]);
    const answer = await sync();
    expect({ exit: answer.exit, token: answer.json().calls.salesforce.token }).toEqual({ exit: 0, token: 3 });
    await expectNothingLost();
  });

  it('with a wrong secret, or a HubSpot token that is refused, says where to look', async () => {
    company = await aReadyCompany();
    let back = edit(company, 'sandbox.env', (text) => text.replace(/(CLIENT_SECRET=).*/, '$1wrong'));
    expectOneError(await sync(), {
      exit: 1,
      code: 'SF_LOGIN_REFUSED',
      says: /Salesforce refused the login/,
      todo: /Check the client id/,
    });
    back();
    back = edit(company, 'sandbox.env', (text) => text.replace(/(HUBSPOT_TOKEN=).*/, '$1wrong'));
    expectOneError(await sync(), {
      exit: 1,
      code: 'HUBSPOT_TOKEN_REFUSED',
      says: /HubSpot/,
      todo: /token/,
    });
    back();
    await expectNothingLost();
  });
});

describe('a host that cannot be reached', () => {
  it.each([
    [
      /(SALESFORCE_LOGIN_URL=).*/,
      {
        code: 'SF_UNREACHABLE',
        says: /No complete answer from Salesforce/,
        todo: /Check the network, and that the login or instance URL is right/,
      },
    ],
    [/(HUBSPOT_URL=).*/, { code: 'HUBSPOT_UNREACHABLE', says: /HubSpot/, todo: /network/ }],
  ])('is named with what to check: %s', async (variable, expected) => {
    company = await aReadyCompany();
    const closed = await aClosedPort();
    const back = edit(company, 'sandbox.env', (text) =>
      text.replace(variable, `$1http://127.0.0.1:${closed}`),
    );
    expectOneError(await sync(), { exit: 1, ...expected });
    back();
    await expectNothingLost();
  });
});

describe('a record that Salesforce refuses', () => {
  it('is listed with advice while the others are written, waits, and is written after retry', async () => {
    company = await aReadyCompany();
    const { schema } = company.sandbox.servers.salesforce.org;
    const before = schema.find('Account')?.definition();
    await company.control('salesforce', 'POST', '/rules', {
      object: 'Account',
      validation: {
        name: 'Low',
        field: 'Truenorth_Score__c',
        operator: '<',
        value: 60,
        message: 'Too low a score',
      },
    });
    const refused = await sync();
    const { status, rejected, waiting } = refused.json();
    expect({ exit: refused.exit, status }).toEqual({ exit: 3, status: 'rejected' });
    expect(rejected.length).toBeGreaterThan(0);
    expect(rejected.length).toBeLessThan(30);
    expect(waiting).toBe(rejected.length);
    expect(rejected[0]).toMatchObject({ object: 'Account', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' });
    expect(rejected[0].message).toMatch(/Too low a score/);
    expect(rejected[0].advice).toMatch(/truenorth retry|validation rule/);
    const written = await company.soql('SELECT Id FROM Account WHERE Truenorth_Band__c != null');
    expect(written).toHaveLength(30 - rejected.length);
    const calm = (await sync()).json();
    expect(calm).toMatchObject({ status: 'done', waiting: rejected.length, changes: { records: 0 } });
    if (before) schema.putObject(before);
    const mistyped = await company.truenorth('retry', 'bogus');
    expect(mistyped.exit).toBe(2);
    expect(mistyped.err).toMatch(/No refused record bogus waits; these do: \S+/);
    const named = /these do: ([^,.\s]+)/.exec(mistyped.err)?.[1] ?? '';
    const one = await company.truenorth('retry', named);
    expect(one.out.split('\n').filter((line) => line.includes('FIELD_CUSTOM_VALIDATION'))).toEqual([
      expect.stringContaining(named),
    ]);
    expect(one.out).toContain('1 record or field is tried again');
    expect((await company.truenorth('retry', '--json')).json()).toEqual({
      retried: rejected.length - 1,
      contested: 0,
    });
    await expectNothingLost();
  });
});

describe('a spent budget', () => {
  /** Leaves so many requests until the org as a whole has used what we stop at. */
  async function leaveRequests(left: number): Promise<void> {
    const { used } = (await company.control('salesforce', 'POST', '/quota', {
      dailyApiRequests: 100_000,
    })) as { readonly used: number };
    await company.control('salesforce', 'POST', '/quota', {
      dailyApiRequests: Math.floor((used + left) / 0.8),
    });
  }

  it('pauses a run that reads, and a later run with more room goes on', async () => {
    company = await aReadyCompany();
    await leaveRequests(5);
    expectOneError(await sync(), {
      exit: 4,
      code: 'SF_BUDGET_SPENT',
      says: /The org has used \d+ of its \d+ daily API requests, and we stop at 80 %/,
      todo: /Run the same command again tomorrow: it resumes/,
    });
    await leaveRequests(1_000);
    await expectNothingLost();
  });

  it('pauses a run before it writes, with the plan it leaves', async () => {
    company = await aReadyCompany();
    await leaveRequests(12);
    const paused = await sync();
    expect({ exit: paused.exit, status: paused.json().status }).toEqual({ exit: 4, status: 'paused' });
    expect(paused.json()).toMatchObject({ changes: { records: 30 } });
    expect(paused.json().pausedBecause).toMatch(/daily API requests.*again tomorrow: it resumes/);
    const inWords = await company.truenorth('runs');
    expect(inWords.out).toMatch(/paused/);
    await leaveRequests(1_000);
    await expectNothingLost();
  });
});

describe('a folder whose state is about another org', () => {
  it('is refused before anything is read or written, and goes on with its own org', async () => {
    company = await aReadyCompany();
    expect((await sync()).exit).toBe(0);
    const other = await aReadyCompany({ seed: 8 });
    for (const command of [['plan'], ['sync', '--apply']]) {
      expectOneError(await other.inFolder(company.folder, ...command, '--json'), {
        exit: 2,
        code: 'STATE_OF_ANOTHER_ORG',
        says: /The state in var\/ is about the org .* \(00D\w{15}\); the login leads to .* \(00D\w{15}\)/,
        todo: /a folder of its own with `--dir`/,
      });
    }
    expect(await other.soql('SELECT Id FROM Account WHERE Truenorth_Band__c != null')).toEqual([]);
    await other.close();
    await expectNothingLost();
  });
});
