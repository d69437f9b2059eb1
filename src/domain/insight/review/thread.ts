import { type Day, formatDay, spokenDay, within } from '../../day.js';
import { latestOf } from '../../facts/aggregate.js';
import type { AccountSubject } from '../../facts/book.js';
import type { CrmRow } from '../../facts/record.js';
import { categoryOf, flagOf, numberOf, textOf } from '../../facts/row-values.js';

/** An account that hangs on one person. Told by role: the list is for planning, not for looking people up. */
export interface SingleThread {
  /** `economic buyer`; null = the role is not known. */
  readonly role: string | null;
  /** `YYYY-MM-DD`. */
  readonly lastOn: string;
  /** Contacts who have not left. */
  readonly contacts: number;
  readonly evidence: string;
}

const DAYS = 90;
const ANSWERS = ['clicked', 'replied', 'responded', 'meeting-booked'];

/** Null unless exactly one contact did anything in 90 days: engaged, logged in, answered us or opened a case. */
export function singleThread({ rows }: AccountSubject, today: Day): SingleThread | null {
  const here = (rows.contact ?? []).filter((row) => flagOf(row, 'left') !== true);
  const seen = here.flatMap((row) => {
    const lastOn = latestOf(daysOf(row, rows).map((day) => (within(day, today, DAYS) ? day : null)));
    return lastOn === null ? [] : [{ row, lastOn }];
  });
  const [only, another] = seen;
  if (only === undefined || another !== undefined) return null;
  const role = categoryOf(only.row, 'role')?.replaceAll('-', ' ') ?? null;
  const evidence = inWords({ role, contacts: here.length, lastOn: only.lastOn });
  return { role, lastOn: formatDay(only.lastOn), contacts: here.length, evidence };
}

interface Heard extends Omit<SingleThread, 'evidence' | 'lastOn'> {
  readonly lastOn: Day;
}

function inWords({ role, contacts, lastOn }: Heard): string {
  const who = role === null ? 'whose role is not known' : `the ${role}`;
  const heard = `was heard of in ${DAYS} days, last on ${spokenDay(lastOn)}`;
  if (contacts === 1) return `The only contact, ${who}, ${heard}`;
  return `Of ${contacts} contacts only one, ${who}, ${heard}`;
}

function daysOf(contact: CrmRow, rows: AccountSubject['rows']): readonly (Day | null)[] {
  const answered = (rows.engagement ?? []).filter(
    (row) => textOf(row, 'contactId') === contact.id && ANSWERS.includes(textOf(row, 'kind') ?? ''),
  );
  return [
    numberOf(contact, 'lastEngagedOn'),
    numberOf(contact, 'lastLoginOn'),
    ...answered.map((row) => numberOf(row, 'on')),
  ];
}
