import type { Facts } from '../facts/fact.js';

/** From 9 of 10 on somebody would recommend us. Source: the definition of the Net Promoter Score. */
export const PROMOTER = 9;

/** Whether somebody there may speak for us: healthy, a promoter, and essential by their own word or by NPS. */
export function isAdvocate(facts: Facts, band: string): boolean {
  const nps = facts['surveys.npsLatest']?.value;
  const promoter = typeof nps === 'number' && nps >= PROMOTER;
  return band === 'healthy' && promoter && facts['account.valuePerception']?.value === 'essential';
}
