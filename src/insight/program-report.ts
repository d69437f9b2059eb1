import { formatDay } from '../domain/day.js';
import type { ChannelId } from '../domain/engagement/channel.js';
import { type Figure, type FigureSection, figureOfRecord } from '../domain/insight/figure.js';
import { QUARTERS } from '../domain/insight/program/head-to-head.js';
import { headlines, type OpenReport, openReport } from '../domain/insight/program/report.js';
import { periodAt } from '../domain/program/metrics/period.js';
import type { MetricRecord } from '../domain/program/metrics/record.js';
import { type Looking, lookAtState } from '../sync/account-today.js';
import { countProgram } from '../sync/count-program.js';
import { metricWish } from '../sync/metric-wish.js';

/** What `program` tells: the numbers of the CRM, and tables that are counted in the same pass over the book. */
export interface ProgramReport {
  readonly basedOn: { readonly run: string; readonly day: string };
  readonly org: { readonly name: string; readonly currency: string };
  /** `YYYY-MM-DD`, the day as of which everything is told. */
  readonly asOf: string;
  readonly headlines: readonly Headline[];
  readonly sections: readonly FigureSection[];
  /** What is kept as Program Metric in the CRM, by the names of its fields. */
  readonly metrics: readonly Readonly<Record<string, unknown>>[];
}

export interface Headline {
  readonly id: string;
  readonly label: string;
  readonly figure: Figure;
}

/** Works the report out from the stored book alone: nothing is written, and nobody is asked. Throws before the first run. */
export async function programReport(
  tools: Looking,
  connected: ReadonlySet<ChannelId>,
): Promise<ProgramReport> {
  const { run, lastRun } = await lookAtState(tools, connected);
  const opened: OpenReport[] = [];
  const { records, lifts } = await countProgram(run, {
    toldFrom: periodAt('quarter', run.today, 1 - QUARTERS).asOf,
    open: (basis) => {
      const report = openReport(basis);
      opened.push(report);
      return report;
    },
  });
  const { program, tiers } = run.settings;
  const basis = { records, lifts, policy: program, tiers: tiers.tiers.map(({ id }) => id) };
  return {
    basedOn: { run: lastRun.id, day: formatDay(lastRun.day) },
    org: { name: run.org.name, currency: run.org.currency },
    asOf: formatDay(run.today),
    headlines: headlines(records, run.today).map(headlineOf),
    sections: opened.flatMap((report) => report.sections(basis)),
    metrics: records.map((record) => metricWish(record, run.digest).values),
  };
}

function headlineOf(record: MetricRecord): Headline {
  const { id, label } = record.metric;
  return { id, label, figure: figureOfRecord(record) };
}
