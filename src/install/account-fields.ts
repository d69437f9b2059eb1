import type { WrittenField } from '../domain/settle/written.js';

/** What an admin sees of a field of ours: its label and help in plain words, and its kind. */
export interface FieldShape {
  readonly label: string;
  readonly help: string;
  readonly type: 'text' | 'long-text' | 'number' | 'checkbox' | 'date';
  /** Characters, for texts. */
  readonly length: number;
}

const text = (length: number) => ({ type: 'text', length }) as const;
const plain = (type: FieldShape['type']) => ({ type, length: 0 }) as const;

function dimension(name: string, of: string): FieldShape {
  return {
    label: `Health: ${name}`,
    help: `0 to 100 for ${of}. Empty while too little of it is known.`,
    ...plain('number'),
  };
}

/** The account fields that we write, in the order in which an admin would read them. */
export const ACCOUNT_FIELDS: Readonly<Record<WrittenField, FieldShape>> = {
  score: {
    label: 'Health Score',
    help: '0 to 100, higher is healthier. Empty while too little is known.',
    ...plain('number'),
  },
  band: {
    label: 'Health Band',
    help: 'healthy, watch, risk, or unknown while too little is known.',
    ...text(20),
  },
  trend: { label: 'Health Trend', help: 'Over the last 28 days: up, flat or down.', ...text(10) },
  drivers: {
    label: 'Health Drivers',
    help: 'What costs this account the most points, in words.',
    ...text(255),
  },
  driversDetail: {
    label: 'Health Drivers Detail',
    help: 'Every point that this account lost, and what the last change was made of.',
    type: 'long-text',
    length: 8000,
  },
  coverage: {
    label: 'Health Coverage',
    help: 'Percent of the health model that could be read for this account.',
    ...plain('number'),
  },
  modelBand: {
    label: 'Health Model Band',
    help: 'What the model says, before a person’s pulse.',
    ...text(20),
  },
  bandSource: {
    label: 'Health Band Source',
    help: 'Where the band comes from: model, guard, pulse or coverage.',
    ...text(20),
  },
  bandSince: {
    label: 'Health Band Since',
    help: 'Day on which the account came into its band.',
    ...plain('date'),
  },
  pulse: {
    label: 'Health Pulse',
    help: 'The band that a person has set for this account; empty when none holds.',
    ...text(20),
  },
  pulseReason: { label: 'Health Pulse Reason', help: 'Why that person judged so.', ...text(255) },
  pulseBy: { label: 'Health Pulse By', help: 'Who set the pulse.', ...text(255) },
  pulseExpiresOn: {
    label: 'Health Pulse Expires On',
    help: 'Last day on which the pulse holds. Empty: until the model says something new.',
    ...plain('date'),
  },
  scoreChangedOn: {
    label: 'Health Score Changed On',
    help: 'Day on which score or band last changed.',
    ...plain('date'),
  },
  watermelon: {
    label: 'Green Outside, Red Inside',
    help: 'Use looks healthy while something beneath it does not: Health Drivers Detail says what.',
    ...plain('checkbox'),
  },
  tier: {
    label: 'Touch Tier',
    help: 'How this account is served. Every tier deserves a great experience.',
    ...text(40),
  },
  tierReason: { label: 'Touch Tier Reason', help: 'Why this account has its tier.', ...text(255) },
  tierSince: {
    label: 'Touch Tier Since',
    help: 'Day on which the account came into its tier.',
    ...plain('date'),
  },
  tierWaitingFor: {
    label: 'Touch Tier Waiting For',
    help: 'The tier that this account is about to move to, once calm rules allow.',
    ...text(40),
  },
  phase: { label: 'Customer Phase', help: 'onboarding or ongoing.', ...text(20) },
  stage: { label: 'Customer Stage', help: 'land, adopt, renew or expand.', ...text(20) },
  adoptionScore: dimension('Adoption', 'use of the product'),
  supportScore: dimension('Support', 'cases, and how they were resolved'),
  relationshipScore: dimension('Relationship', 'people, and touch in both directions'),
  engagementScore: dimension('Engagement', 'answers, meetings and touch'),
  sentimentScore: dimension('Sentiment', 'what people answered in surveys'),
  commercialScore: dimension('Commercial', 'payments, renewals and growth'),
  onboardingScore: dimension('Onboarding', 'progress from the first day to first value'),
  activePlaybooks: {
    label: 'Active Playbooks',
    help: 'Playbooks that run for this account at the moment.',
    ...text(255),
  },
  lastEnrolmentOn: {
    label: 'Last Enrolment',
    help: 'Day on which somebody of this account was last enrolled in a sequence, list or campaign.',
    ...plain('date'),
  },
};

export const TIER_LOCK: FieldShape = {
  label: 'Touch Tier Locked',
  help: 'Tick to hold the tier as it is. Truenorth never changes this box.',
  ...plain('checkbox'),
};
