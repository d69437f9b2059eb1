import { BREAKDOWN_METRICS } from './breakdown-metrics.js';
import type { MetricDefinition } from './metric-definition.js';

/** Every number of the program, in the order in which documents list them. */
export const METRICS = [
  {
    id: 'engagement',
    label: 'Engagement',
    unit: 'percent',
    definition:
      'Accounts with an answer or a two-way touch in the 90 days up to the end of the period, of the accounts with a reachable person.',
  },
  {
    id: 'content',
    label: 'Content consumption',
    unit: 'count',
    definition: 'Opens and clicks of mails, and responses to campaigns, that were recorded in the period.',
  },
  {
    id: 'churn',
    label: 'Churn',
    unit: 'percent',
    definition:
      'Accounts that left in the 12 months up to the end of the period, of the accounts that were customers when those 12 months began.',
  },
  {
    id: 'retention',
    label: 'Gross revenue retention',
    unit: 'percent',
    definition:
      'Amount of the renewals that were won, of the amount of all renewals that were closed in the 12 months up to the end of the period.',
  },
  {
    id: 'retention-net',
    label: 'Net revenue retention',
    unit: 'percent',
    definition:
      'Amount of renewals and expansions won, of the amount of all renewals closed in the 12 months up to the end of the period, over the accounts that had one.',
  },
  {
    id: 'retention-logo',
    label: 'Customer retention',
    unit: 'percent',
    definition:
      'Accounts that were customers 12 months before the end of the period and still are, of all that were customers then.',
  },
  {
    id: 'onboarding-completed',
    label: 'Onboarding completed in 30 days',
    unit: 'percent',
    definition:
      'Accounts that had completed onboarding by their 30th day, of the accounts whose 30th day fell in the period.',
  },
  {
    id: 'time-to-first-value',
    label: 'Time to first value',
    unit: 'days',
    definition:
      'Median days from day 0 to first value, over the accounts that reached first value in the period.',
  },
  {
    id: 'csat',
    label: 'Customer satisfaction',
    unit: 'percent',
    definition: 'Answers of at least 4 out of 5, of all satisfaction answers and case ratings of the period.',
  },
  {
    id: 'nps',
    label: 'Net promoter score',
    unit: 'points',
    definition:
      'Share of promoters (9 or 10) less the share of detractors (6 or lower), over the NPS answers of the period.',
  },
  {
    id: 'resolution-time',
    label: 'Time to resolution',
    unit: 'hours',
    definition:
      'Median hours from opening to closing, over the cases that were closed in the period, of former customers too.',
  },
  {
    id: 'cases-opened',
    label: 'Cases opened',
    unit: 'count',
    definition: 'Cases that were opened in the period, of former customers too.',
  },
  {
    id: 'cases-resolved',
    label: 'Cases resolved',
    unit: 'count',
    definition: 'Cases that were closed in the period, of former customers too.',
  },
  {
    id: 'upsell',
    label: 'Upsell and cross-sell',
    unit: 'percent',
    definition:
      'Accounts with an expansion that was won in the 12 months up to the end of the period, of all accounts.',
  },
  {
    id: 'health',
    label: 'Mean health score',
    unit: 'points',
    definition: 'Mean of the health scores that are shown, over the accounts that have one.',
  },
  {
    id: 'reply-rate',
    label: 'Reply rate',
    unit: 'percent',
    definition: 'People who answered in the period, of the people whom a playbook wrote to in the period.',
  },
  {
    id: 'accounts',
    label: 'Accounts',
    unit: 'count',
    definition: 'Customer accounts that have not left.',
  },
  {
    id: 'revenue',
    label: 'Recurring revenue',
    unit: 'money',
    definition: 'Annual recurring revenue of the accounts that have not left, where it is known.',
  },
  {
    id: 'coverage-score',
    label: 'Accounts with a score',
    unit: 'percent',
    definition: 'Accounts with a health score that is shown, of all accounts.',
  },
  {
    id: 'coverage-person',
    label: 'Accounts with a reachable person',
    unit: 'percent',
    definition:
      'Accounts with at least one contact who has an address and neither opted out, bounced nor left, of all accounts.',
  },
  {
    id: 'renewals-due',
    label: 'Renewals due',
    unit: 'money',
    definition:
      'Recurring revenue of the accounts whose renewal falls in the quarter, by tier and band of today.',
  },
  {
    id: 'renewals-expected-loss',
    label: 'Expected loss at renewal',
    unit: 'money',
    definition:
      'Revenue due in the quarter times the share of past renewals that were lost in the same band; too little data below 30 outcomes in the band, and where no renewal was ever recorded as won.',
  },
  {
    id: 'value-essential',
    label: 'Value: essential',
    unit: 'percent',
    definition: 'Accounts that call us essential, of the accounts that were asked and answered.',
  },
  {
    id: 'value-nice-to-have',
    label: 'Value: nice to have',
    unit: 'percent',
    definition: 'Accounts that call us nice to have, of the accounts that were asked and answered.',
  },
  {
    id: 'value-no-longer-needed',
    label: 'Value: no longer needed',
    unit: 'percent',
    definition: 'Accounts that no longer need us, of the accounts that were asked and answered.',
  },
  {
    id: 'value-derived',
    label: 'Value: essential, derived',
    unit: 'percent',
    definition:
      'Accounts that never answered the question of value and whose latest NPS answer is a promoter, of those whose value is derived from NPS.',
  },
  {
    id: 'responses-received',
    label: 'Requests received',
    unit: 'count',
    definition: 'Inbound requests that were received in the period.',
  },
  {
    id: 'responses-answered-in',
    label: 'Time to first answer',
    unit: 'minutes',
    definition:
      'Median minutes to the first answer, over the requests received in the period that were answered.',
  },
  {
    id: 'responses-open',
    label: 'Requests open',
    unit: 'count',
    definition: 'Requests received by the end of the period that had no answer by then.',
  },
  {
    id: 'responses-overdue',
    label: 'Requests overdue',
    unit: 'count',
    definition:
      'Requests without an answer at the end of the period that were received more than a business day before.',
  },
  {
    id: 'responses-resolved',
    label: 'Requests resolved',
    unit: 'count',
    definition: 'Requests received in the period that are marked as resolved.',
  },
  {
    id: 'advocates',
    label: 'Advocates found',
    unit: 'count',
    definition:
      'Healthy accounts whose latest NPS answer is a promoter and that call us essential, or never said otherwise.',
  },
  {
    id: 'advocates-willing',
    label: 'Advocates willing',
    unit: 'count',
    definition: 'Accounts that are willing to be a reference.',
  },
  {
    id: 'advocates-per-100',
    label: 'Advocates per 100 accounts',
    unit: 'per 100 accounts',
    definition: 'Advocates found, per 100 accounts of the same tier.',
  },
  {
    id: 'cost',
    label: 'Cost',
    unit: 'money',
    definition: 'What the people, equipment, licences and sends of the tier cost in the period.',
  },
  {
    id: 'cost-per-account',
    label: 'Cost per account',
    unit: 'money',
    definition: 'Cost of the tier in the period, per account of the tier.',
  },
  {
    id: 'revenue-per-person',
    label: 'Revenue per person',
    unit: 'money',
    definition: 'Annual recurring revenue of the tier, per person who looks after it.',
  },
  {
    id: 'break-even-lift',
    label: 'Break-even lift',
    unit: 'percentage points',
    definition:
      'Percentage points of retention that the tier must add for the revenue kept in a year to equal its cost in a year.',
  },
  {
    id: 'measured-lift',
    label: 'Measured lift',
    unit: 'percentage points',
    definition:
      'Mean difference in percentage points between goals reached by treated and by held-out accounts, over the playbooks whose lift can be told.',
  },
  {
    id: 'return',
    label: 'Return on cost',
    unit: 'percent',
    definition: 'Recurring revenue times measured lift, less the cost of a year, of the cost of a year.',
  },
  ...BREAKDOWN_METRICS,
] as const satisfies readonly MetricDefinition[];

export type MetricId = (typeof METRICS)[number]['id'];

export const METRIC_IDS: readonly MetricId[] = METRICS.map(({ id }) => id);

const BY_ID: ReadonlyMap<string, MetricDefinition> = new Map(METRICS.map((metric) => [metric.id, metric]));

/** What a metric is; throws a `RangeError` for an id that the list does not have. */
export function metricOf(id: MetricId): MetricDefinition {
  const found = BY_ID.get(id);
  if (found === undefined) throw new RangeError(`no metric ${id}`);
  return found;
}

/** Segment, tier or band of a record that counts them all together. */
export const ALL = 'All';
