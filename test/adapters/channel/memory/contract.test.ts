import { type MemoryChannelOptions, memoryChannel } from '../../../../src/adapters/channel/memory/index.js';
import { anEnrolment, type ChannelBench, describeChannel } from '../../../contracts/channel.js';
import { aTask } from '../support/task.js';

const TARGET = 'Renewal letters';

function open(options: MemoryChannelOptions): ChannelBench {
  const channel = memoryChannel(options);
  let people = 0;
  return {
    channel,
    target: TARGET,
    absent: options.targets ? { target: 'Nobody made it', prepare: 'throws' } : null,
    somebody: async () => {
      people += 1;
      const task = options.id === 'salesforce-task' ? aTask({ ownerId: '005000000000001AAA' }) : null;
      const account = `001${String(people).padStart(12, '0')}AAA`;
      return anEnrolment({ key: `episode/step/${people}`, account, recordId: `r${people}`, task });
    },
    refusable: async () => {
      channel.fail({ during: 'enrol', as: 'refused', key: 'refused' });
      return anEnrolment({ key: 'refused' });
    },
    loseNextAnswer: async () => channel.fail({ during: 'enrol', as: 'unclear', done: true }),
    readsBack: options.id !== 'webhook',
    held: async (target) => channel.count(target),
    calls: channel.calls,
    close: async () => undefined,
  };
}

const SHELF: readonly MemoryChannelOptions[] = [
  { id: 'salesforce-task' },
  { id: 'salesforce-campaign', targets: [TARGET] },
  { id: 'outreach-sequence', targets: [TARGET] },
  { id: 'webhook' },
];
for (const options of SHELF) describeChannel(`${options.id} in memory`, async () => open(options));
