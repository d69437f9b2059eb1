import { dayFact, flagFact, numberFact, textFact, timedFact } from '../define.js';
import type { FactDefinition } from '../fact.js';

/**
 * What we have just worked out about the account ourselves. Only playbooks may read it: a score or a
 * tier that read it would read itself.
 */
export const STANDING_FACTS = {
  'health.score': numberFact(['health score', 'points'], []),
  'health.band': textFact('healthy, watch, risk or unknown', []),
  'health.bandBefore': textFact('band before the current one', []),
  'health.bandSince': dayFact('in the band since', []),
  'health.coverage': numberFact(['coverage of the score', '%'], []),
  'health.watermelon': flagFact('use looks healthy while something beneath it does not', []),
  'tier.id': textFact('tier', []),
  'tier.since': dayFact('in the tier since', []),
  'tier.locked': flagFact('an admin holds the tier', []),
  'journey.phase': textFact('onboarding or ongoing', []),
  'journey.stage': textFact('land, renew, expand or adopt', []),
  'journey.dayZero': dayFact('day 0 of the customer', []),
  'journey.day': timedFact(['days since day 0', 'days'], []),
  'journey.onboardedOn': dayFact('onboarding ended', []),
  'moments.overdue': numberFact(['moments that are overdue', 'moments'], []),
  'moments.doneShare': numberFact(['share of the onboarding moments done', '%'], []),
  'moments.lastDoneOn': dayFact('last moment done', []),
} as const satisfies Record<string, FactDefinition>;
export type StandingFactId = keyof typeof STANDING_FACTS;

/** What is known of one moment: for playbooks whose edge belongs to moments. */
export const MOMENT_FACTS = {
  'moment.id': textFact('moment', []),
  'moment.phase': textFact('onboarding or ongoing', []),
  'moment.periodStart': dayFact('start of the moment’s period; day 0 for onboarding', []),
  'moment.dueOn': dayFact('moment due', []),
  'moment.daysLate': timedFact(['days past its due day, negative before it', 'days'], []),
  'moment.done': flagFact('the moment is done', []),
  'moment.doneOn': dayFact('the moment was first seen done', []),
  'moment.required': flagFact('onboarding waits for the moment', []),
} as const satisfies Record<string, FactDefinition>;
