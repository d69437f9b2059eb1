import { memoryMarketing } from '../../../../src/adapters/marketing/memory/index.js';
import { marketingToolContract, SEQUENCES, THE_SENDER } from '../../../contracts/marketing-tool.js';

marketingToolContract('memory', async (contacts) => ({
  tool: memoryMarketing({
    clock: { now: () => 0, sleep: async () => {} },
    contacts,
    sequences: SEQUENCES,
    senders: [THE_SENDER],
  }),
  close: async () => {},
}));
