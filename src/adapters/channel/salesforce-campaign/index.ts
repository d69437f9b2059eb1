import type { Crm } from '../../../ports/crm.js';
import type { Channel } from '../../../ports/marketing.js';
import { campaigns } from './campaigns.js';
import { enrolMembers } from './enrol.js';
import { leaveCampaign } from './leave.js';
import { keysOf, membersAmong } from './members.js';

export { campaignEngagement } from './engagement.js';

/** People that one look-up, and one insert, of the CRM can carry. */
const PER_LOOK = 2000;
const PER_INSERT = 200;

/** Membership of a Salesforce campaign. What follows from it (letters, mails, an event) is the campaign's affair. */
export function salesforceCampaignChannel(crm: Crm): Channel {
  const shelf = campaigns(crm);
  return {
    id: 'salesforce-campaign',
    exists: async (target) => (await shelf.find(target)) !== null,
    prepare: async (target) => {
      await shelf.idOf(target);
    },
    enrol: async (target, requests) => {
      if (requests.length === 0) return [];
      return enrolMembers(crm, await shelf.idOf(target), requests);
    },
    enrolled: async (target, requests) => {
      const id = requests.length === 0 ? null : await shelf.find(target);
      return id === null ? new Map() : keysOf(requests, await membersAmong(crm, id, requests));
    },
    leave: async (target, requests) => {
      if (requests.length === 0) return [];
      // Nobody is a member of a campaign that is not there any more.
      const id = await shelf.find(target);
      if (id === null) return requests.map(({ key }) => ({ key, outcome: 'absent' }) as const);
      return leaveCampaign(crm, id, requests);
    },
    touches: async () => null,
    room: async () => null,
    forecastCalls: (persons) => Math.ceil(persons / PER_LOOK) + Math.ceil(persons / PER_INSERT),
  };
}
