import type { Day, DayOf } from '../day.js';
import type { CrmRow } from '../facts/record.js';
import type { Pulse } from './assessment.js';

const BANDS = ['healthy', 'watch', 'risk'] as const satisfies readonly Pulse['band'][];

/**
 * The judgement of an account that counts on a day: the one that was made last, whether or not it still holds.
 * Rows without one of the three bands, or without a moment, count for nothing.
 */
export function latestPulse(
  rows: readonly CrmRow[] | undefined,
  { today, dayOf }: { readonly today: Day; readonly dayOf: DayOf },
): Pulse | null {
  const made = (rows ?? []).flatMap((row) => {
    const { setAt } = row.values;
    const band = bandOf(row);
    return typeof setAt === 'number' && band !== null ? [{ row, band, setAt, setOn: dayOf(setAt) }] : [];
  });
  const [last] = made
    .filter(({ setOn }) => setOn <= today)
    .sort((a, b) => b.setAt - a.setAt || (a.row.id < b.row.id ? 1 : -1));
  if (last === undefined) return null;
  const { expiresOn, reason, by } = last.row.values;
  return {
    band: last.band,
    setOn: last.setOn,
    expiresOn: typeof expiresOn === 'number' ? expiresOn : null,
    reason: textOf(reason),
    by: textOf(by),
  };
}

function bandOf({ values: { value } }: CrmRow): Pulse['band'] | null {
  const word = String(value ?? '')
    .trim()
    .toLowerCase();
  return BANDS.find((band) => band === word) ?? null;
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') : '';
  return text === '' ? null : text;
}
