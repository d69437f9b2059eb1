import { CASES_BESIDE, CHURN_BESIDE } from './breakdown-reports.js';
import type { Named } from './metric-reports.js';
import { byMonth, bySegment, byTier, standing, together } from './metric-reports.js';
import { type DashboardDraft, drawn, type PartDraft } from './report-draft.js';

/** One of the eleven dashboards: its number, what it answers, and what stands beside it. */
interface Headline extends Named {
  readonly answers: string;
  readonly beside: readonly PartDraft[];
}

const HEADLINES: readonly Headline[] = [
  {
    id: 'engagement',
    name: 'Engagement',
    answers: 'Do our customers answer, meet and talk with us?',
    beside: [
      drawn(
        'Replies to playbook sends',
        'Share of those written to who answered',
        byMonth({ id: 'reply-rate', name: 'Reply rate' }),
      ),
      drawn(
        'What people do with messages',
        'Of those written to in 90 days',
        together(
          'Messages by month',
          ['messages-opened', 'messages-clicked', 'messages-answered'],
          'Shares of those whom a playbook wrote to who opened, clicked and answered.',
        ),
      ),
    ],
  },
  {
    id: 'content',
    name: 'Content consumption',
    answers: 'Do customers open, click and come to what we offer them?',
    beside: [],
  },
  {
    id: 'churn',
    name: 'Churn',
    answers: 'Which share of our customers left within a year?',
    beside: [drawn('By segment', 'Latest month', bySegment({ id: 'churn', name: 'Churn' })), ...CHURN_BESIDE],
  },
  {
    id: 'retention',
    name: 'Retention',
    answers: 'Which share of what came up for renewal did we keep? Net, and customers as heads, beside it.',
    beside: [
      drawn('Net retention', 'Growth included', byMonth({ id: 'retention-net', name: 'Net retention' })),
      drawn(
        'Customers kept',
        'Heads, not revenue',
        byMonth({ id: 'retention-logo', name: 'Customers kept' }),
      ),
    ],
  },
  {
    id: 'onboarding-completed',
    name: 'Onboarding completion',
    answers: 'Which share of new customers completes onboarding in its first 30 days?',
    beside: [],
  },
  {
    id: 'time-to-first-value',
    name: 'Time to first value',
    answers: 'After how many days does a new customer first get value?',
    beside: [],
  },
  {
    id: 'csat',
    name: 'CSAT',
    answers: 'Which share of satisfaction answers is 4 or 5 of 5?',
    beside: [],
  },
  {
    id: 'nps',
    name: 'NPS',
    answers: 'How many more promoters than detractors answer?',
    beside: [],
  },
  {
    id: 'resolution-time',
    name: 'Time to resolution',
    answers: 'After how many hours is a case closed, and does that hold while volume grows?',
    beside: [
      drawn(
        'Volume',
        'Cases opened and resolved',
        together(
          'Case volume by month',
          ['cases-opened', 'cases-resolved'],
          'Cases opened and cases closed.',
        ),
      ),
      ...CASES_BESIDE,
    ],
  },
  {
    id: 'upsell',
    name: 'Upsell and cross-sell',
    answers: 'Which share of customers grew with us within a year?',
    beside: [],
  },
  {
    id: 'health',
    name: 'Health',
    answers: 'How healthy are our customers on average, and who stands where?',
    beside: [
      drawn(
        'Accounts with a score',
        'Share of all accounts',
        byMonth({ id: 'coverage-score', name: 'Accounts with a score' }),
      ),
    ],
  },
];

/** The eleven dashboards that a CS leader opens first. `extra` is added to the one of that name. */
export function headlineDashboards(
  extra: Readonly<Record<string, readonly PartDraft[]>>,
): readonly DashboardDraft[] {
  return HEADLINES.map((headline) => ({
    title: headline.name,
    text: headline.answers,
    parts: [
      {
        header: `${headline.name} by month`,
        footer: 'Columns: value. Line: target.',
        report: byMonth(headline),
        show: 'chart',
        width: 8,
      },
      {
        header: 'Tiers side by side',
        footer: 'Latest month. Line: target.',
        report: byTier(headline),
        show: 'chart',
        width: 4,
      },
      {
        header: 'Met or not met',
        footer: 'Latest month, with n (Sample)',
        report: standing(headline),
        show: 'table',
        width: 12,
      },
      ...headline.beside,
      ...(extra[headline.name] ?? []),
    ],
  }));
}
