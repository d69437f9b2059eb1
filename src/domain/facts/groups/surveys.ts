import { type Day, within } from '../../day.js';
import { countOf, latestOf, meanOf } from '../aggregate.js';
import type { AccountSubject, Derived, FactBasis } from '../book.js';
import { dayFact, numberFact } from '../define.js';
import type { FactDefinition } from '../fact.js';
import type { CrmRow } from '../record.js';
import { categoryOf, numberOf } from '../row-values.js';

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

interface Answer {
  readonly on: Day;
  readonly kind: string | null;
  readonly about: string | null;
  readonly score: number | null;
}

/** Latest and mean answers up to today, each as old as its answer; the account's own NPS and CSAT stand in. */
export function deriveSurveys(
  { account, rows }: AccountSubject,
  { today }: FactBasis,
): Derived<keyof typeof SURVEY_FACTS> {
  const answers = rows.survey?.map(answerOf).filter((answer) => answer !== null && answer.on <= today);
  const found = (answers ?? []).filter((answer) => answer !== null);
  const [nps, csat] = [latest(found, 'nps'), latest(found, 'csat')];
  const effort = latest(found, 'effort');
  const lastOn = latestOf(found.map((answer) => answer.on));
  const year = found.filter((answer) => within(answer.on, today, 365));
  const keptNps = numberOf(account, 'nps');
  const keptCsat = numberOf(account, 'csat');
  const mean = (kind: string, about?: string) =>
    meanOf(
      year
        .filter((answer) => answer.kind === kind && (!about || answer.about === about))
        .map((answer) => answer.score),
    );
  return {
    values: {
      'surveys.npsLatest': nps.score ?? keptNps,
      'surveys.npsOn': nps.on,
      'surveys.npsMean365': mean('nps') ?? (nps.on === null ? keptNps : null),
      'surveys.csatLatest': csat.score ?? keptCsat,
      'surveys.csatOn': csat.on,
      'surveys.csatMean365': mean('csat') ?? (csat.on === null ? keptCsat : null),
      'surveys.csatOnboarding365': mean('csat', 'onboarding'),
      'surveys.csatCase365': mean('csat', 'case'),
      'surveys.csatReview365': mean('csat', 'review'),
      'surveys.effortLatest': effort.score,
      'surveys.effortOn': effort.on,
      'surveys.answered365': answers ? countOf(year, (answer) => answer.score !== null) : null,
      'surveys.lastOn': lastOn,
    },
    asOf: {
      'surveys.npsLatest': nps.on ?? today,
      'surveys.npsMean365': nps.on ?? today,
      'surveys.csatLatest': csat.on ?? today,
      'surveys.csatMean365': csat.on ?? today,
      'surveys.effortLatest': effort.on,
    },
  };
}

function answerOf(row: CrmRow): Answer | null {
  const on = numberOf(row, 'answeredOn');
  if (on === null) return null;
  return {
    on,
    kind: categoryOf(row, 'kind'),
    about: categoryOf(row, 'about'),
    score: numberOf(row, 'score'),
  };
}

/** The answers of the last day on which one was given, as their mean. */
function latest(
  answers: readonly Answer[],
  kind: string,
): { readonly on: Day | null; readonly score: number | null } {
  const scored = answers.filter((answer) => answer.kind === kind && answer.score !== null);
  const on = latestOf(scored.map((answer) => answer.on));
  return { on, score: meanOf(scored.filter((answer) => answer.on === on).map((answer) => answer.score)) };
}
