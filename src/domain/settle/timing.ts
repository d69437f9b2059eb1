import type { Day } from '../day.js';
import type { EngagementPolicy } from '../engagement/policy.js';
import { businessDayAfter, mayStart } from '../engagement/send-time.js';
import type { Evidence } from './evidence.js';
import { type Open, open } from './open-reason.js';

/** Whether it may be now: somebody's hold, and the sending days and hours of the contact. */
export function timeReasons({ paused, clock, policy, today }: Evidence): readonly Open[] {
  return [
    ...(paused === null ? [] : [open('paused', paused, today)]),
    ...(mayStart(policy.calendar, clock)
      ? []
      : [
          open(
            'outside_window',
            'outside the sending days or hours of the contact',
            nextDay(policy, { clock, today }),
          ),
        ]),
  ];
}

/** Later on the same day where the window opens yet; else the next business day. */
function nextDay(policy: EngagementPolicy, { clock, today }: Pick<Evidence, 'clock' | 'today'>): Day {
  const { hours } = policy.calendar;
  const opensYet =
    hours !== null &&
    clock.minute < hours.from &&
    mayStart(policy.calendar, { day: clock.day, minute: hours.from });
  return opensYet ? today : businessDayAfter(policy.calendar, today, 1);
}
