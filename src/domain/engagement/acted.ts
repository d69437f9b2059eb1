import type { Day } from '../day.js';
import type { CrmRow } from '../facts/record.js';
import { numberOf, textOf } from '../facts/row-values.js';
import type { PlaybookMemory, SubjectMemory } from './question.js';

interface Today {
  readonly rows: Readonly<Partial<Record<string, readonly CrmRow[]>>>;
  readonly earlierToday: Readonly<Record<string, PlaybookMemory>> | null;
}

/**
 * What a playbook starts the day from. A day is always assessed anew from the state before it; but an episode
 * that began today and in which something was done already has begun, whatever the facts say an hour later.
 */
export function startOf(
  base: PlaybookMemory,
  { rows, earlierToday }: Today,
  { id, today }: { readonly id: string; readonly today: Day },
): PlaybookMemory {
  const begun = Object.entries(earlierToday?.[id] ?? {}).filter(
    ([, { episode }]) => episode !== null && episode.seenOn === today && episode.refused === null,
  );
  if (begun.length === 0) return base;
  const acted = actedOn(rows, today);
  const standing = begun.filter(([, { episode }]) => acted.has(episode?.id ?? ''));
  return { ...base, ...(Object.fromEntries(standing) as Record<string, SubjectMemory>) };
}

/** Episodes that wrote to somebody today, or opened a task. */
function actedOn(rows: Today['rows'], today: Day): ReadonlySet<string> {
  const sent = (rows.engagement ?? []).filter(
    (row) => textOf(row, 'kind') === 'sent' && numberOf(row, 'on') === today,
  );
  const opened = (rows.task ?? []).filter((row) => numberOf(row, 'openedOn') === today);
  return new Set([...sent, ...opened].map((row) => textOf(row, 'episode') ?? ''));
}
