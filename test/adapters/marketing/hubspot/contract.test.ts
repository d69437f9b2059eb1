import {
  type MarketingBench,
  marketingToolContract,
  type StartingContact,
} from '../../../contracts/marketing-tool.js';
import { aPortal, endEnrolment, engage } from '../../../support/hubspot-portal.js';
import { aTool, baseContacts } from '../../../support/hubspot-tool.js';

async function open(
  contacts: readonly StartingContact[],
  apiVersion: '2026-03' | 'legacy',
): Promise<MarketingBench> {
  const portal = await aPortal({ contacts: baseContacts(contacts) });
  return {
    tool: aTool(portal, { apiVersion }),
    close: portal.close,
    leaveSequence: (contactId) => endEnrolment(portal, { contactId }),
    engage: (contactId, kind) => engage(portal, { contactId, kind }),
    now: portal.clock.now,
    passDays: (days) => portal.clock.advance(days * 86_400_000),
  };
}

marketingToolContract('hubspot over dated paths', (contacts) => open(contacts, '2026-03'));
marketingToolContract('hubspot over v3 and v4 paths', (contacts) => open(contacts, 'legacy'));
