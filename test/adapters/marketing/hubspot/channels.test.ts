import type { ChannelId } from '../../../../src/domain/engagement/channel.js';
import type { Channel } from '../../../../src/ports/marketing.js';
import type { HubspotServer } from '../../../../src/sandbox/hubspot/start.js';
import { anEnrolment, type ChannelBench, describeChannel } from '../../../contracts/channel.js';
import { channelOf } from '../../../contracts/marketing-tool.js';
import { aPortal, setFaults } from '../../../support/hubspot-portal.js';
import { aTool, baseContacts } from '../../../support/hubspot-tool.js';

const PEOPLE = 9;
const OPTED_OUT = { email: 'left@example.org', optedOut: true };
const CONTACTS = Array.from({ length: PEOPLE }, (_, index) => ({ email: `p${index}@example.org` }));

/** Whatever is asked of the channel is asked by another process: what one has learnt, the next does not know. */
function anotherEachTime(portal: HubspotServer, id: ChannelId): Channel {
  const channel = (): Channel => channelOf(aTool(portal), id);
  return {
    id,
    exists: (target) => channel().exists(target),
    prepare: (target) => channel().prepare(target),
    enrol: (target, requests) => channel().enrol(target, requests),
    enrolled: (target, requests) => channel().enrolled(target, requests),
    leave: (target, requests) => channel().leave(target, requests),
    touches: (target) => channel().touches(target),
    room: (senderEmail) => channel().room(senderEmail),
    forecastCalls: (persons) => channel().forecastCalls(persons),
  };
}

interface Vendor extends Pick<ChannelBench, 'target' | 'absent'> {
  readonly id: ChannelId;
  /** Record id of somebody whom HubSpot refuses. */
  readonly refused: (portal: HubspotServer) => string;
  /** The request whose answer is lost. */
  readonly enrolling: string;
  readonly held: (portal: HubspotServer, target: string) => number;
}

async function open(vendor: Vendor): Promise<ChannelBench> {
  const portal = await aPortal({ contacts: baseContacts([...CONTACTS, OPTED_OUT]) });
  const recordIds = [...portal.portal.contacts.rows.scan()].map(({ id }) => id);
  const people = recordIds.slice(0, PEOPLE).values();
  return {
    channel: anotherEachTime(portal, vendor.id),
    target: vendor.target,
    absent: vendor.absent,
    somebody: async () => {
      const { value: recordId } = people.next();
      if (recordId === undefined) throw new Error('nobody is left');
      return anEnrolment({ key: `episode/step/${recordId}`, recordId });
    },
    refusable: async () => anEnrolment({ key: 'refused', recordId: vendor.refused(portal) }),
    loseNextAnswer: () =>
      setFaults(portal, { kind: 'reset', afterBytes: 0, times: 1, match: vendor.enrolling }),
    readsBack: true,
    held: async (target) => vendor.held(portal, target),
    calls: portal.calls.total,
    close: portal.close,
  };
}

const LIST: Vendor = {
  id: 'hubspot-list',
  target: 'Support surge',
  absent: { target: 'Nobody made it', prepare: 'makes' },
  refused: () => '999999999',
  enrolling: 'PUT .*/memberships/add',
  held: ({ portal }, target) => portal.lists.byName('0-1', target).members.size,
};

const SEQUENCE: Vendor = {
  id: 'hubspot-sequence',
  target: 'Getting started',
  absent: { target: 'Nobody made it', prepare: 'throws' },
  refused: ({ portal }) => [...portal.contacts.rows.scan()].at(PEOPLE)?.id ?? '',
  enrolling: 'POST /automation',
  held: ({ portal }, target) => {
    const sequence = portal.sequences.all().find(({ name }) => name === target)?.id;
    return portal.sequences.made().filter(({ sequenceId }) => sequenceId === sequence).length;
  },
};

describeChannel('hubspot-list through the official client', () => open(LIST));
describeChannel('hubspot-sequence through the official client', () => open(SEQUENCE));
