import { dayFact, numberFact } from '../define.js';
import type { FactDefinition } from '../fact.js';

/** What passed between us and the customer. */
export const ACTIVITY_FACTS = {
  'activity.lastOn': dayFact('last activity', ['activity.on'], ['account.lastActivityOn']),
  'activity.lastTouchOn': dayFact(
    'last two-way touch',
    ['activity.on', 'activity.twoWay'],
    ['account.lastActivityOn'],
  ),
  'activity.daysSinceTouch': numberFact(
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
