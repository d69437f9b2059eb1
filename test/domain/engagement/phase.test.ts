import { describe, expect, it } from '@jest/globals';
import { phaseOf, stageOf } from '../../../src/domain/engagement/phase.js';
import type { Facts } from '../../../src/domain/facts/fact.js';

const TODAY = 20_000;

function anAccount(values: Readonly<Record<string, number | null>>): Facts {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, asOf: TODAY }]));
}

function since(days: number, more: Readonly<Record<string, number | null>> = {}): Facts {
  return anAccount({ 'account.customerSince': TODAY - days, 'usage.keyActions28': 0, ...more });
}

const phase = (facts: Facts, momentsDone: boolean | null = null) =>
  phaseOf(facts, TODAY, { onboardingDays: 90, momentsDone });
const stage = (facts: Facts) => stageOf(facts, TODAY, { phase: phase(facts), renewalWindow: 90 });

describe('phase', () => {
  it.each([
    ['in its first 90 days', since(89, { 'usage.firstValueOn': TODAY - 80 }), 'onboarding'],
    ['after 90 days with first value reached', since(90, { 'usage.firstValueOn': TODAY - 80 }), 'ongoing'],
    ['after 90 days without first value', since(120, { 'usage.firstValueOn': null }), 'onboarding'],
    ['after twice that in any case', since(180, { 'usage.firstValueOn': null }), 'ongoing'],
    [
      'after 90 days where nobody can measure first value',
      since(90, { 'usage.keyActions28': null }),
      'ongoing',
    ],
    ['of which nobody knows the start', anAccount({}), null],
  ] as const)('of a customer %s', (_, facts, expected) => {
    expect(phase(facts)).toBe(expected);
  });

  it('ends onboarding as soon as every required moment is done', () => {
    expect(phase(since(20), true)).toBe('ongoing');
    expect(phase(since(20), false)).toBe('onboarding');
  });

  it('starts with the first won close date, before the date on the account', () => {
    expect(phase(since(400, { 'opportunities.firstWonOn': TODAY - 10 }))).toBe('onboarding');
  });
});

describe('stage', () => {
  const reached = { 'usage.firstValueOn': TODAY - 300 };

  it.each([
    ['land until first value', since(20, { 'usage.firstValueOn': null }), 'land'],
    ['renew inside the renewal window', since(400, { ...reached, 'account.renewalOn': TODAY + 90 }), 'renew'],
    [
      'expand while an expansion is open',
      since(400, { ...reached, 'opportunities.openExpansion': 1 }),
      'expand',
    ],
    ['adopt otherwise', since(400, reached), 'adopt'],
    [
      'adopt in onboarding once first value is there',
      since(40, { 'usage.firstValueOn': TODAY - 5 }),
      'adopt',
    ],
  ] as const)('is %s', (_, facts, expected) => {
    expect(stage(facts)).toBe(expected);
  });
});
