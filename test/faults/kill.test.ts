import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Company } from '../support/company.js';
import { type EndState, endState, withState } from '../support/end-state.js';
import { killedSync, type Moment } from '../support/killing.js';
import { aReadyCompany } from '../support/ready-company.js';

const NOTHING = { fields: 0, records: 0, enrolments: 0, tasks: 0 };

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
  it('while it reads', () =>
    survives([
      at(/oauth2\/token/, 1, 'after'),
      at(query, 3, 'before'),
      at(query, 5, 'after'),
      { says: /Contact: .* read/ },
    ]));

  it('while it assesses and settles', () =>
    survives([
      { says: /Task: .* read/ },
      { says: /accounts assessed/ },
      at(/POST .*batch\/read/, 2, 'after'),
    ]));

  it('while it writes fields', () =>
    survives([at(collections, 1, 'before'), { says: /Plan settled/ }, at(collections, 1, 'after')]));

  it('while it enrols by list', () =>
    survives([
      at(/POST .*contacts\/batch\/upsert/, 1, 'after'),
      at(listAdd, 1, 'before'),
      at(listAdd, 1, 'after'),
    ]));

  it('while it enrols by sequence', () =>
    survives([
      at(sequenceAdd, 1, 'before'),
      at(sequenceAdd, 1, 'after'),
      at(sequenceAdd, 2, 'after'),
      at(sequenceAdd, 2, 'before'),
    ]));
});
