import type { Crm, WriteOutcome } from '../../../ports/crm.js';
import { IntegrationError } from '../../../ports/errors.js';
import type { EnrolmentRequest, LeaveOutcome } from '../../../ports/marketing.js';
import { keysOf, membersAmong } from './members.js';

/** Deletes the memberships of those who are members. */
export async function leaveCampaign(
  crm: Crm,
  campaign: string,
  requests: readonly EnrolmentRequest[],
): Promise<readonly LeaveOutcome[]> {
  const memberships = keysOf(requests, await membersAmong(crm, campaign, requests));
  const removed = await remove(crm, [...new Set(memberships.values())]);
  return requests.map(({ key }) => {
    const membership = memberships.get(key);
    if (membership === undefined) return { key, outcome: 'absent' };
    const outcome = removed?.get(membership);
    if (outcome === undefined) return { key, outcome: 'unclear' };
    return outcome.ok ? { key, outcome: 'left' } : { key, outcome: 'refused', refusal: outcome.refusal };
  });
}

/** Null when no answer came: they may be gone, and asking again does no harm. */
async function remove(
  crm: Crm,
  memberships: readonly string[],
): Promise<ReadonlyMap<string, WriteOutcome> | null> {
  try {
    const outcomes = await crm.remove('CampaignMember', memberships);
    return new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  } catch (error) {
    if (error instanceof IntegrationError && error.kind === 'Transient') return null;
    throw error;
  }
}
