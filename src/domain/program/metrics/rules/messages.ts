import { type Day, within } from '../../../day.js';
import type { CrmRow } from '../../../facts/record.js';
import { numberOf, textOf } from '../../../facts/row-values.js';
import { OUTCOME_FLOOR } from '../../../insight/intervals.js';
import type { Period } from '../period.js';
import { type Count, type MetricRule, partOf, rule } from '../rule.js';
import type { MetricSubject } from '../subject.js';

const DAYS = 90;

/** Counted per account, as the reply rate is: what a person does counts wherever they are a contact. */
function didAfter({ rows }: MetricSubject, { asOf }: Period, kinds: readonly string[]): Count | null {
  const events = (rows.engagement ?? []).filter((row) => within(numberOf(row, 'on'), asOf, DAYS));
  const written = new Map<string, Day>();
  for (const row of events) noteFirst(written, row);
  const did = new Set(
    events.flatMap((row) => {
      const [person, on] = [textOf(row, 'person'), numberOf(row, 'on')];
      const since = person === null ? undefined : written.get(person);
      const counts = kinds.includes(textOf(row, 'kind') ?? '') && on !== null;
      return counts && since !== undefined && on >= since ? [person] : [];
    }),
  );
  return partOf(did.size, written.size);
}

function noteFirst(written: Map<string, Day>, row: CrmRow): void {
  const [person, on] = [textOf(row, 'person'), numberOf(row, 'on')];
  const ours = textOf(row, 'kind') === 'sent' && textOf(row, 'playbook') !== null;
  if (!ours || person === null || person === '-' || on === null) return;
  const before = written.get(person);
  if (before === undefined || on < before) written.set(person, on);
}

function messages(metric: MetricRule['metric'], kinds: readonly string[]): MetricRule {
  return rule({
    metric,
    shape: 'share',
    restsOn: 'today',
    atLeast: OUTCOME_FLOOR,
    read: (subject, period) => didAfter(subject, period, kinds),
  });
}

/** How many of those whom playbooks wrote to opened, clicked and answered. */
export const MESSAGES: readonly MetricRule[] = [
  messages('messages-opened', ['opened']),
  messages('messages-clicked', ['clicked']),
  messages('messages-answered', ['replied', 'responded', 'meeting-booked']),
];
