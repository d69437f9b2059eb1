import type { MetricId } from '../../domain/program/metric-ids.js';
import { byGroup, listed, type Named, togetherByGroup } from './metric-reports.js';
import { drawn, type PartDraft, type ReportDraft } from './report-draft.js';

const table = (header: string, report: ReportDraft): PartDraft => ({
  header,
  footer: 'Latest month, with n (Sample)',
  report,
  show: 'table',
  width: 12,
});

const PERSONAS: readonly (Named & { readonly header: string })[] = [
  { id: 'churn-by-industry', name: 'Churn by industry', header: 'By industry' },
  { id: 'churn-by-size', name: 'Churn by size in seats', header: 'By size in seats' },
  { id: 'churn-by-source', name: 'Churn by source', header: 'By source' },
  { id: 'churn-by-tenure', name: 'Churn by years as a customer', header: 'By years as a customer' },
];
const WHO: readonly MetricId[] = [
  ...(['customers-by-industry', 'churn-by-industry', 'customers-by-size', 'churn-by-size'] as const),
  ...(['customers-by-source', 'churn-by-source', 'customers-by-tenure', 'churn-by-tenure'] as const),
];

/** Why customers left, and who they were. */
export const CHURN_BESIDE: readonly PartDraft[] = [
  drawn('By reason', 'Accounts, 12 months', byGroup({ id: 'churn-by-reason', name: 'Churn by reason' })),
  ...PERSONAS.map((one) => drawn(one.header, 'Percent, 12 months; empty: too little data', byGroup(one))),
  table(
    'Who left, with n',
    listed('Customers and churn by who they are', WHO, {
      by: 'group',
      what: 'Customers of a year ago and how many percent of them have left since.',
    }),
  ),
];

const VOLUME = 'Cases opened and cases closed in 90 days.';
const CUT: readonly MetricId[] = [
  ...(['resolution-time-by-priority', 'cases-satisfied-by-priority'] as const),
  ...(['resolution-time-by-product', 'cases-satisfied-by-product'] as const),
];
const BY_TIER: readonly MetricId[] = [
  ...(['cases-opened-90', 'cases-resolved-90', 'resolution-time-90', 'cases-satisfied-90'] as const),
];

/** What support was asked, by priority, product and tier. */
export const CASES_BESIDE: readonly PartDraft[] = [
  drawn(
    'By priority',
    'Cases, 90 days',
    togetherByGroup('Cases by priority', ['cases-opened-by-priority', 'cases-resolved-by-priority'], VOLUME),
  ),
  drawn(
    'By product',
    'Cases, 90 days',
    togetherByGroup('Cases by product', ['cases-opened-by-product', 'cases-resolved-by-product'], VOLUME),
  ),
  table(
    'Time and satisfaction, with n',
    listed('Support by priority and product', CUT, {
      by: 'group',
      what: 'Median hours to resolution and satisfied ratings of cases that were closed in 90 days.',
    }),
  ),
  table(
    'By tier',
    listed('Support by tier', BY_TIER, {
      by: 'tier',
      what: 'Cases opened and closed, median hours to resolution and satisfied ratings, in 90 days.',
    }),
  ),
];
