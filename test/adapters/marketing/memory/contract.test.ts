import { memoryMarketing } from '../../../../src/adapters/marketing/memory/index.js';
import { marketingToolContract, SEQUENCES, THE_SENDER } from '../../../contracts/marketing-tool.js';

marketingToolContract('memory', async (contacts) => {
  let now = 0;
  const tool = memoryMarketing({
    clock: { now: () => now, sleep: async () => {} },
    contacts,
    sequences: SEQUENCES,
    senders: [THE_SENDER],
  });
  return {
    tool,
    close: async () => {},
    leaveSequence: async (recordId) => tool.endEnrolment(recordId),
    passDays: (days) => {
      now += days * 86_400_000;
    },
  };
});
