import type { Scope } from './scope.js';

/** The caller's own time zone: date literals mean that person's days. */
export function timeZoneOf(scope: Scope): string {
  const user = scope.org.table('User').get(scope.caller.session.userId);
  return typeof user?.TimeZoneSidKey === 'string' ? user.TimeZoneSidKey : scope.org.book.timeZone;
}
