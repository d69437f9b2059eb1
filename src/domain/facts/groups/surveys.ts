import { dayFact, numberFact } from '../define.js';
import type { FactDefinition } from '../fact.js';

/** What customers answered. */
export const SURVEY_FACTS = {
  'surveys.npsLatest': numberFact(
    ['latest NPS answer', 'of 10'],
    ['survey.kind', 'survey.score', 'survey.answeredOn'],
    ['account.nps'],
  ),
  'surveys.npsOn': dayFact('latest NPS answer given', ['survey.kind', 'survey.score', 'survey.answeredOn']),
  'surveys.npsMean365': numberFact(
    ['mean NPS answer in 365 days', 'of 10'],
    ['survey.kind', 'survey.score', 'survey.answeredOn'],
    ['account.nps'],
  ),
  'surveys.csatLatest': numberFact(
    ['latest satisfaction answer', 'of 5'],
    ['survey.kind', 'survey.score', 'survey.answeredOn'],
    ['account.csat'],
  ),
  'surveys.csatOn': dayFact('latest satisfaction answer given', [
    'survey.kind',
    'survey.score',
    'survey.answeredOn',
  ]),
  'surveys.csatMean365': numberFact(
    ['mean satisfaction in 365 days', 'of 5'],
    ['survey.kind', 'survey.score', 'survey.answeredOn'],
    ['account.csat'],
  ),
  'surveys.csatOnboarding365': numberFact(
    ['mean satisfaction with onboarding in 365 days', 'of 5'],
    ['survey.kind', 'survey.score', 'survey.answeredOn', 'survey.about'],
  ),
  'surveys.csatCase365': numberFact(
    ['mean satisfaction with cases in 365 days', 'of 5'],
    ['survey.kind', 'survey.score', 'survey.answeredOn', 'survey.about'],
  ),
  'surveys.csatReview365': numberFact(
    ['mean satisfaction with reviews in 365 days', 'of 5'],
    ['survey.kind', 'survey.score', 'survey.answeredOn', 'survey.about'],
  ),
  'surveys.effortLatest': numberFact(
    ['latest effort answer', 'of 7'],
    ['survey.kind', 'survey.score', 'survey.answeredOn'],
  ),
  'surveys.effortOn': dayFact('latest effort answer given', [
    'survey.kind',
    'survey.score',
    'survey.answeredOn',
  ]),
  'surveys.answered365': numberFact(['survey answers in 365 days', 'answers'], ['survey.answeredOn']),
  'surveys.lastOn': dayFact('last survey answer', ['survey.answeredOn']),
} as const satisfies Record<string, FactDefinition>;
