import { type Day, spokenDay, within } from '../../day.js';
import type { CrmRow } from '../../facts/record.js';
import { numberOf, textOf } from '../../facts/row-values.js';
import type { MetricBasis, MetricSubject } from '../../program/metrics/subject.js';
import type { Breakdown, BreakdownColumn, GroupCounts } from './breakdown.js';

const DAYS = 90;
const PLAYBOOKS = 'Playbooks';

/** What people did, as rows of engagement name it. */
const DEEDS = [
  { id: 'opened', label: 'Opened', kinds: ['opened'], did: 'opened a message' },
  { id: 'clicked', label: 'Clicked', kinds: ['clicked'], did: 'clicked in a message' },
  {
    id: 'replied',
    label: 'Answered',
    kinds: ['replied', 'responded', 'meeting-booked'],
    did: 'replied, responded or booked a meeting',
  },
] as const;

/** How many of those whom playbooks wrote to opened, clicked and answered. */
export function answerBreakdown(today: Day): Breakdown {
  return {
    id: 'answers',
    title: 'What people do with messages of playbooks',
    rowHead: 'Sent by',
    period: `${DAYS} days to ${spokenDay(today)}`,
    columns: DEEDS.map(columnOf),
    order: [PLAYBOOKS],
    rows: 1,
    chart: null,
  };
}

/** The columns of the table, which what general marketing gets stands beneath. */
export const ANSWER_COLUMNS = DEEDS.map(({ id }) => id);

function columnOf({ id, label, kinds, did }: (typeof DEEDS)[number]): BreakdownColumn {
  return {
    id,
    label,
    unit: 'percent',
    definition: `People who ${did} in the period after a playbook had written to them in it, of all whom a playbook wrote to in the period.`,
    shape: 'share',
    scale: 1,
    read: (subject, basis) => didAfter(subject, basis, kinds),
  };
}

/** Counted per account, as the reply rate is: what a person does counts wherever they are a contact. */
function didAfter(
  { rows }: MetricSubject,
  { facts: { today } }: MetricBasis,
  kinds: readonly string[],
): GroupCounts {
  const events = (rows.engagement ?? []).filter((row) => within(numberOf(row, 'on'), today, DAYS));
  const written = new Map<string, Day>();
  for (const row of events) noteFirst(written, row);
  if (written.size === 0) return [];
  const did = new Set(
    events.flatMap((row) => {
      const [person, on] = [textOf(row, 'person'), numberOf(row, 'on')];
      const since = person === null ? undefined : written.get(person);
      const counts = kinds.includes(textOf(row, 'kind') ?? '') && on !== null;
      return counts && since !== undefined && on >= since ? [person] : [];
    }),
  );
  return [[PLAYBOOKS, { part: did.size, whole: written.size, n: written.size }]];
}

function noteFirst(written: Map<string, Day>, row: CrmRow): void {
  const [person, on] = [textOf(row, 'person'), numberOf(row, 'on')];
  const ours = textOf(row, 'kind') === 'sent' && textOf(row, 'playbook') !== null;
  if (!ours || person === null || person === '-' || on === null) return;
  const before = written.get(person);
  if (before === undefined || on < before) written.set(person, on);
}
