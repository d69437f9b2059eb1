import { memoryMarketing } from '../../../../src/adapters/marketing/memory/index.js';
import type { ToolId } from '../../../../src/domain/engagement/channel.js';
import {
  HUBSPOT_TRAITS,
  type MarketingBench,
  marketingToolContract,
  OUTREACH_TRAITS,
  SEQUENCES,
  type StartingContact,
  THE_SENDER,
  THE_TOUCHES,
} from '../../../contracts/marketing-tool.js';

async function open(id: ToolId, contacts: readonly StartingContact[]): Promise<MarketingBench> {
  let now = Date.parse('2026-03-02T12:00:00Z');
  const tool = memoryMarketing({
    clock: { now: () => now, sleep: async () => {} },
    id,
    contacts,
    sequences: SEQUENCES,
    touches: { 'Getting started': THE_TOUCHES },
    senders: [THE_SENDER],
  });
  return {
    tool,
    close: async () => {},
    leaveSequence: async (recordId) => tool.endEnrolment(recordId),
    engage: async (recordId, kind) => tool.engage(recordId, kind),
    passDays: (days) => {
      now += days * 86_400_000;
    },
    now: () => now,
  };
}

marketingToolContract('memory as HubSpot', (contacts) => open('hubspot', contacts), HUBSPOT_TRAITS);
/** Simpler than Outreach in what does not matter to a run. */
const SIMPLER = {
  matchesByStamp: true,
  tellsMeetings: true,
  makesRecords: false,
  unknownSender: 'SENDER_UNKNOWN',
};
marketingToolContract('memory as Outreach', (contacts) => open('outreach', contacts), {
  ...OUTREACH_TRAITS,
  ...SIMPLER,
});
