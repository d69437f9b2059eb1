import type { Filter, Report, ReportGrouping, ReportType } from '../../../src/ports/org-model.js';
import { sourceOf } from './report-soql.js';

/** A record with the fields of its account under `Account__r.`; dates as texts. */
export type Held = Readonly<Record<string, string | number | boolean | null>>;

export interface Group {
  readonly groups: readonly (string | number | boolean | null)[];
  readonly rows: number;
  readonly sums: readonly (number | null)[];
}

/** What a report should show of these records on a day (UTC), worked out by hand. */
export function reportRows(
  report: Report,
  types: readonly ReportType[],
  held: { readonly records: readonly Held[]; readonly today: string },
): readonly Group[] {
  const { path } = sourceOf(report, types);
  const kept = held.records.filter((record) =>
    report.filters.every((filter) => holds(filter, record[path(filter.field)] ?? null, held.today)),
  );
  const byKey = new Map<string, Held[]>();
  const groupsOf = (record: Held) =>
    [...report.down, ...report.across].flatMap((grouping) =>
      groupOf(grouping, record[path(grouping.field)] ?? null),
    );
  for (const record of kept) {
    const key = JSON.stringify(groupsOf(record));
    byKey.set(key, [...(byKey.get(key) ?? []), record]);
  }
  return [...byKey].map(([key, records]) => ({
    groups: JSON.parse(key) as Group['groups'],
    rows: records.length,
    sums: report.columns.flatMap(({ field, summary }) =>
      summary === null
        ? []
        : [
            summed(
              summary,
              records.flatMap((record) => numberIn(record[path(field)])),
            ),
          ],
    ),
  }));
}

function numberIn(value: Held[string] | undefined): readonly number[] {
  return typeof value === 'number' ? [value] : [];
}

function summed(summary: string, values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const total = values.reduce((sum, value) => sum + value, 0);
  if (summary === 'sum') return total;
  if (summary === 'average') return total / values.length;
  return summary === 'maximum' ? Math.max(...values) : Math.min(...values);
}

function groupOf({ by }: ReportGrouping, value: Held[string]): Group['groups'] {
  if (by === 'value' || value === null) return [value];
  const day = String(value).slice(0, 10);
  if (by === 'day') return [day];
  if (by !== 'month') throw new Error(`no report of ours groups by ${by}`);
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
}

function holds({ operation, value }: Filter, held: Held[string], today: string): boolean {
  const wanted = value.split(',');
  const text = held === null ? '' : held === true ? '1' : held === false ? '0' : String(held);
  if (operation === 'lessOrEqual' && /^NEXT_N_DAYS/.test(value))
    return text !== '' && text <= after(today, Number(value.split(':')[1]));
  if (operation === 'equals') return wanted.includes(text);
  if (operation === 'notEqual') return !wanted.includes(text);
  if (operation !== 'greaterOrEqual') throw new Error(`no report of ours asks for ${operation}`);
  return text !== '' && text.slice(0, 10) >= startOf(value, today);
}

/** First day of a span that reaches up to today or begins with it. */
function startOf(span: string, today: string): string {
  const [name = '', count = '0'] = span.split(':');
  const [year = 0, month = 0] = today.split('-').map(Number);
  const monthsBack = { THIS_QUARTER: (month - 1) % 3, LAST_N_MONTHS: Number(count) }[name];
  if (monthsBack !== undefined)
    return new Date(Date.UTC(year, month - 1 - monthsBack, 1)).toISOString().slice(0, 10);
  if (name === 'LAST_N_DAYS') return after(today, -Number(count));
  if (name !== 'TODAY') throw new Error(`no report of ours asks for ${span}`);
  return today;
}

function after(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
