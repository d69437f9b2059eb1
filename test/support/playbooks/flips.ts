import type { MomentReading } from '../../../src/domain/engagement/moments.js';
import type { FactValue } from '../../../src/domain/facts/fact.js';
import type { RecordValue } from '../../../src/domain/facts/record.js';

type Values = Readonly<Record<string, FactValue>>;
type RowValues = Readonly<Record<string, RecordValue>>;

/** One side of a condition, on a day. What is not said is unknown. */
export interface Side {
  /** Facts of the account. */
  readonly facts?: Values;
  /** The one contact of the account. */
  readonly contact?: RowValues;
  /** Messages that the contact was sent without an answer. */
  readonly unanswered?: number;
  readonly request?: RowValues;
  readonly moment?: Pick<MomentReading, 'dueOn' | 'done'>;
}

/** How the condition of a playbook is made to hold, and not to hold. */
export interface Flip {
  readonly yes: (day: number) => Side;
  readonly no: (day: number) => Side;
}

const flip = (yes: (day: number) => Values, no: Values): Flip => ({
  yes: (day) => ({ facts: yes(day) }),
  no: () => ({ facts: no }),
});
const ongoing = { 'journey.phase': 'ongoing' };
/** Something that happened on the day, against something that happened long before. */
const happened = (fact: string, more: Values = {}): Flip => ({
  yes: (day) => ({ facts: { [fact]: day, ...more } }),
  no: (day) => ({ facts: { [fact]: day - 300, ...more } }),
});
const renewal = (left: number) => ({ 'account.daysToRenewal': left });
const usage = (value: Values, no: Values): Flip =>
  flip(() => ({ ...ongoing, ...value }), { ...ongoing, ...no });
const contact = (yes: RowValues, no: RowValues): Flip => ({
  yes: () => ({ contact: yes }),
  no: () => ({ contact: no }),
});

