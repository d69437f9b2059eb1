import { ALL, type MetricId, metricOf } from '../../program/metric-ids.js';
import type { MetricRecord } from '../../program/metrics/record.js';
import { type Figure, type FigureChart, type FigureTable, figureOfRecord } from '../figure.js';

/** Records of the present, as a table of tiers. */
export interface TierTable {
  readonly id: string;
  readonly title: string;
  readonly metrics: readonly MetricId[];
  readonly period: 'month' | 'quarter';
  readonly chart: FigureChart | null;
}

/** The record of a number and a tier, over all segments and bands. */
export type FindRecord = (metric: MetricId, tier: string) => MetricRecord | undefined;

/** The records of a period that runs, over all segments and bands, by metric and tier. */
export function currentRecords(
  records: readonly MetricRecord[],
  kind: 'month' | 'quarter',
  running: string,
): FindRecord {
  const found = new Map(
    records
      .filter(
        ({ period, group }) =>
          period.kind === kind && period.name === running && group.segment === ALL && group.band === ALL,
      )
      .map((record) => [`${record.metric.id}|${record.group.tier}`, record] as const),
  );
  return (metric, tier) => found.get(`${metric}|${tier}`);
}

/** Tiers in their own order, whatever other tiers are found after them, all of them together first. */
export function tierOrder(
  configured: readonly string[],
  records: readonly MetricRecord[],
): readonly string[] {
  const found = new Set(records.map(({ group }) => group.tier));
  const others = [...found].filter((tier) => tier !== ALL && !configured.includes(tier)).sort();
  return [ALL, ...configured.filter((tier) => found.has(tier)), ...others];
}

/** One row for each tier that has any of these numbers; null where nothing is told. */
export function tierTable(
  { id, title, metrics, period, chart }: TierTable,
  tiers: readonly string[],
  at: { readonly records: readonly MetricRecord[]; readonly running: string },
): FigureTable | null {
  const find = currentRecords(at.records, period, at.running);
  const told = metrics.filter((metric) => tiers.some((tier) => find(metric, tier) !== undefined));
  const rows = tiers.flatMap((tier) => {
    const cells = told.map((metric): Figure | null => {
      const record = find(metric, tier);
      return record === undefined ? null : figureOfRecord(record);
    });
    return cells.every((cell) => cell === null) ? [] : [{ id: tier, label: tierLabel(tier), cells }];
  });
  if (rows.length === 0) return null;
  // What it looks back over stands at the head of the table.
  const columns = told.map((metric) => ({
    id: metric,
    label: metricOf(metric).label.replace(/ in 90 days$/, ''),
  }));
  return { id, title, rowHead: 'Tier', columns, rows, chart, remarks: [] };
}

/** `All` as people read it in a table of tiers. */
export function tierLabel(tier: string): string {
  return tier === ALL ? 'All tiers' : tier;
}
