import { spokenDay } from '../../domain/day.js';
import type { Sandbox } from '../../sandbox/start.js';
import { count } from './numbers.js';
import type { OutcomeFlags } from './outcome-question.js';

/** What an export was like that was looked back on: part of the contract of `backtest --load --json`. */
export interface LoadedExport {
  /** Rows that could not be taken in. */
  readonly refused: number;
  /** Rows that do not say when they were last written, by file. */
  readonly undated: Readonly<Record<string, number>>;
  /** `YYYY-MM-DD`, the day on which a row was last made or written; null = no row says. */
  readonly newest: string | null;
  /** False = the days after the cut-off reach beyond the newest row; null = some rows do not say when they were written. */
  readonly windowOver: boolean | null;
}

const DAY_MS = 86_400_000;

/** Looks at what was loaded, beside what is asked of it. */
export function loadedExport(
  { refused, undated, newest }: Pick<Sandbox, 'refused' | 'undated' | 'newest'>,
  { asOf, days }: Pick<OutcomeFlags, 'asOf' | 'days'>,
): LoadedExport {
  const newestDay = newest === null ? null : Math.floor(newest / DAY_MS);
  return {
    refused: refused.length,
    undated: Object.fromEntries(undated.map(({ file, rows }) => [file, rows])),
    newest: newest === null ? null : new Date(newest).toISOString().slice(0, 10),
    windowOver: newestDay === null || asOf === null || undated.length > 0 ? null : asOf + days <= newestDay,
  };
}

/** What somebody must know of the export to believe the answer, one sentence each; none where nothing is odd. */
export function remarksOn(loaded: LoadedExport, { days }: Pick<OutcomeFlags, 'days'>): readonly string[] {
  const { undated, newest, windowOver } = loaded;
  return [
    ...Object.entries(undated).map(
      ([file, rows]) =>
        `${file}: ${count(rows)} ${rows === 1 ? 'row does' : 'rows do'} not say when they were last written, so that what may have been overwritten since counts as unknown. Export SystemModstamp with them to have it known.`,
    ),
    ...(windowOver !== false || newest === null
      ? []
      : [
          `The newest row is of ${spokenDay(Date.parse(newest) / DAY_MS)}, less than ${days} days after the cut-off: who left later than that is not among the lost, and who had no time yet to do something has not done it. Fewer \`--days\` or an earlier \`--as-of\` tell more.`,
        ]),
  ];
}
