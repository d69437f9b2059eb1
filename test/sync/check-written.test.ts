import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Crm } from '../../src/ports/crm.js';
import { IntegrationError } from '../../src/ports/errors.js';
import type { Settings } from '../../src/ports/settings.js';
import { NO_CALLS } from '../../src/sync/context.js';
import type { Report } from '../../src/sync/report.js';
import { runSync } from '../../src/sync/run-sync.js';
import { settingsWith } from '../support/world/settings.js';
import { anAccount, aWorld, type World } from '../support/world/world.js';

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({}, 'brakes: { share: 100 %, missing: 100 % }');
});

type Fetch = Crm['fetch'];

/** A run whose reading back goes through `instead`. */
function syncReading(world: World, runId: string, instead: (fetch: Fetch) => Fetch): Promise<Report> {
  const { crm } = world.tools;
  let wrote = false;
  const watched: Crm = {
    ...crm,
    write: (...asked) => {
      wrote = true;
      return crm.write(...asked);
    },
    fetch: (...asked) => (wrote ? instead(crm.fetch) : crm.fetch)(...asked),
  };
  return runSync(
    { ...world.tools, crm: watched },
    {
      apply: true,
      runId,
      callsBefore: NO_CALLS,
      holder: runId,
      holderIsGone: () => false,
      realNow: world.tools.clock.now,
    },
  );
}

function aBook(accounts: number): World {
  const world = aWorld({ settings });
  for (let at = 0; at < accounts; at += 1) anAccount(world);
  return world;
}

describe('what was written', () => {
  it('is read back over the whole book, and of other accounts in another run', async () => {
    const read: (readonly string[])[] = [];
    const sampled = async (runId: string): Promise<readonly string[]> => {
      const seen: string[] = [];
      const report = await syncReading(aBook(1_500), runId, (fetch) => (object, ids, fields) => {
        seen.push(...ids);
        return fetch(object, ids, fields);
      });
      expect(report.readBack).toEqual({ records: 500, fields: 0, changed: [] });
      return seen;
    };
    for (const runId of ['one', 'two', 'three', 'four']) read.push(await sampled(runId));
    const all = [...new Set(read.flat())].sort();
    expect(read.every((ids) => new Set(ids).size === 500)).toBe(true);
    expect(all.length).toBeGreaterThan(500);
    const book = aBook(1_500)
      .crm.tables.rows('Account')
      .map(({ id }) => id);
    const thirds = read[0]?.map((id) => Math.floor(book.indexOf(id) / 500)) ?? [];
    expect([0, 1, 2].map((third) => thirds.filter((one) => one === third).length)).toEqual([
      expect.closeTo(167, -1),
      expect.closeTo(167, -1),
      expect.closeTo(167, -1),
    ]);
  });

  it('stands where it could not be read back: a note says so', async () => {
    const world = aBook(3);
    const gone = new IntegrationError({
      kind: 'Transient',
      code: 'SF_UNAVAILABLE',
      message: 'Salesforce did not answer.',
      actions: ['Try again later.'],
      retryable: true,
      provider: 'salesforce',
      operation: 'fetch',
    });
    const report = await syncReading(world, 'run', () => () => Promise.reject(gone));
    expect(report).toMatchObject({ status: 'done', readBack: { records: 0, fields: 0, changed: [] } });
    expect(report.notes).toContain(
      'What was written is not all read back: Salesforce did not answer. Try again later.',
    );
    expect((await world.sync()).changes.records).toBe(0);
  });
});
