import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHANNEL_IDS, CHANNELS } from '../../src/domain/engagement/channel.js';
import {
  HUBSPOT_TRAITS,
  KNOWN,
  type MarketingBench,
  type Open,
  startWork,
  type ToolTraits,
  type Work,
} from './marketing-tool/bench.js';
import { engagementContract } from './marketing-tool/engagement.js';
import { listContract } from './marketing-tool/list.js';
import { peopleContract } from './marketing-tool/people.js';
import { sequenceContract } from './marketing-tool/sequence.js';

export {
  allOf,
  aPerson,
  aRequest,
  channelOf,
  HUBSPOT_TRAITS,
  type MarketingBench,
  OUTREACH_TRAITS,
  SEQUENCES,
  type StartingContact,
  THE_SENDER,
  THE_STAMP,
  THE_TOUCHES,
  type ToolTraits,
  toUpsert,
} from './marketing-tool/bench.js';

/** Every marketing tool passes this: in memory and over HTTP alike. */
export function marketingToolContract(name: string, open: Open, traits: ToolTraits = HUBSPOT_TRAITS): void {
  describe(`${name} as a marketing tool`, () => {
    let bench: MarketingBench | undefined;
    beforeEach(async () => {
      bench = await open(KNOWN);
    });
    afterEach(() => bench?.close());
    const work = (): Work => {
      if (bench === undefined) throw new Error('the tool is not open');
      return startWork(bench);
    };

    it('has exactly the channels that belong to it', () => {
      const { id, channels } = work().tool;
      expect(id).toBe(traits.id);
      expect(channels.map((channel) => channel.id).toSorted()).toEqual(
        CHANNEL_IDS.filter((channel) => CHANNELS[channel].tool === id).toSorted(),
      );
    });

    it('forecasts no calls for nobody', () => {
      for (const channel of work().tool.channels) expect(channel.forecastCalls(0)).toBe(0);
    });

    peopleContract(work, traits);
    engagementContract(work, traits);
    if (traits.list !== null) listContract(work, traits.list);
    sequenceContract(work, traits);
  });
}
