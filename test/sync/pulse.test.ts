import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import { MAPPING } from '../support/world/objects.js';
import { settingsWith } from '../support/world/settings.js';
import { NOTHING, syncWith } from '../support/world/what-happened.js';
import { anAccount, aPulse, aWorld, openCases, type World } from '../support/world/world.js';

const BRAKES = 'brakes: { share: 100 %, missing: 100 % }';
const WRITES = `  drivers: Truenorth_Drivers__c
  modelBand: Truenorth_Model_Band__c
  bandSource: Truenorth_Band_Source__c
  pulse: Truenorth_Pulse__c
  pulseReason: Truenorth_Pulse_Reason__c
  pulseBy: Truenorth_Pulse_By__c
  pulseExpiresOn: Truenorth_Pulse_Expires_On__c
`;
const mapping = `${MAPPING.replace('csmId: CSM__c', 'csmId: CSM__c, daysOverdue: Days_Overdue__c')}${WRITES}`;

const SUPPORT =
  'support: { weight: 10, signals: { openCases: { weight: 10, curve: { linear: { from: 10, to: 0 } } } } }';
/** No case is 100, ten are 0; risk below 40. A payment over 60 days late caps at 39, over 90 days at 20. */
const HEALTH = `
models:
  - id: one
    dimensions:
      ${SUPPORT}
guards:
  late: { label: A payment is late, when: payments.daysOverdue > 60, cap: 39 }
  very-late: { label: A payment is very late, when: payments.daysOverdue > 90, cap: 20 }
`;
/** Hardly anything is known: payments weigh most, and nobody knows them. */
const LITTLE = `
models:
  - id: one
    dimensions:
      ${SUPPORT}
      commercial: { weight: 90, signals: { overdue: { weight: 10 } } }
`;

let settings: Settings;
let little: Settings;
beforeAll(() => {
  const others = { 'mappings/salesforce.yaml': mapping };
  settings = settingsWith({}, BRAKES, { ...others, 'config/health.yaml': HEALTH });
  little = settingsWith({}, BRAKES, { ...others, 'config/health.yaml': LITTLE });
});

/** One account with so many open cases that has been read; a day later. */
async function aCustomer(cases: number, values: Readonly<Record<string, number>> = {}, own = settings) {
  const world = aWorld({ settings: own });
  const account = anAccount(world, values);
  openCases(world, account, cases);
  await world.sync();
  world.pass(1);
  return { world, account };
}

function onRecord({ crm }: World) {
  const held = crm.tables.rows('Account')[0]?.values ?? {};
  const of = (name: string) => held[`Truenorth_${name}__c`] ?? null;
  return { band: of('Band'), model: of('Model_Band'), by: of('Band_Source'), score: of('Score') };
}

