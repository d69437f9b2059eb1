import type { MetricId } from '../../domain/program/metric-ids.js';
import { grouped } from './columns.js';
import { filtersOf, METRIC_COLUMNS, scope } from './metric-scope.js';
import { chartOf, type ReportDraft } from './report-draft.js';
import { REPORT_TYPES } from './report-types.js';

const { period, tier, band, value, sample, unit, met, metric } = METRIC_COLUMNS;

/** Quarters to come, stacked by one side of the records that are counted by tier and band; money adds up over the other. */
function coming(
  label: string,
  id: MetricId,
  cut: { readonly by: 'tier' | 'band'; readonly text: string },
): ReportDraft {
  const side = cut.by === 'tier' ? tier : band;
  const columns: ReportDraft['columns'] = [
    { field: value, summary: 'sum' },
    { field: sample, summary: 'sum' },
  ];
  return {
    label,
    text: cut.text,
    type: REPORT_TYPES.metrics,
    columns,
    down: [grouped(period), grouped(side)],
    filters: filtersOf(scope([id], { period: 'quarter', when: 'coming', tier: 'each', band: 'each' })),
    chart: chartOf({ columns }, 'stacked', { title: label, groupBy: period, thenBy: side }),
  };
}

export const RENEWAL_REPORTS = {
  dueByBand: coming('Renewals due by band', 'renewals-due', {
    by: 'band',
    text: 'Revenue whose renewal falls into this quarter and those to come, by the health band of today. n: accounts.',
  }),
  dueByTier: coming('Renewals due by tier', 'renewals-due', {
    by: 'tier',
    text: 'Revenue whose renewal falls into this quarter and those to come, by the tier of today. n: accounts.',
  }),
  lossByBand: coming('Expected loss by band', 'renewals-expected-loss', {
    by: 'band',
    text: 'Revenue due times the share of past renewals that were lost in the same band. Empty below 30 outcomes in a band.',
  }),
  list: renewalList(),
} as const;

function renewalList(): ReportDraft {
  return {
    label: 'Renewals by quarter, tier and band',
    text: 'Each quarter, tier and band: revenue due, expected loss, n, and where too little is known. Adds nothing up.',
    type: REPORT_TYPES.metrics,
    columns: [metric, tier, band, value, unit, sample, met].map((field) => ({ field, summary: null })),
    down: [grouped(period)],
    filters: filtersOf(
      scope(['renewals-due', 'renewals-expected-loss'], {
        period: 'quarter',
        when: 'coming',
        tier: 'each',
        band: 'each',
      }),
    ),
  };
}
