import type { MetricDefinition } from './metric-definition.js';

const DAYS = 'in the 90 days up to the end of the period';
const YEAR = 'in the 12 months up to the end of the period';

/** What people did with messages of playbooks. */
function messages<const Deed extends string>(deed: Deed, did: string) {
  return {
    id: `messages-${deed}`,
    label: `Messages ${deed}`,
    unit: 'percent',
    definition: `People who ${did} after a playbook had written to them, of all whom a playbook wrote to, both ${DAYS}.`,
  } as const;
}

/** Cases of 90 days, cut one way. */
function cases<const Cut extends string>(cut: Cut, label: string, cutBy: string) {
  return [
    {
      id: `cases-opened-${cut}`,
      label: `Cases opened ${label}`,
      unit: 'count',
      definition: `Cases that were opened ${DAYS}${cutBy}, of former customers too.`,
    },
    {
      id: `cases-resolved-${cut}`,
      label: `Cases resolved ${label}`,
      unit: 'count',
      definition: `Cases that were closed ${DAYS}${cutBy}, of former customers too.`,
    },
    {
      id: `resolution-time-${cut}`,
      label: `Time to resolution ${label}`,
      unit: 'hours',
      definition: `Median hours from opening to closing, over the cases that were closed ${DAYS}${cutBy}, of former customers too.`,
    },
    {
      id: `cases-satisfied-${cut}`,
      label: `Cases satisfied ${label}`,
      unit: 'percent',
      definition: `Ratings of at least 4 out of 5, of the ratings of cases that were closed ${DAYS}${cutBy}, of former customers too.`,
    },
  ] as const;
}

/** Who left in a year, of those who were there. */
function churnBy<const Group extends string>(group: Group, words: string) {
  return [
    {
      id: `customers-by-${group}`,
      label: `Customers by ${group}`,
      unit: 'count',
      definition: `Accounts that were customers 12 months before the end of the period, by ${words}.`,
    },
    {
      id: `churn-by-${group}`,
      label: `Churn by ${group}`,
      unit: 'percent',
      definition: `Accounts that left ${YEAR}, of the accounts that were customers when those 12 months began, by ${words}.`,
    },
  ] as const;
}

/** Numbers that look back from today over a stretch of their own, or that are split by something else than tier and segment. */
export const BREAKDOWN_METRICS = [
  messages('opened', 'opened a message'),
  messages('clicked', 'clicked in a message'),
  messages('answered', 'replied, responded or booked a meeting'),
  {
    id: 'hours-logged',
    label: 'Hours logged',
    unit: 'hours',
    definition:
      'Hours of the activities with customers of today that have a duration and were done in the 365 days up to the end of the period.',
  },
  {
    id: 'hours-per-account',
    label: 'Hours per account',
    unit: 'hours',
    definition:
      'Hours logged in the 365 days up to the end of the period, per customer of today, those without any among them.',
  },
  {
    id: 'hours-sampled',
    label: 'Hours by time sample',
    unit: 'hours',
    definition:
      'Hours in a year by the time sample of config/program.yaml: what people wrote down in its weeks, scaled from its days to 365. The sample says how many people wrote.',
  },
  {
    id: 'hours-sampled-per-account',
    label: 'Hours per account by time sample',
    unit: 'hours',
    definition:
      'Hours in a year by the time sample of config/program.yaml, scaled from its days to 365, per customer of today.',
  },
  {
    id: 'hours-planned-per-account',
    label: 'Hours planned per account',
    unit: 'hours',
    definition:
      'Hours a year that one account of the tier asks for: minutes of each activity in config/program.yaml times how often. The sample says how many activities.',
  },
  {
    id: 'time-cost-per-account',
    label: 'Cost of time per account',
    unit: 'money',
    definition:
      'Hours per account and year (logged, else by the time sample, else planned) at what an hour costs: the yearly cost of a person over the hours that a person has for accounts.',
  },
  ...cases('90', 'in 90 days', ''),
  ...cases('by-priority', 'by priority', ', by priority'),
  ...cases('by-product', 'by product', ', by product'),
  {
    id: 'churn-by-reason',
    label: 'Churn by reason',
    unit: 'count',
    definition: `Accounts that left ${YEAR} and were customers when those 12 months began, by the reason of the renewal that was lost last, where one is on record and says why.`,
  },
  ...churnBy('industry', 'industry of today'),
  ...churnBy('size', 'licensed seats of today'),
  ...churnBy('source', 'where they came from'),
  ...churnBy('tenure', 'their years as a customer when those 12 months began'),
] as const satisfies readonly MetricDefinition[];
