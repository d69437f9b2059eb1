import type { AccountFactId } from '../../facts/catalogue.js';
import type { Expression } from '../../facts/fact.js';
import { line, numberIn, signal, theFact } from '../define.js';

/**
 * Days from the start to a milestone, or until today while it is not reached. `proof` is a fact that
 * is known wherever the milestone would be: without it nobody can say that it was not reached.
 */
function daysTo(milestone: AccountFactId, proof: AccountFactId | null): Expression<number> {
  const facts = ['account.customerSince', milestone, ...(proof ? [proof] : [])];
  return {
    source: `(has(${milestone}) ? ${milestone} : today) - account.customerSince`,
    facts: facts.sort(),
    evaluate: (known, today) => {
      const start = numberIn(known, 'account.customerSince');
      if (start === null || (proof && numberIn(known, proof) === null)) return null;
      return (numberIn(known, milestone) ?? today) - start;
    },
  };
}

/** How far the start has come. */
export const ONBOARDING_SIGNALS = {
  firstValue: signal('onboarding', {
    label: 'days to first value',
    unit: 'days',
    weight: 20,
    value: daysTo('usage.firstValueOn', 'usage.keyActions28'),
    curves: line(60, 7),
    text: 'customer since {account.customerSince}, first value {usage.firstValueOn}',
  }),
  firstUse: signal('onboarding', {
    label: 'days to first use',
    unit: 'days',
    value: daysTo('usage.firstUsedOn', 'usage.activeDays28'),
    curves: line(30, 3),
    text: 'customer since {account.customerSince}, first use {usage.firstUsedOn}',
  }),
  criteriaAgreed: signal('onboarding', {
    label: 'days to agreed success criteria',
    unit: 'days',
    value: daysTo('account.criteriaAgreedOn', null),
    curves: line(60, 14),
    text: 'customer since {account.customerSince}, success criteria agreed {account.criteriaAgreedOn}',
  }),
  usersNotStarted: signal('onboarding', {
    label: 'users not logged in by day 7',
    unit: 'users',
    value: theFact('contacts.notLoggedInByDay7'),
    curves: line(3, 0),
    text: '{value|user|users} not logged in by day 7',
  }),
  onboardingSatisfaction: signal('onboarding', {
    label: 'satisfaction with onboarding',
    unit: 'of 5',
    weight: 5,
    value: theFact('surveys.csatOnboarding365'),
    curves: line(2, 4.7),
    text: 'satisfaction with onboarding {value} of 5',
  }),
};
