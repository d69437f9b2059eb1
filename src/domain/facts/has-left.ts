import type { Day } from '../day.js';
import type { Facts } from './fact.js';

/** Whether an account is no customer any more on a day: by the day on which it left, else by its flag. */
export function hasLeft(facts: Facts, day: Day): boolean {
  const leftOn = facts['account.churnedOn']?.value;
  return typeof leftOn === 'number' ? leftOn <= day : facts['account.churned']?.value === true;
}
