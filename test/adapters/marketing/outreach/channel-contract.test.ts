import { anEnrolment, type ChannelBench, describeChannel } from '../../../contracts/channel.js';
import { channelOf } from '../../../contracts/marketing-tool.js';
import { anOrg, aProspect, setFaults } from '../../../sandbox/outreach/outreach-org.js';
import { aTool } from './outreach-tool.js';

const TARGET = 'Getting started';

async function open(): Promise<ChannelBench> {
  const org = await anOrg();
  const tool = aTool(org);
  let people = 0;
  const somebody = async (more: object = {}) => {
    people += 1;
    const prospect = await aProspect(org, `p${people}@example.org`, more);
    return anEnrolment({ key: `episode/step/${people}`, recordId: String(prospect) });
  };
  return {
    channel: channelOf(tool, 'outreach-sequence'),
    target: TARGET,
    absent: { target: 'Nobody made it', prepare: 'throws' },
    somebody: () => somebody(),
    refusable: () => somebody({ optedOut: true }),
    loseNextAnswer: () =>
      setFaults(org, { kind: 'reset', afterBytes: 0, times: 1, match: 'POST .*/sequenceStates$' }),
    readsBack: true,
    held: async (target) => {
      const { sequences, states } = org.org;
      const sequence = [...sequences.scan(0)].find(({ attributes }) => attributes.name === target)?.id;
      const inIt = [...states.scan(0)].filter(({ related }) => related.sequence === sequence);
      return inIt.filter(({ attributes }) => attributes.state === 'active').length;
    },
    calls: () => {
      const { 'sequences-list': _, 'mailboxes-list': __, ...calls } = tool.calls();
      return Object.values(calls).reduce((sum, count) => sum + count, 0);
    },
    close: org.close,
  };
}

describeChannel('outreach-sequence on the embedded account', open);
