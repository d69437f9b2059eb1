import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectOneError } from '../support/bad-input.js';
import type { Company } from '../support/company.js';
import { type EndState, endState, withState } from '../support/end-state.js';
import { killedSync, type Moment } from '../support/killing.js';
import { aReadyCompany } from '../support/ready-company.js';
import { startTruenorth } from '../support/real-process.js';

const NOTHING = { fields: 0, records: 0, enrolments: 0, tasks: 0, leaves: 0, crmRecords: 0 };

let undisturbed: EndState;
beforeAll(async () => {
  const company = await aReadyCompany();
  await company.truenorth('sync', '--apply');
  undisturbed = await endState(company);
  await company.close();
});

/** One run after the other is killed; the last one, left alone, must come to the undisturbed state. */
async function survives(moments: readonly Moment[]): Promise<void> {
  const company = await aReadyCompany();
  try {
    for (const moment of moments)
      expect({ moment, killed: await killedSync(company, moment) }).toEqual({ moment, killed: true });
    await endsUndisturbed(company);
  } finally {
    await company.close();
  }
}

async function endsUndisturbed(company: Company): Promise<void> {
  const last = await company.truenorth('sync', '--apply', '--json');
  expect({ exit: last.exit, err: last.exit === 0 ? '' : last.err }).toEqual({ exit: 0, err: '' });
  expect(await endState(company)).toEqual(undisturbed);
  const next = await company.truenorth('sync', '--apply', '--json');
  expect(next.json().changes).toEqual(NOTHING);
  expect(await withState(company.folder, stillRunning)).toEqual([]);
}

async function stillRunning(state: Parameters<Parameters<typeof withState>[1]>[0]) {
  return (await state.runs.list(50)).filter(({ status }) => status === 'running').map(({ id }) => id);
}

const query = /GET .*\/query/;
const collections = /PATCH .*\/composite\/sobjects/;
const listAdd = /PUT .*\/memberships\/add/;
const sequenceAdd = /POST .*\/sequences\/.*\/enrollments/;
const at = (call: RegExp, nth: number, when: 'before' | 'after'): Moment => ({ call, nth, when });

describe('kill -9 and run again ends as an undisturbed run does', () => {
  it('while it reads', () => survives([at(query, 3, 'before'), at(query, 5, 'after')]));

  it('while it assesses and settles', () =>
    survives([{ says: /Task: .* read/ }, at(/POST .*batch\/read/, 2, 'after')]));

  it('while it writes fields', () => survives([at(collections, 1, 'before'), at(collections, 1, 'after')]));

  it('while it enrols by list', () =>
    survives([at(/POST .*contacts\/batch\/upsert/, 1, 'after'), at(listAdd, 1, 'after')]));

  it('while it enrols by sequence', () =>
    survives([at(sequenceAdd, 1, 'after'), at(sequenceAdd, 2, 'before')]));
});

describe('a run that was killed in the evening', () => {
  const NEXT_DAY = ['--now', '2026-11-21T08:00:00Z'];

  it('is made up for by the next morning’s, which enrols whom it still owed', async () => {
    const twin = await aReadyCompany();
    await twin.truenorth('sync', '--apply');
    await twin.truenorth('sync', '--apply', ...NEXT_DAY);
    const expected = await endState(twin);
    await twin.close();
    const company = await aReadyCompany();
    expect(await killedSync(company, at(listAdd, 1, 'before'))).toBe(true);
    expect((await company.truenorth('sync', '--apply', ...NEXT_DAY)).exit).toBe(0);
    expect(withoutDays(await endState(company))).toEqual(withoutDays(expected));
    await company.close();
  });
});

/** What was made up for in the morning carries the morning's day: last enrolments and snapshots. */
function withoutDays({ fields, records, ...others }: EndState): unknown {
  return {
    ...others,
    fields: fields.map(({ Truenorth_Last_Enrolment_On__c: _, ...same }) => same),
    records: records.map((one) => one.replace(/^(Health_Snapshot__c .*)\/.*$/, '$1')),
  };
}

describe('two runs at once', () => {
  it('are one: the second says so and harms nothing', async () => {
    const company = await aReadyCompany();
    await company.control('salesforce', 'POST', '/faults', {
      kind: 'latency',
      match: 'PATCH .*/composite',
      ms: 1_500,
    });
    const first = startTruenorth('sync', '--apply', '--dir', company.folder, '--env-file', company.envFile);
    await first.says(/Plan settled/);
    expectOneError(await company.truenorth('sync', '--apply', '--json'), {
      exit: 1,
      code: 'RUN_IN_PROGRESS',
      says: /Another run for this org is under way/,
      todo: /Wait for it to end/,
    });
    expect((await first.ended).exit).toBe(0);
    await endsUndisturbed(company);
    await company.close();
  });

  it('on two machines wait for each other, whatever is known of their processes', async () => {
    const company = await aReadyCompany();
    const { id } = company.sandbox.servers.salesforce.org;
    await withState(company.folder, (state) =>
      state.leases.take(`run:${id}`, 'elsewhere:1:0', Date.now(), 60_000),
    );
    expect((await company.truenorth('sync', '--apply', '--json')).json().error.code).toBe('RUN_IN_PROGRESS');
    await company.close();
  });
});
