import { ALL } from '../../program/metric-ids.js';
import type { MetricRecord } from '../../program/metrics/record.js';
import { SPLITS } from '../../program/metrics/splits/index.js';
import type { Split } from '../../program/metrics/splits/split.js';
import { type Figure, type FigureChart, type FigureTable, figureOfRecord } from '../figure.js';

/** The tables of the splits whose ids begin so: what the records say of the quarter that runs, as of today. */
export function splitTables(
  of: 'churn-by-' | 'support-by-',
  chart: FigureChart | null,
  at: { readonly records: readonly MetricRecord[]; readonly running: string },
): readonly FigureTable[] {
  const records = at.records.filter(({ period }) => period.name === at.running);
  return SPLITS.filter(({ id }) => id.startsWith(of)).flatMap((split) => tableOf(split, chart, records));
}

function tableOf(
  { id, title, by, numbers }: Split,
  chart: FigureChart | null,
  all: readonly MetricRecord[],
): readonly FigureTable[] {
  const records = all.filter(({ metric }) => numbers.some((one) => one.metric === metric.id));
  const told = numbers.filter(({ metric }) => records.some((record) => record.metric.id === metric));
  const groups = Map.groupBy(records, ({ group }) => group.segment);
  const rows = [...groups].map(([group, own]) => ({
    id: group,
    label: group,
    cells: told.map(({ metric }): Figure | null => {
      const record = own.find((one) => one.metric.id === metric && one.group.tier === ALL);
      return record === undefined ? null : figureOfRecord(record);
    }),
  }));
  if (rows.length === 0) return [];
  const columns = told.map(({ metric, label }) => ({ id: metric, label }));
  return [{ id, title, rowHead: by, columns, rows, chart, remarks: [] }];
}
