import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordChange } from '../../../src/ports/crm.js';
import { IntegrationError, type Refusal } from '../../../src/ports/errors.js';
import type { Settings } from '../../../src/ports/settings.js';
import { recordsOf, tickRetry } from '../../support/world/records.js';
import { settingsWith } from '../../support/world/settings.js';
import { anAccount, aWorld, type World } from '../../support/world/world.js';

const RULE: Refusal = {
  code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  message: 'Scores are frozen until Monday',
  fields: [],
  retryable: false,
  advice: 'Change the validation rule, or exempt the integration user; then retry.',
};

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({}, 'brakes: { share: 100 %, missing: 100 % }');
});

/** A world with one account whose updates are refused for as long as `refusal` stands. */
function aWorldThatRefuses(): {
  readonly world: World;
  readonly because: (refusal: Refusal | Error | null) => void;
} {
  let refusal: Refusal | Error | null = null;
  const refuse = (object: string, _change: RecordChange): Refusal | null => {
    if (object !== 'Account' || refusal === null) return null;
    if (refusal instanceof Error) throw refusal;
    return refusal;
  };
  const world = aWorld({ settings, records: true, refuse });
  anAccount(world);
  return {
    world,
    because: (given) => {
      refusal = given;
    },
  };
}

describe('a record that was refused', () => {
  it('is an error with advice; ticking retry and running again clears it', async () => {
    const { world, because } = aWorldThatRefuses();
    because(RULE);
    expect((await world.sync()).status).toBe('rejected');
    const account = recordsOf(world, 'error')[0]?.record;
    expect(recordsOf(world, 'error')).toMatchObject([
      {
        account,
        object: 'Account',
        code: RULE.code,
        message: RULE.message,
        advice: RULE.advice,
        status: 'waiting',
        attempts: 1,
        retry: null,
      },
    ]);
    because(null);
    await world.sync();
    // Nobody asked: the same content waits.
    expect(recordsOf(world, 'error')).toMatchObject([{ status: 'waiting' }]);
    tickRetry(world);
    expect((await world.sync()).status).toBe('done');
    expect(recordsOf(world, 'error')).toMatchObject([{ status: 'resolved', retry: false }]);
    expect(world.crm.tables.rows('Account')[0]?.values.Truenorth_Band__c).toBeDefined();
  });

  it('stays an error, with the tick taken away, when it is refused again', async () => {
    const { world, because } = aWorldThatRefuses();
    because(RULE);
    await world.sync();
    tickRetry(world);
    await world.sync();
    expect(recordsOf(world, 'error')).toMatchObject([{ status: 'waiting', retry: false }]);
    tickRetry(world);
    because(null);
    await world.sync();
    expect(recordsOf(world, 'error')).toMatchObject([{ status: 'resolved', retry: false }]);
  });

  it('costs one question a run while it is open, and none before', async () => {
    const { world, because } = aWorldThatRefuses();
    const questions = async (): Promise<number> => {
      const asked = () => world.crm.crm.usage().calls.query ?? 0;
      const before = asked();
      await world.sync();
      return asked() - before;
    };
    await world.sync();
    const quiet = await questions();
    because(RULE);
    world.crm.tables.update('Account', world.crm.tables.rows('Account')[0]?.id ?? '', { ARR__c: 900_000 });
    world.pass(100);
    await world.sync();
    expect(recordsOf(world, 'error')).toHaveLength(1);
    expect(await questions()).toBe(quiet + 1);
  });
});

describe('numbers of the program that were refused', () => {
  it('are written when somebody asks for a retry, and not called resolved before', async () => {
    let refusing = true;
    const world = aWorld({
      settings,
      records: true,
      refuse: (object) => (refusing && object === 'Program_Metric__c' ? RULE : null),
    });
    anAccount(world);
    expect((await world.sync()).status).toBe('rejected');
    const refused = recordsOf(world, 'error').length;
    expect(refused).toBeGreaterThan(0);
    tickRetry(world);
    await world.sync();
    const open = recordsOf(world, 'error').filter(({ status }) => status === 'waiting');
    expect(open).toHaveLength(refused);
    refusing = false;
    tickRetry(world);
    await world.sync();
    expect(recordsOf(world, 'metric')).toHaveLength(refused);
    expect(recordsOf(world, 'error').every(({ status }) => status === 'resolved')).toBe(true);
  });
});

describe('more errors than are told at once', () => {
  it('are never told as resolved while they wait', async () => {
    const { world, because } = aWorldThatRefuses();
    because(RULE);
    for (let at = 0; at < 2_050; at += 1) anAccount(world);
    await world.sync();
    world.pass(1);
    world.crm.tables.update('Account', world.crm.tables.rows('Account')[2_049]?.id ?? '', {
      ARR__c: 800_000,
    });
    const report = await world.sync();
    const states = Map.groupBy(recordsOf(world, 'error'), ({ status }) => status);
    expect(states.get('resolved')).toBeUndefined();
    expect(report.waiting).toBe(2_051);
  });
});

describe('a run that stopped', () => {
  it('says why, as a record and as an error, until a later one gets past it', async () => {
    const { world, because } = aWorldThatRefuses();
    because(
      new IntegrationError({
        kind: 'Authorization',
        code: 'SF_FIELD_NOT_VISIBLE',
        message: 'The field Truenorth_Score__c is hidden from the integration user.',
        actions: ['Assign the permission set, then run again.'],
        retryable: false,
        provider: 'salesforce',
        operation: 'update Account',
      }),
    );
    await expect(world.sync()).rejects.toThrow('hidden');
    expect(recordsOf(world, 'run')).toMatchObject([
      { status: 'failed', summary: expect.stringContaining('SF_FIELD_NOT_VISIBLE') },
    ]);
    expect(recordsOf(world, 'error')).toMatchObject([
      { status: 'waiting', advice: 'Assign the permission set, then run again.' },
    ]);
    because(null);
    await world.sync();
    expect(recordsOf(world, 'error')).toMatchObject([{ status: 'resolved' }]);
    expect(recordsOf(world, 'run').map(({ status }) => status)).toEqual(['failed', 'done']);
  });
});
