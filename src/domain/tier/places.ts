import { hoursPerAccount, hoursThere, type TierStaffing } from '../program/program-policy.js';
import type { TierPlaces } from './tier.js';

/**
 * How many accounts the people of a tier can look after: as many as each does well, or as their hours allow,
 * whichever is fewer. Null where neither is said.
 */
export function placesOf(staffing: TierStaffing): TierPlaces | null {
  const { people, accountsPerPerson } = staffing;
  if (people === null) return null;
  const byAccounts = accountsPerPerson === null ? null : Math.floor(people * accountsPerPerson.to);
  const [there, each] = [hoursThere(staffing), hoursPerAccount(staffing)];
  const byHours = there === null || each === null || each === 0 ? null : Math.floor(there / each);
  if (byHours !== null && (byAccounts === null || byHours < byAccounts))
    return { count: byHours, people, by: 'hours' };
  return byAccounts === null ? null : { count: byAccounts, people, by: 'accounts' };
}