const dayIn = (world: World, days: number): string =>
  new Date(world.tools.clock.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A run now, and what it left on the record. */
async function run(world: World) {
  await world.sync();
  return onRecord(world);
}

describe('a pulse through a run', () => {
  it('sets the band beside the model’s, and never the score', async () => {
    const { world, account } = await aCustomer(1);
    aPulse(world, account, { Value__c: 'Risk' });
    expect(await run(world)).toEqual({ band: 'risk', model: 'healthy', by: 'pulse', score: 90 });
  });

  it('is mirrored on the account: what, why, who and until when; and taken back with it', async () => {
    const { world, account } = await aCustomer(1);
    const until = dayIn(world, 3);
    const pulse = aPulse(world, account, {
      Value__c: 'Watch',
      Reason__c: 'New sponsor',
      Expires_On__c: until,
    });
    await world.sync();
    expect(world.crm.tables.rows('Account')[0]?.values).toMatchObject({
      Truenorth_Pulse__c: 'watch',
      Truenorth_Pulse_Reason__c: 'New sponsor',
      Truenorth_Pulse_By__c: 'Cleo Summer',
      Truenorth_Pulse_Expires_On__c: until,
      Truenorth_Drivers__c:
        'Set to watch by Cleo Summer until 6 Mar 2026: New sponsor; -10 support: 1 case open, oldest since 2 Mar 2026',
    });
    expect((await world.sync()).changes).toEqual(NOTHING);
    world.crm.tables.remove('Health_Pulse__c', pulse, null);
    expect(await run(world)).toMatchObject({ band: 'healthy', by: 'model' });
    expect(world.crm.tables.rows('Account')[0]?.values).toMatchObject({
      Truenorth_Pulse__c: null,
      Truenorth_Pulse_Reason__c: null,
      Truenorth_Pulse_By__c: null,
      Truenorth_Pulse_Expires_On__c: null,
    });
  });

  it('set after the model’s band changed holds; one that was set before is overtaken', async () => {
    const { world, account } = await aCustomer(1);
    aPulse(world, account, { Value__c: 'Healthy' });
    expect(await run(world)).toMatchObject({ by: 'pulse' });
    world.pass(1);
    openCases(world, account, 7);
    expect(await run(world)).toEqual({ band: 'risk', model: 'risk', by: 'model', score: 20 });
    world.pass(1);
    aPulse(world, account, { Value__c: 'Healthy' });
    expect(await run(world)).toEqual({ band: 'healthy', model: 'risk', by: 'pulse', score: 20 });
    world.pass(30);
    expect(await run(world)).toMatchObject({ band: 'healthy', by: 'pulse' });
  });

  it('set on the day of the change holds', async () => {
    const { world, account } = await aCustomer(1);
    openCases(world, account, 7);
    aPulse(world, account, { Value__c: 'Watch' });
    expect(await run(world)).toMatchObject({ band: 'watch', model: 'risk', by: 'pulse' });
  });

  it('is not beaten by a guard that held already, but by one that comes after', async () => {
    const { world, account } = await aCustomer(1, { Days_Overdue__c: 61 });
    expect(onRecord(world)).toMatchObject({ band: 'risk', by: 'guard' });
    aPulse(world, account, { Value__c: 'Healthy' });
    expect(await run(world)).toMatchObject({ band: 'healthy', model: 'risk', by: 'pulse' });
    world.pass(1);
    world.crm.tables.update('Account', account, { Days_Overdue__c: 75 });
    expect(await run(world)).toMatchObject({ band: 'healthy', by: 'pulse' });
    world.pass(1);
    world.crm.tables.update('Account', account, { Days_Overdue__c: 91 });
    expect(await run(world)).toEqual({ band: 'risk', model: 'risk', by: 'guard', score: 20 });
  });

  it('holds on the day on which it expires, and not on the next', async () => {
    const { world, account } = await aCustomer(1);
    aPulse(world, account, { Value__c: 'Risk', Expires_On__c: dayIn(world, 1) });
    expect(await run(world)).toMatchObject({ band: 'risk', by: 'pulse' });
    world.pass(1);
    expect(await run(world)).toMatchObject({ band: 'risk', by: 'pulse' });
    world.pass(1);
    expect(await run(world)).toMatchObject({ band: 'healthy', by: 'model' });
  });

  it('is replaced by a later one, which leaves nothing of the earlier when it ends', async () => {
    const { world, account } = await aCustomer(1);
    aPulse(world, account, { Value__c: 'Risk' });
    await world.sync();
    world.pass(1);
    aPulse(world, account, { Value__c: 'Watch', Expires_On__c: dayIn(world, 0) });
    expect(await run(world)).toMatchObject({ band: 'watch', by: 'pulse' });
    world.pass(1);
    expect(await run(world)).toMatchObject({ band: 'healthy', by: 'model' });
  });

  it('gives a band where too little is known for a score', async () => {
    const { world, account } = await aCustomer(1, {}, little);
    expect(onRecord(world)).toEqual({ band: 'unknown', model: 'unknown', by: 'coverage', score: null });
    aPulse(world, account, { Value__c: 'Watch' });
    expect(await run(world)).toEqual({ band: 'watch', model: 'unknown', by: 'pulse', score: null });
  });

  it('is kept in history, so that the assessment of its day comes out again', async () => {
    const { world, account } = await aCustomer(1);
    aPulse(world, account, { Value__c: 'Risk', Reason__c: 'They told me' });
    await world.sync();
    const [latest] = await world.state.assessments.history(account, 1);
    expect(latest?.entry).toMatchObject({
      record: { pulse: { band: 'risk', reason: 'They told me', by: 'Cleo Summer' } },
      shown: { band: 'risk' },
    });
  });
});

describe('an org without the object of pulses', () => {
  it('has none: told once, and no error', async () => {
    const { world, account } = await aCustomer(1);
    aPulse(world, account, { Value__c: 'Risk' });
    await world.sync();
    const { crm } = world.tools;
    const without = { ...crm, describe: (names: readonly string[]) => crm.describe(names.filter(isTheirs)) };
    const report = await syncWith(world, { crm: without });
    expect(report.notes.filter((note) => note.includes('pulse'))).toHaveLength(1);
    expect(onRecord(world)).toMatchObject({ band: 'healthy', by: 'model' });
    expect(await run(world)).toMatchObject({ band: 'risk', by: 'pulse' });
  });
});

const isTheirs = (name: string): boolean => name !== 'Health_Pulse__c';
