import { within } from '../../../day.js';
import { flagOf, numberOf } from '../../../facts/row-values.js';
import type { Period } from '../period.js';
import { type MetricRule, rule } from '../rule.js';
import { isCustomerOn, type MetricBasis, type MetricSubject } from '../subject.js';

const DAYS = 365;

interface Logged {
  readonly minutes: number;
  readonly activities: number;
}

/** What was done with a customer of today in the year; null for who is none. */
function loggedFor(subject: MetricSubject, { asOf }: Period, { facts }: MetricBasis): Logged | null {
  if (isCustomerOn(subject, asOf, facts.today) !== true) return null;
  const minutes = (subject.rows.activity ?? []).flatMap((row) => {
    const counts = flagOf(row, 'done') !== false && within(numberOf(row, 'on'), asOf, DAYS);
    const taken = numberOf(row, 'minutes');
    return counts && taken !== null && taken > 0 ? [Math.round(taken)] : [];
  });
  return { minutes: minutes.reduce((sum, one) => sum + one, 0), activities: minutes.length };
}

/** The time that people logged with customers. Counted in minutes, told in hours. */
export const HOURS: readonly MetricRule[] = [
  rule({
    metric: 'hours-logged',
    shape: 'sum',
    restsOn: 'today',
    scale: 60,
    needs: ['activity.minutes'],
    read: (...of) => {
      const logged = loggedFor(...of);
      return logged === null ? null : { part: logged.minutes, whole: 0, n: logged.activities };
    },
  }),
  rule({
    metric: 'hours-per-account',
    shape: 'mean',
    restsOn: 'today',
    scale: 60,
    needs: ['activity.minutes'],
    read: (...of) => {
      const logged = loggedFor(...of);
      return logged === null ? null : { part: logged.minutes, whole: 60, n: 1 };
    },
  }),
];
