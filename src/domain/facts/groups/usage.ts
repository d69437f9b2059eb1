import { dayFact, numberFact } from '../define.js';
import type { FactDefinition } from '../fact.js';

/** What is used, and whether it grows. */
export const USAGE_FACTS = {
  'usage.activeUsers7': numberFact(
    ['most active users on a day of the last 7', 'users'],
    ['usage.activeUsers', 'usage.on'],
    ['account.activeUsers'],
  ),
  'usage.activeUsers28': numberFact(
    ['most active users on a day of the last 28', 'users'],
    ['usage.activeUsers', 'usage.on'],
    ['account.activeUsers'],
  ),
  'usage.trend': numberFact(
    ['use a day in 28 days against the 12 weeks before', '%'],
    ['usage.count', 'usage.on'],
  ),
  'usage.keyActionTrend': numberFact(
    ['key actions a day in 28 days against the 12 weeks before', '%'],
    ['usage.keyActions', 'usage.on'],
  ),
  'usage.count28': numberFact(['times used in 28 days', 'times'], ['usage.count', 'usage.on']),
  'usage.keyActions28': numberFact(['key actions in 28 days', 'actions'], ['usage.keyActions', 'usage.on']),
  'usage.firstKeyActionOn': dayFact('first key action', ['usage.keyActions', 'usage.on']),
  'usage.featuresUsed90': numberFact(
    ['features used in 90 days', 'features'],
    ['usage.feature', 'usage.on'],
    ['account.featuresUsed'],
  ),
  'usage.featureShare': numberFact(
    ['share of entitled features used', '%'],
    ['usage.feature', 'usage.on', 'account.featuresEntitled'],
    ['account.featuresUsed', 'account.featuresEntitled'],
  ),
  'usage.licenceUse': numberFact(
    ['share of licensed seats active in 28 days', '%'],
    ['usage.activeUsers', 'usage.on', 'account.seats'],
    ['account.activeUsers', 'account.seats'],
  ),
  'usage.errors28': numberFact(['errors met in 28 days', 'errors'], ['usage.errors', 'usage.on']),
  'usage.errorRate28': numberFact(
    ['errors in a hundred uses in 28 days', '%'],
    ['usage.errors', 'usage.count', 'usage.on'],
  ),
  'usage.activeDays28': numberFact(['days with use in 28 days', 'days'], ['usage.on']),
  'usage.firstUsedOn': dayFact('first used', ['usage.on']),
  'usage.lastUsedOn': dayFact('last used', ['usage.on']),
} as const satisfies Record<string, FactDefinition>;
