import { type Day, type DayOf, dayOfZone, formatDay, type Instant, parseDay } from '../../../domain/day.js';
import type { Crm, CrmRecord } from '../../../ports/crm.js';
import type { EngagementEvent, EngagementReading, MarketingTool } from '../../../ports/marketing.js';

/** People in one look-up. */
const TOGETHER = 2000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Who responded to any campaign. `recordId` of each person is the contact id. Salesforce keeps the day of
 * the first response and no time: events of the day of `since`, and of the day before it, are told again.
 */
export function campaignEngagement(crm: Crm): MarketingTool['engagement'] {
  return (reading) => responses(crm, reading);
}

async function* responses(
  crm: Crm,
  { people, since }: EngagementReading,
): AsyncGenerator<readonly EngagementEvent[]> {
  if (people.length === 0) return;
  const dayOf = dayOfZone((await crm.org()).timeZone);
  for (let from = 0; from < people.length; from += TOGETHER) {
    const some = people.slice(from, from + TOGETHER);
    const persons = new Map(some.map(({ person, recordId }) => [recordId, person]));
    const found = await crm.select('CampaignMember', FIELDS, [
      { field: 'ContactId', in: [...persons.keys()] },
      // Whose time zone the day is in is not documented: one day more loses nothing.
      { field: 'FirstRespondedDate', atLeast: formatDay(dayOf(since) - 1) },
    ]);
    const events = found.flatMap((member) => eventOf(member, persons, dayOf));
    if (events.length > 0) yield events;
  }
}

const FIELDS = ['ContactId', 'Campaign.Name', 'FirstRespondedDate'] as const;

function eventOf(
  { id, values }: CrmRecord,
  persons: ReadonlyMap<string, string>,
  dayOf: DayOf,
): readonly EngagementEvent[] {
  const person = persons.get(String(values.ContactId));
  const day = parseDay(String(values.FirstRespondedDate));
  if (person === undefined || day === null) return [];
  const campaign = values['Campaign.Name'];
  return [
    {
      id: `salesforce-campaign/${id}/responded`,
      person,
      kind: 'responded',
      at: duringDay(day, dayOf),
      channel: 'salesforce-campaign',
      target: typeof campaign === 'string' ? campaign : null,
    },
  ];
}

/** An instant that falls on this local day: noon in Greenwich, or its midnight for zones far to the east. */
function duringDay(day: Day, dayOf: DayOf): Instant {
  const noon = day * DAY + 12 * HOUR;
  return dayOf(noon) === day ? noon : day * DAY;
}