/** Every shipped playbook. */
export const FLIPS: Readonly<Record<string, Flip>> = {
  'after-renewal': happened('opportunities.lastRenewalWonOn'),
  'answer-follow-up': {
    yes: (day) => ({
      facts: { 'surveys.npsLatest': 5, 'surveys.npsOn': day, 'surveys.lastOn': day, 'surveys.csatLatest': 4 },
    }),
    no: (day) => ({
      facts: { 'surveys.npsLatest': 9, 'surveys.npsOn': day, 'surveys.lastOn': day, 'surveys.csatLatest': 4 },
    }),
  },
  'case-recovery': happened('cases.escalatedClosedOn', { 'cases.escalatedOpen': 0 }),
  'churn-interview': {
    yes: (day) => ({ facts: { 'account.churned': true, 'account.churnedOn': day } }),
    no: () => ({ facts: { 'account.churned': false } }),
  },
  'contact-moved-on': contact(
    { role: 'champion', left: true },
    { role: 'champion', left: false, bounced: false },
  ),
  'criteria-stale': {
    yes: (day) => ({ facts: { 'account.criteriaAgreedOn': day - 181 } }),
    no: (day) => ({ facts: { 'account.criteriaAgreedOn': day - 180 } }),
  },
  'critical-case': {
    yes: (day) => ({ facts: { 'cases.openCritical': 1, 'cases.oldestCriticalOn': day } }),
    no: () => ({ facts: { 'cases.openCritical': 0 } }),
  },
  'early-win': {
    yes: (day) => ({ facts: { 'usage.firstValueOn': day, 'journey.day': 40 } }),
    no: () => ({ facts: { 'journey.day': 40 } }),
  },
  'expansion-hint': {
    yes: (day) => ({
      facts: { 'cases.expansionHint': true, 'cases.lastOpenedOn': day, 'opportunities.openExpansion': 0 },
    }),
    no: () => ({ facts: { 'cases.expansionHint': false, 'opportunities.openExpansion': 0 } }),
  },
  'feature-gap': usage({ 'usage.featureShare': 19 }, { 'usage.featureShare': 20 }),
  'first-login': {
    yes: (day) => ({ contact: { role: 'user', userCreatedOn: day - 7 } }),
    no: (day) => ({ contact: { role: 'user', userCreatedOn: day - 7, lastLoginOn: day } }),
  },
  'inbound-request': {
    yes: (day) => ({ request: { kind: 'form', receivedAt: (day - 1) * 86_400_000, resolved: false } }),
    no: (day) => ({ request: { kind: 'form', receivedAt: (day - 1) * 86_400_000, resolved: true } }),
  },
  'loss-interview': happened('opportunities.lastLostOn'),
  'meeting-offer': usage(
    { 'account.wantsContact': false, 'usage.licenceUse': 80, 'usage.featureShare': 49 },
    { 'account.wantsContact': false, 'usage.licenceUse': 79, 'usage.featureShare': 49 },
  ),
  'nice-to-have': usage(
    { 'account.valuePerception': 'nice-to-have' },
    { 'account.valuePerception': 'no-longer-needed' },
  ),
  'onboarding-launch': {
    yes: (day) => ({ facts: { 'journey.phase': 'onboarding', 'journey.dayZero': day } }),
    no: (day) => ({ facts: { 'journey.phase': 'ongoing', 'journey.dayZero': day } }),
  },
  'overdue-moment': {
    yes: (day) => ({ moment: { dueOn: day - 1, done: false }, facts: { 'tier.id': 'hybrid' } }),
    no: (day) => ({ moment: { dueOn: day, done: false }, facts: { 'tier.id': 'hybrid' } }),
  },
  'payment-overdue': {
    yes: (day) => ({ facts: { 'payments.daysOverdue': 15, 'payments.overdueSince': day - 15 } }),
    no: (day) => ({ facts: { 'payments.daysOverdue': 14, 'payments.overdueSince': day - 14 } }),
  },
  promoter: {
    yes: (day) => ({ facts: { 'surveys.npsLatest': 9, 'surveys.npsOn': day, 'cases.openCritical': 0 } }),
    no: (day) => ({ facts: { 'surveys.npsLatest': 8, 'surveys.npsOn': day, 'cases.openCritical': 0 } }),
  },
  'quiet-account': {
    yes: (day) => ({ facts: { ...ongoing, 'activity.lastTouchOn': day - 61, 'cases.openedLast90': 0 } }),
    no: (day) => ({ facts: { ...ongoing, 'activity.lastTouchOn': day - 60, 'cases.openedLast90': 0 } }),
  },
  'release-announcement': {
    yes: (day) => ({ facts: { 'program.release': day } }),
    no: (day) => ({ facts: { 'program.release': day + 1 } }),
  },
  renewal: flip(() => renewal(120), renewal(121)),
  'renewal-open-issues': flip(
    () => ({ ...renewal(100), 'cases.openCritical': 0, 'cases.escalatedOpen': 0, 'cases.openHigh': 3 }),
    { ...renewal(100), 'cases.openCritical': 0, 'cases.escalatedOpen': 0, 'cases.openHigh': 2 },
  ),
  'service-incident': {
    yes: (day) => ({ facts: { 'account.incidentSince': day } }),
    no: () => ({ facts: {} }),
  },
  'sponsor-change': contact({ role: 'sponsor', left: true }, { role: 'sponsor', left: false }),
  'support-surge': {
    yes: (day) => ({ facts: { 'cases.openedLast30': 4, 'cases.surgeOn': day } }),
    no: (day) => ({ facts: { 'cases.openedLast30': 3, 'cases.surgeOn': day - 1 } }),
  },
  'survey-case': {
    yes: (day) => ({ facts: { 'cases.lastClosedOn': day, 'cases.open': 0 } }),
    no: (day) => ({ facts: { 'cases.lastClosedOn': day, 'cases.open': 1 } }),
  },
  'survey-onboarding': happened('journey.onboardedOn'),
  'survey-review': happened('account.criteriaReviewedOn'),
  'training-invitation': {
    yes: (day) => ({ facts: { 'cases.trainingCaused90': 2, 'cases.lastTrainingCausedOn': day } }),
    no: (day) => ({ facts: { 'cases.trainingCaused90': 1, 'cases.lastTrainingCausedOn': day } }),
  },
  'unresponsive-person': {
    yes: () => ({ contact: { role: 'user' }, unanswered: 6 }),
    no: () => ({ contact: { role: 'user' }, unanswered: 5 }),
  },
  'upsell-signal': flip(
    () => ({ 'usage.licenceUse': 90, 'health.band': 'healthy', 'opportunities.openExpansion': 0 }),
    { 'usage.licenceUse': 89, 'health.band': 'healthy', 'opportunities.openExpansion': 0 },
  ),
  'usage-drop': usage(
    { 'usage.trend': -25, 'usage.keyActionTrend': -24 },
    { 'usage.trend': -24, 'usage.keyActionTrend': -24 },
  ),
  'usage-report': {
    yes: (day) => ({ facts: { ...ongoing, 'usage.activeUsers28': 1, 'usage.lastUsedOn': day } }),
    no: (day) => ({ facts: { ...ongoing, 'usage.activeUsers28': 0, 'usage.lastUsedOn': day } }),
  },
  'webinar-invitation': flip(() => ongoing, { 'journey.phase': 'onboarding' }),
  'win-interview': happened('opportunities.lastWonOn', { 'opportunities.wonNew90': 1 }),
  'you-asked-we-did': {
    yes: (day) => ({ facts: { 'program.improvements': day, 'surveys.answered365': 1 } }),
    no: (day) => ({ facts: { 'program.improvements': day + 1, 'surveys.answered365': 1 } }),
  },
};
