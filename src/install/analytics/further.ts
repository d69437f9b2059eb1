import type { AccountReports } from './account-reports.js';
import {
  byMonth,
  byQuarterAndTier,
  byTier,
  listed,
  type Named,
  standing,
  together,
  togetherByTier,
} from './metric-reports.js';
import { RENEWAL_REPORTS } from './renewal-reports.js';
import type { DashboardDraft, PartDraft, ReportDraft } from './report-draft.js';
import { SERVICE_REPORTS } from './service-reports.js';

type Show = PartDraft['show'];

function part(header: string, report: ReportDraft | null, more: Partial<Omit<PartDraft, 'report'>> = {}) {
  if (report === null) return [];
  const rest = { footer: '', show: 'chart' as Show, width: 6, ...more };
  return [{ header, report, ...rest }];
}

const TABLE = { show: 'table', width: 12 } as const;

/** Dashboards beside the eleven. */
export function furtherDashboards(accounts: AccountReports): readonly DashboardDraft[] {
  return [
    renewalOutlook(accounts),
    valuePerception(),
    responses(),
    advocates(accounts),
    headToHead(accounts),
    economics(),
    syncHealth(),
  ];
}

function renewalOutlook(accounts: AccountReports): DashboardDraft {
  const { dueByBand, dueByTier, lossByBand, list } = RENEWAL_REPORTS;
  return {
    title: 'Renewal outlook',
    text: 'Which revenue comes up for renewal, how healthy is it, and how much of it is likely to go?',
    parts: [
      ...part('Due, by health band', dueByBand, { footer: 'This quarter and those to come' }),
      ...part('Due, by tier', dueByTier, { footer: 'This quarter and those to come' }),
      ...part('Expected loss', lossByBand, { footer: 'From past renewals; empty: too little data' }),
      ...part('Net retention', byMonth(NET_RETENTION), { footer: 'Line: target' }),
      ...part('Quarter by quarter, with n', list, TABLE),
      ...part('Renewing in 90 days', accounts.renewing, TABLE),
    ],
  };
}

const NET_RETENTION: Named = { id: 'retention-net', name: 'Net retention' };
const DERIVED: Named = { id: 'value-derived', name: 'Essential, derived from NPS' };
const ESSENTIAL: Named = { id: 'value-essential', name: 'Essential, as asked' };

function valuePerception(): DashboardDraft {
  const asked = ['value-essential', 'value-nice-to-have', 'value-no-longer-needed'] as const;
  const what =
    'Essential, nice to have, no longer needed: shares of the accounts that were asked and answered.';
  return {
    title: 'Value perception',
    text: 'Do customers call us essential? Those asked, and those derived from NPS, apart.',
    parts: [
      ...part('As asked, by month', together('Value as asked by month', asked, what)),
      ...part('As asked, by tier', togetherByTier('Value as asked by tier', asked, what), {
        footer: 'Latest month',
      }),
      ...part('Derived from NPS', byMonth(DERIVED), { footer: 'Nobody was asked: a guess, kept apart' }),
      ...part('Essential: target', byTier(ESSENTIAL), { footer: 'Latest month. Line: target.' }),
      ...part('Met or not met', standing(ESSENTIAL), { ...TABLE, footer: 'Latest month, with n (Sample)' }),
    ],
  };
}

const ANSWERED_IN: Named = { id: 'responses-answered-in', name: 'Time to first answer' };

function responses(): DashboardDraft {
  const flow = ['responses-received', 'responses-resolved'] as const;
  const stock = ['responses-open', 'responses-overdue'] as const;
  return {
    title: 'Responses',
    text: 'What do customers ask of us, how fast do we answer, and what is left lying?',
    parts: [
      ...part(
        'Received and resolved',
        together('Requests by month', flow, 'Requests received and resolved.'),
      ),
      ...part('Open and overdue', together('Open requests by month', stock, 'Requests open and overdue.')),
      ...part('Time to first answer', byMonth(ANSWERED_IN), { footer: 'Median. Line: target.' }),
      ...part('Time to first answer by tier', byTier(ANSWERED_IN), { footer: 'Latest month. Line: target.' }),
      ...part('Open by tier', togetherByTier('Open requests by tier', stock, 'Requests open and overdue.'), {
        footer: 'Latest month',
      }),
      ...part('Met or not met', standing(ANSWERED_IN), { ...TABLE, footer: 'Latest month, with n (Sample)' }),
    ],
  };
}

const PER_100: Named = { id: 'advocates-per-100', name: 'Advocates per 100' };

function advocates(accounts: AccountReports): DashboardDraft {
  const numbers = ['advocates', 'advocates-willing'] as const;
  return {
    title: 'Advocates',
    text: 'Who speaks for us, who would, and does digital bring as many as the other tiers?',
    parts: [
      ...part('Found and willing', together('Advocates by month', numbers, 'Advocates found, and willing.')),
      ...part('Per 100 accounts, by tier', byTier(PER_100), { footer: 'Latest month. Line: target.' }),
      ...part('What they said', accounts.advocates, { footer: 'Today' }),
      ...part('By name', accounts.advocates, TABLE),
      ...part('Met or not met', standing(PER_100), { ...TABLE, footer: 'Latest month, with n (Sample)' }),
    ],
  };
}

