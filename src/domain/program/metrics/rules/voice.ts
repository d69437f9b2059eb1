import { countOf } from '../../../facts/aggregate.js';
import { categoryOf, flagOf, numberOf } from '../../../facts/row-values.js';
import { isAdvocate } from '../../advocate.js';
import { falls, type Period } from '../period.js';
import { type Count, type MetricRule, oneOf, partOf, rule } from '../rule.js';
import { dayIn, isCustomerOn, type MetricBasis, type MetricSubject, textIn } from '../subject.js';

const SURVEY = ['survey.kind', 'survey.score', 'survey.answeredOn'] as const;
/** Of 5. */
const SATISFIED = 4;

function scores({ rows }: MetricSubject, kind: string, period: Period): readonly number[] {
  return (rows.survey ?? []).flatMap((row) => {
    const score = numberOf(row, 'score');
    const told = categoryOf(row, 'kind') === kind && falls(numberOf(row, 'answeredOn'), period);
    return told && score !== null ? [score] : [];
  });
}

function satisfied(subject: MetricSubject, period: Period, { facts }: MetricBasis): Count | null {
  const ratings = (subject.rows.case ?? []).flatMap((row) => {
    const rating = numberOf(row, 'csat');
    return rating !== null && falls(dayIn(row, 'closedAt', facts.dayOf), period) ? [rating] : [];
  });
  const all = [...scores(subject, 'csat', period), ...ratings];
  return partOf(
    countOf(all, (score) => score >= SATISFIED),
    all.length,
  );
}

function promoters(subject: MetricSubject, period: Period): Count | null {
  const all = scores(subject, 'nps', period);
  const for_ = countOf(all, (score) => score >= 9);
  const against = countOf(all, (score) => score <= 6);
  return partOf(for_ - against, all.length);
}

/** Value perception of today's customers: asked where somebody answered, derived where NPS stands in. */
function perceived(value: string, { derived }: { readonly derived: boolean }): MetricRule['read'] {
  return (subject, period, { facts: { today } }) => {
    const { facts } = subject;
    if (isCustomerOn(subject, period.asOf, today) !== true) return null;
    if (facts['account.valuePerceptionDerived']?.value !== derived) return null;
    return oneOf(textIn(facts, 'account.valuePerception') === value);
  };
}

function advocates(subject: MetricSubject, period: Period, { facts }: MetricBasis): Count | null {
  return isCustomerOn(subject, period.asOf, facts.today) === true
    ? oneOf(isAdvocate(subject.facts, subject.standing.band))
    : null;
}

function willing(subject: MetricSubject, period: Period, { facts }: MetricBasis): Count | null {
  const here = isCustomerOn(subject, period.asOf, facts.today) === true;
  const answer = flagOf(subject.account, 'referenceWilling');
  return here && answer !== null ? { part: answer ? 1 : 0, whole: 0, n: 1 } : null;
}

const asked = (metric: MetricRule['metric'], value: string): MetricRule =>
  rule({
    metric,
    shape: 'share',
    restsOn: 'today',
    needs: ['account.valuePerception'],
    read: perceived(value, { derived: false }),
  });

/** What customers say. */
export const VOICE: readonly MetricRule[] = [
  rule({
    metric: 'csat',
    shape: 'share',
    restsOn: 'dates',
    needs: SURVEY,
    orNeeds: [['case.csat', 'case.closedAt']],
    read: satisfied,
  }),
  rule({ metric: 'nps', shape: 'share', restsOn: 'dates', needs: SURVEY, read: promoters }),
  asked('value-essential', 'essential'),
  asked('value-nice-to-have', 'nice-to-have'),
  asked('value-no-longer-needed', 'no-longer-needed'),
  rule({
    metric: 'value-derived',
    shape: 'share',
    restsOn: 'today',
    needs: SURVEY,
    orNeeds: [['account.nps']],
    read: perceived('essential', { derived: true }),
  }),
  rule({
    metric: 'advocates',
    shape: 'sum',
    restsOn: 'today',
    needs: SURVEY,
    orNeeds: [['account.nps']],
    read: advocates,
  }),
  rule({
    metric: 'advocates-willing',
    shape: 'sum',
    restsOn: 'today',
    needs: ['account.referenceWilling'],
    read: willing,
  }),
  rule({
    metric: 'advocates-per-100',
    shape: 'share',
    restsOn: 'today',
    needs: SURVEY,
    orNeeds: [['account.nps']],
    read: advocates,
  }),
];
