import type { Org } from '../../store/org.js';

/** The display name that job results carry. */
export function usernameOf(org: Org, userId: string): string {
  const row = org.table('User').get(userId);
  return [row?.FirstName, row?.LastName].filter((part) => typeof part === 'string').join(' ');
}
