import { salesforceTaskChannel } from '../../../../src/adapters/channel/salesforce-task/index.js';
import { type ChannelBench, describeChannel } from '../../../contracts/channel.js';
import { aSalesforceBench } from '../support/salesforce.js';
import { aTask } from '../support/task.js';

async function open(): Promise<ChannelBench> {
  const { org, crm, customer, rows, calls, loseNextInsert } = await aSalesforceBench();
  const task = aTask({ ownerId: org.server.org.users.admin });
  return {
    channel: salesforceTaskChannel(crm),
    target: 'Call about adoption',
    absent: null,
    somebody: async () => ({ ...customer(), task }),
    refusable: async () => ({ ...customer(), key: 'no account', account: '001000000000009AAA', task }),
    loseNextAnswer: async () => loseNextInsert(),
    readsBack: true,
    held: async () => rows('Task').length,
    calls,
    close: org.close,
  };
}

describeChannel('salesforce-task on the embedded org', open);
