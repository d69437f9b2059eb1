import { anEnrolment, type ChannelBench, describeChannel } from '../../../contracts/channel.js';
import { aWebhookBench } from '../support/webhook.js';

async function open(): Promise<ChannelBench> {
  const { channel, receiver } = await aWebhookBench();
  let people = 0;
  return {
    channel,
    target: 'renewal.due',
    absent: null,
    somebody: async () => {
      people += 1;
      return anEnrolment({ key: `episode/step/${people}` });
    },
    refusable: null,
    loseNextAnswer: async () =>
      receiver.faults.set({ kind: 'reset', match: '/events', times: 1, afterBytes: 0 }),
    readsBack: false,
    held: async () => receiver.deliveries().length,
    calls: receiver.calls.total,
    close: receiver.close,
  };
}

describeChannel('webhook on the embedded receiver', open);
