import type { AlertSettings } from '../../ports/settings.js';
import type { RunRecord } from '../../ports/state-store.js';
import type { Report } from '../../sync/report.js';
import type { Finding } from './finding.js';
import type { Signs } from './signs.js';

const HOUR = 3_600_000;

/** What the latest run that ended says, and whether one is overdue. */
export function runFindings(signs: Signs, settings: AlertSettings): readonly Finding[] {
  const latest = signs.runs.find(({ finishedAt }) => finishedAt !== null);
  return [
    ...misconfigured(signs),
    ...(latest === undefined ? [] : ofRun(latest)),
    ...overdue(signs, settings),
  ];
}

/** No run begins, so that no run can say so. */
function misconfigured({ configuration }: Signs): readonly Finding[] {
  if (configuration === null) return [];
  return [
    {
      kind: 'runFailed',
      about: 'configuration',
      sentence: `No run begins before the configuration is mended. ${configuration}`,
      lines: [],
      over: 'The configuration can be read again.',
    },
  ];
}

function ofRun(run: RunRecord): readonly Finding[] {
  if (run.status === 'failed' || run.status === 'abandoned') return [failed(run)];
  const report = (run.report ?? null) as (Partial<Report> & { readonly error?: string }) | null;
  const brakes = report?.brakes ?? [];
  if (brakes.length > 0) return [braked(brakes)];
  if (run.status === 'paused') return [paused(run, report?.pausedBecause ?? report?.error ?? null)];
  return run.status === 'rejected' ? [rejected(run, report)] : [];
}

function failed({ id, report }: RunRecord): Finding {
  const { error } = (report ?? {}) as { readonly error?: unknown };
  const why = typeof error === 'string' ? error : 'Its process ended without a word.';
  return {
    kind: 'runFailed',
    about: 'latest',
    sentence: `The run ${id} failed: ${why}`,
    lines: [],
    over: 'Runs end well again.',
  };
}

function braked(brakes: readonly { readonly kind: string; readonly sentence: string }[]): Finding {
  return {
    kind: 'brake',
    about: brakes
      .map(({ kind }) => kind)
      .sort()
      .join('+'),
    sentence: 'A brake holds the plan back: look at it, and approve it or mend the cause.',
    lines: brakes.map(({ sentence }) => sentence),
    over: 'No brake holds the plan back any more.',
  };
}

function paused({ id }: RunRecord, why: string | null): Finding {
  return {
    kind: 'runPaused',
    about: 'latest',
    sentence: `The run ${id} paused${why === null ? '.' : `: ${why}`} The next one goes on.`,
    lines: [],
    over: 'Runs are carried out to their end again.',
  };
}

function rejected({ id }: RunRecord, report: Partial<Report> | null): Finding {
  const rows = report?.rejected ?? [];
  const byCode = new Map<string, { count: number; readonly advice: string }>();
  for (const { code, advice } of rows) {
    const known = byCode.get(code);
    if (known === undefined) byCode.set(code, { count: 1, advice });
    else known.count += 1;
  }
  const contested = report?.contested?.length ?? 0;
  return {
    kind: 'rowsRejected',
    about: 'latest',
    sentence: `The run ${id} ended with records that were refused, or with fields that others change again and again.`,
    lines: [
      ...[...byCode].map(([code, { count, advice }]) => `${count} × ${code}: ${advice}`),
      ...(contested === 0 ? [] : [`${contested} contested fields: "truenorth doctor" names them.`]),
    ],
    over: 'Nothing is refused any more.',
  };
}

function overdue({ runs, now, lookingSince }: Signs, { overdueHours }: AlertSettings): readonly Finding[] {
  const well = runs.find(({ status }) => status === 'done' || status === 'rejected');
  const since = Math.max(well?.finishedAt ?? 0, lookingSince);
  if (now - since < overdueHours * HOUR) return [];
  const last = well?.finishedAt ?? null;
  const when =
    last === null
      ? 'No run has ended well yet'
      : `The last run that ended well did so at ${new Date(last).toISOString()}`;
  return [
    {
      kind: 'runOverdue',
      about: 'latest',
      sentence: `${when}: look whether the service is at work, and why runs fail or pause.`,
      lines: [],
      over: 'A run ended well again.',
    },
  ];
}
