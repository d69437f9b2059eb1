import { salesforceCampaignChannel } from '../../../../src/adapters/channel/salesforce-campaign/index.js';
import { type ChannelBench, describeChannel } from '../../../contracts/channel.js';
import { aSalesforceBench } from '../support/salesforce.js';

const CAMPAIGN = "Renewal letters '26";

async function open(): Promise<ChannelBench> {
  const { org, crm, customer, rows, calls, loseNextInsert } = await aSalesforceBench();
  await org.asAdmin('POST', '/sobjects/Campaign', { Name: CAMPAIGN });
  await org.asAdmin('POST', '/sobjects/Campaign', { Name: 'Another', IsActive: true });
  return {
    channel: salesforceCampaignChannel(crm),
    target: CAMPAIGN,
    absent: { target: 'Nobody made it', prepare: 'throws' },
    somebody: async () => customer(),
    refusable: async () => ({ ...customer(), key: 'no contact', contactId: '003000000000009AAA' }),
    loseNextAnswer: async () => loseNextInsert(),
    readsBack: true,
    held: async (target) => {
      const campaign = rows('Campaign').find(({ Name }) => Name === target)?.Id;
      return rows('CampaignMember').filter(({ CampaignId }) => CampaignId === campaign).length;
    },
    calls,
    close: org.close,
  };
}

describeChannel('salesforce-campaign on the embedded org', open);
