import { describe, expect, it } from '@jest/globals';
import {
  campaignEngagement,
  salesforceCampaignChannel,
} from '../../../../src/adapters/channel/salesforce-campaign/index.js';
import { dayOfZone } from '../../../../src/domain/day.js';
import type { EngagementEvent, EnrolmentRequest } from '../../../../src/ports/marketing.js';
import { aSalesforceBench, type SalesforceBench } from '../support/salesforce.js';

const DAY = 86_400_000;
/** The embedded org's clock begins here. */
const START = Date.UTC(2026, 2, 10, 12);
const TARGET = 'Renewal letters';

async function withBench(
  timeZone: string,
  test: (bench: SalesforceBench, members: readonly EnrolmentRequest[]) => Promise<void>,
): Promise<void> {
  const bench = await aSalesforceBench({ timeZone });
  try {
    await bench.org.asAdmin('POST', '/sobjects/Campaign', { Name: TARGET });
    const members = [bench.customer(), bench.customer()];
    await salesforceCampaignChannel(bench.crm).enrol(TARGET, members);
    await test(bench, members);
  } finally {
    await bench.org.close();
  }
}

async function respond(bench: SalesforceBench, contactId: string | null): Promise<string> {
  const member = bench.rows('CampaignMember').find((row) => row.ContactId === contactId);
  await bench.org.asAdmin('PATCH', `/sobjects/CampaignMember/${member?.Id}`, { Status: 'Responded' });
  return String(member?.Id);
}

async function read(
  bench: SalesforceBench,
  members: readonly EnrolmentRequest[],
  since: number,
): Promise<readonly EngagementEvent[]> {
  const people = members.map(({ person, contactId }) => ({
    person: person ?? '',
    recordId: contactId ?? '',
  }));
  const events: EngagementEvent[] = [];
  for await (const page of campaignEngagement(bench.crm)({ people, since })) events.push(...page);
  return events;
}

describe('Responses to campaigns', () => {
  it('are told by our key for the person, with the campaign, the same each time', () =>
    withBench('Europe/Berlin', async (bench, members) => {
      const member = await respond(bench, members[0]?.contactId ?? null);
      const events = await read(bench, members, START - DAY);
      expect(events).toEqual([
        {
          id: `salesforce-campaign/${member}/responded`,
          person: members[0]?.person,
          kind: 'responded',
          at: START,
          channel: 'salesforce-campaign',
          target: TARGET,
        },
      ]);
      bench.org.pass(3 * DAY);
      expect(await read(bench, members, START - DAY)).toEqual(events);
    }));

  it('are told from the day of `since` on, and no more two days later', () =>
    withBench('Europe/Berlin', async (bench, members) => {
      await respond(bench, members[0]?.contactId ?? null);
      expect(await read(bench, members, START + DAY / 4)).toHaveLength(1);
      expect(await read(bench, members, START + 2 * DAY)).toEqual([]);
    }));

  it.each(['Pacific/Auckland', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
    'fall on the day that Salesforce holds, in %s, too',
    (timeZone) =>
      withBench(timeZone, async (bench, members) => {
        await respond(bench, members[0]?.contactId ?? null);
        const [event] = await read(bench, members, START - DAY);
        const dayOf = dayOfZone(timeZone);
        expect(dayOf(event?.at ?? 0)).toBe(dayOf(START));
      }),
  );

  it('are asked of nobody for nobody', () =>
    withBench('Europe/Berlin', async (bench) => {
      const before = bench.calls();
      expect(await read(bench, [], START)).toEqual([]);
      expect(bench.calls()).toBe(before);
    }));
});
