import { falls, type Period } from '../period.js';
import { type Count, type MetricRule, oneOf, rule } from '../rule.js';
import { type MetricBasis, type MetricSubject, numberIn } from '../subject.js';

/** Onboarding is to be over by this day of a customer. */
const BY_DAY = 30;

/** First day on which we could see the account. */
function seenFrom({ facts }: MetricSubject, { facts: { watchedFrom } }: MetricBasis): number {
  return Math.max(watchedFrom ?? -Infinity, numberIn(facts, 'account.createdOn') ?? -Infinity);
}

/**
 * Whoever was first seen after the 30th day, or was past onboarding then, says nothing: of those who began with them,
 * only the late ones could still be seen.
 */
function completed(subject: MetricSubject, period: Period, basis: MetricBasis): Count | null {
  const { dayZero, onboardedOn, phase } = subject.standing;
  if (!basis.tellsOnboarding || dayZero === null || !falls(dayZero + BY_DAY, period)) return null;
  if (seenFrom(subject, basis) > dayZero + BY_DAY) return null;
  if (onboardedOn !== null) return oneOf(onboardedOn <= dayZero + BY_DAY);
  return phase === 'onboarding' ? oneOf(false) : null;
}

function daysToValue(subject: MetricSubject, period: Period): Count | null {
  const { dayZero } = subject.standing;
  const on = numberIn(subject.facts, 'usage.firstValueOn');
  if (dayZero === null || on === null || !falls(on, period)) return null;
  const times = [{ value: Math.max(0, on - dayZero), from: dayZero }];
  return { part: 0, whole: 0, n: 1, times };
}

/** How soon new customers get where they wanted to go. */
export const ONBOARDING: readonly MetricRule[] = [
  rule({
    metric: 'onboarding-completed',
    shape: 'share',
    restsOn: 'dates',
    needs: ['account.customerSince'],
    orNeeds: [['opportunity.won', 'opportunity.closeOn']],
    read: completed,
  }),
  rule({
    metric: 'time-to-first-value',
    shape: 'median',
    restsOn: 'dates',
    needs: ['usage.keyActions', 'usage.on', 'account.customerSince'],
    orNeeds: [['usage.keyActions', 'usage.on', 'opportunity.won', 'opportunity.closeOn']],
    read: daysToValue,
  }),
];