const COMPARED: readonly Named[] = [
  { id: 'retention', name: 'Retention' },
  { id: 'retention-net', name: 'Net retention' },
  { id: 'retention-logo', name: 'Customers kept' },
  { id: 'churn', name: 'Churn' },
  { id: 'health', name: 'Health' },
  { id: 'engagement', name: 'Engagement' },
  { id: 'csat', name: 'CSAT' },
  { id: 'coverage-person', name: 'Reachable accounts' },
  { id: 'accounts', name: 'Accounts' },
  { id: 'revenue', name: 'Revenue' },
];

function headToHead(accounts: AccountReports): DashboardDraft {
  return {
    title: 'Tier head-to-head',
    text: 'How does each tier do beside the others, quarter by quarter, and what moves between them?',
    parts: [
      ...COMPARED.flatMap((named) => part(named.name, byQuarterAndTier(named), { footer: 'By quarter' })),
      ...part('Tier moves that wait', accounts.waitingMoves, TABLE),
    ],
  };
}

const MONEY: readonly Named[] = [
  { id: 'cost', name: 'Cost' },
  { id: 'cost-per-account', name: 'Cost per account' },
  { id: 'revenue-per-person', name: 'Revenue per person' },
  { id: 'return', name: 'Return on cost' },
];
const TIME = [
  ...(['hours-logged', 'hours-per-account', 'hours-sampled', 'hours-sampled-per-account'] as const),
  ...(['hours-planned-per-account', 'time-cost-per-account'] as const),
];
const HOURS: Named = { id: 'hours-per-account', name: 'Hours per account' };
const RETURN: Named = { id: 'return', name: 'Return on cost' };

function economics(): DashboardDraft {
  const lift = ['break-even-lift', 'measured-lift'] as const;
  const what =
    'Points of retention that the tier must add to pay for itself, beside the lift that was measured.';
  return {
    title: 'Program economics',
    text: 'What does each tier cost, what must it add to pay for itself, and what does it add?',
    parts: [
      ...MONEY.flatMap((named) => part(named.name, byQuarterAndTier(named), { footer: 'By quarter' })),
      ...part(
        'Lift: needed and measured',
        togetherByTier('Lift needed and measured', lift, what, 'quarter'),
        {
          footer: 'Latest quarter; empty: too little data',
        },
      ),
      ...part('Hours per account', byTier(HOURS), { footer: 'A year of logged time. Line: target.' }),
      ...part(
        'Time for customers',
        listed('Time for customers by tier', TIME, {
          by: 'tier',
          what: 'Hours in a year, logged, by time sample and planned, and what they cost per account.',
        }),
        { ...TABLE, footer: 'Latest month, with n (Sample)' },
      ),
      ...part('Return: target', byTier(RETURN), { footer: 'Latest month. Line: target.' }),
      ...part('Met or not met', standing(RETURN), { ...TABLE, footer: 'Latest month, with n (Sample)' }),
    ],
  };
}

function syncHealth(): DashboardDraft {
  const { runsByDay, callsByDay, latestRuns, openErrors, errorAdvice, refusals } = SERVICE_REPORTS;
  return {
    title: 'Sync health',
    text: 'Does Truenorth run, what did Salesforce refuse, and how many requests do we use?',
    parts: [
      ...part('Open errors', openErrors, { show: 'number', width: 4, footer: 'Refused records to mend' }),
      ...part('Requests in 30 days', callsByDay, { show: 'number', width: 4, footer: 'To Salesforce' }),
      ...part('Put off or refused in 30 days', refusals, { show: 'number', width: 4, footer: 'Enrolments' }),
      ...part('Runs by day', runsByDay),
      ...part('API use by day', callsByDay),
      ...part('Open errors by code', openErrors),
      ...part('Not enrolled, by reason', refusals, { footer: 'The last 30 days' }),
      ...part('What to do', errorAdvice, TABLE),
      ...part('Latest runs', latestRuns, TABLE),
    ],
  };
}

/** Beside the number of a headline dashboard: the records that it comes from. */
export function besideHeadlines(accounts: AccountReports): Readonly<Record<string, readonly PartDraft[]>> {
  return {
    Health: [
      ...part('Accounts by band and tier', accounts.byBand, { footer: 'Today' }),
      ...part('Band changes', accounts.bandChanges, { footer: 'The last 12 months' }),
      ...part('At risk', accounts.atRisk, TABLE),
      ...part('What people say', accounts.pulses, { ...TABLE, footer: 'Pulses in force' }),
    ],
    Engagement: [
      ...part('Enrolments by channel', accounts.enrolled, { footer: 'The last 12 months' }),
      ...part('Playbook episodes', accounts.episodes, { footer: 'Begun in the last 12 months' }),
    ],
  };
}
