import { type Day, within } from '../../day.js';
import { countOf, latestOf } from '../aggregate.js';
import type { AccountSubject, Derived, FactBasis } from '../book.js';
import { dayFact, numberFact, timedFact } from '../define.js';
import type { FactDefinition } from '../fact.js';
import type { CrmRow } from '../record.js';
import { categoryOf, flagOf, numberOf } from '../row-values.js';

/** What passed between us and the customer. */
export const ACTIVITY_FACTS = {
  'activity.lastOn': dayFact('last activity', ['activity.on'], ['account.lastActivityOn']),
  'activity.lastTouchOn': dayFact(
    'last two-way touch',
    ['activity.on', 'activity.twoWay'],
    ['account.lastActivityOn'],
  ),
  'activity.daysSinceTouch': timedFact(
    ['days since the last two-way touch', 'days'],
    ['activity.on', 'activity.twoWay'],
    ['account.lastActivityOn'],
  ),
  'activity.touches90': numberFact(
    ['two-way touches in 90 days', 'touches'],
    ['activity.on', 'activity.twoWay'],
  ),
  'activity.meetingsHeld90': numberFact(
    ['meetings held in 90 days', 'meetings'],
    ['activity.on', 'activity.kind', 'activity.outcome'],
  ),
  'activity.meetingsDeclined90': numberFact(
    ['meetings declined in 90 days', 'meetings'],
    ['activity.on', 'activity.kind', 'activity.outcome'],
  ),
  'activity.meetingsMissed90': numberFact(
    ['meetings missed in 90 days', 'meetings'],
    ['activity.on', 'activity.kind', 'activity.outcome'],
  ),
} as const satisfies Record<string, FactDefinition>;

/**
 * Touches and meetings up to today. Where nothing tells who took part, the last activity stands in for
 * the last touch; where no activities are mapped, the account's own last activity does. One that lies
 * ahead is a plan and tells nothing of the past.
 */
export function deriveActivity(
  { account, rows }: AccountSubject,
  { today, mapped }: FactBasis,
): Derived<keyof typeof ACTIVITY_FACTS> {
  const past = rows.activity?.filter((row) => flagOf(row, 'done') !== false && isPast(row, today));
  const kept = numberOf(account, 'lastActivityOn');
  const standIn = kept === null || kept > today ? null : kept;
  const told = mapped.has('activity.twoWay') || mapped.has('activity.outcome');
  const touches = told ? past?.filter(isTouch) : undefined;
  const lastOn = past ? latestOf(past.map((row) => numberOf(row, 'on'))) : standIn;
  const lastTouchOn = touches ? latestOf(touches.map((row) => numberOf(row, 'on'))) : (lastOn ?? standIn);
  const met = past?.filter((row) => categoryOf(row, 'kind') === 'meeting' && isRecent(row, today));
  const meetings = (outcome: string) =>
    met ? countOf(met, (row) => categoryOf(row, 'outcome') === outcome) : null;
  return {
    values: {
      'activity.lastOn': lastOn,
      'activity.lastTouchOn': lastTouchOn,
      'activity.daysSinceTouch': lastTouchOn === null ? null : today - lastTouchOn,
      'activity.touches90': touches ? countOf(touches, (row) => isRecent(row, today)) : null,
      'activity.meetingsHeld90': meetings('held'),
      'activity.meetingsDeclined90': meetings('declined'),
      'activity.meetingsMissed90': meetings('missed'),
    },
  };
}

function isPast(row: CrmRow, today: Day): boolean {
  return (numberOf(row, 'on') ?? Infinity) <= today;
}

function isRecent(row: CrmRow, today: Day): boolean {
  return within(numberOf(row, 'on'), today, 90);
}

function isTouch(row: CrmRow): boolean {
  if (flagOf(row, 'twoWay') === true) return true;
  return categoryOf(row, 'kind') === 'meeting' && categoryOf(row, 'outcome') === 'held';
}
