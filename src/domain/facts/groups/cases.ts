import { dayFact, flagFact, numberFact } from '../define.js';
import type { FactDefinition } from '../fact.js';

/** What customers asked support, and how it went. */
export const CASE_FACTS = {
  'cases.open': numberFact(['cases open', 'cases'], ['case.closed'], ['case.closedAt']),
  'cases.openCritical': numberFact(
    ['critical cases open', 'cases'],
    ['case.closed', 'case.priority'],
    ['case.closedAt', 'case.priority'],
  ),
  'cases.openHigh': numberFact(
    ['high-priority cases open', 'cases'],
    ['case.closed', 'case.priority'],
    ['case.closedAt', 'case.priority'],
  ),
  'cases.escalatedOpen': numberFact(
    ['escalated cases open', 'cases'],
    ['case.closed', 'case.escalated'],
    ['case.closedAt', 'case.escalated'],
  ),
  'cases.oldestOpenOn': dayFact('oldest open case opened', ['case.closed'], ['case.closedAt']),
  'cases.oldestCriticalOn': dayFact(
    'oldest open critical case opened',
    ['case.closed', 'case.priority'],
    ['case.closedAt', 'case.priority'],
  ),
  'cases.openedLast7': numberFact(['cases opened in 7 days', 'cases'], ['case.openedAt']),
  'cases.openedLast30': numberFact(['cases opened in 30 days', 'cases'], ['case.openedAt']),
  'cases.openedLast90': numberFact(['cases opened in 90 days', 'cases'], ['case.openedAt']),
  'cases.surgeOn': dayFact('day on which cases opened within 30 days last rose above 3', ['case.openedAt']),
  'cases.lastOpenedOn': dayFact('last case opened', ['case.openedAt']),
  'cases.lastClosedOn': dayFact('last case closed', ['case.closedAt']),
  'cases.reopened90': numberFact(['cases opened in 90 days that were reopened', 'cases'], ['case.reopened']),
  'cases.withoutFirstResponse': numberFact(
    ['open cases without a first response', 'cases'],
    ['case.closed', 'case.firstResponseAt'],
    ['case.closedAt', 'case.firstResponseAt'],
  ),
  'cases.medianHoursToResolution90': numberFact(
    ['median hours to resolution of cases closed in 90 days', 'hours'],
    ['case.closedAt'],
  ),
  'cases.csatMean90': numberFact(
    ['mean satisfaction with cases closed in 90 days', 'of 5'],
    ['case.csat', 'case.closedAt'],
  ),
  'cases.trainingCaused90': numberFact(
    ['cases in 90 days caused by missing training', 'cases'],
    ['case.cause'],
  ),
  'cases.productCaused90': numberFact(['cases in 90 days caused by the product', 'cases'], ['case.cause']),
  'cases.expansionHint': flagFact('support saw room for expansion in 90 days', ['case.expansionHint']),
} as const satisfies Record<string, FactDefinition>;
