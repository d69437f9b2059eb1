import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseDay } from '../../src/domain/day.js';
import type { Settings } from '../../src/ports/settings.js';
import type { Enrolment } from '../../src/sandbox/hubspot/store/sequences.js';
import { batchesOf, leastForList, leastForSequence } from '../support/ten-thousand/arithmetic.js';
import { PEOPLE_EACH, personOf, SENDERS } from '../support/ten-thousand/book.js';
import { aLargeCompany, type LargeCompany } from '../support/ten-thousand/company.js';
import { settingsWith } from '../support/world/settings.js';

const PEOPLE = 10_000;
const MINUTES = 60_000;
/** Requests that the adapter has under way at a time. */
const SIDE_BY_SIDE = 6;

function aPlaybook(when: string, priority: number, step: string): string {
  return `
label: Ten thousand
priority: ${priority}
trigger: { when: ${when}, onFirstSight: fire, reenter: never }
audience: { roles: [user], maxPersons: ${PEOPLE_EACH} }
steps:
  - { id: hello, ${step}, sender: account-owner, lateBy: 30 }
holdout: 0 %
`;
}

const engagement = (senderPerDay: number): string =>
  `caps: { senderPerDay: ${senderPerDay} }\nbrakes: { share: 100 % }`;

function tell(what: string, { portal, peakHeap }: LargeCompany): void {
  const heap = Math.round(peakHeap() / 1_000_000);
  process.stdout.write(`${what}: ${JSON.stringify(portal.calls.byKind())}, peak heap ${heap} MB\n`);
}

// Ten thousand people through an embedded vendor take minutes on a busy machine.
jest.setTimeout(400_000);

describe('ten thousand people of whom HubSpot knows half, through a list', () => {
  let company: LargeCompany;
  beforeAll(async () => {
    const welcome = aPlaybook('account.arr > 0', 10, 'channel: hubspot-list, target: Welcome');
    company = await aLargeCompany({ settings: settingsWith({ welcome }, engagement(PEOPLE)), known: PEOPLE });
    company.grow(PEOPLE / PEOPLE_EACH, 5_000);
    company.portal.calls.reset();
  });
  afterAll(() => company.close());

  it(
    'are enrolled in the least number of calls',
    async () => {
      const { changes, refused } = await company.syncAt('2026-03-05T10:00:00Z');
      tell('10,000 through a list', company);
      expect({ enrolments: changes.enrolments, refused }).toEqual({ enrolments: PEOPLE, refused: {} });
      expect(company.portal.portal.lists.all().map(({ members }) => members.size)).toEqual([PEOPLE]);
      expect(company.portal.calls.byKind()).toEqual(
        leastForList({ known: PEOPLE / 2, strangers: PEOPLE / 2 }),
      );
      expect(company.tooFast()).toBe(0);
    },
    2 * MINUTES,
  );

  it.each(['2026-03-05T12:00:00Z', '2026-03-06T10:00:00Z'])(
    'are asked what they did, and nothing else, on %s',
    async (moment) => {
      company.portal.calls.reset();
      const { changes } = await company.syncAt(moment);
      expect(changes).toMatchObject({ enrolments: 0, records: 0 });
      expect(company.portal.calls.byKind()).toEqual({ 'contacts-batch-read': batchesOf(PEOPLE) });
      expect(company.portal.portal.lists.additions()).toHaveLength(PEOPLE);
    },
    MINUTES,
  );
});

describe('ten thousand people and two inboxes, through a sequence', () => {
  const [WAITING, URGENT, LATER] = [9_000, 600, 400];
  /** What HubSpot lets one inbox do in a day. */
  const INBOX = 1_000;
  const EACH_DAY = SENDERS.length * INBOX;
  let company: LargeCompany;
  let settings: Settings;
  let slower: Settings;
  let quiet: readonly string[];

  beforeAll(async () => {
    const step = 'channel: hubspot-sequence, target: Getting started';
    const playbooks = {
      usual: aPlaybook('account.arr > 0', 10, step),
      urgent: aPlaybook('account.arr < 0', 50, step),
    };
    settings = settingsWith(playbooks, engagement(INBOX));
    slower = settingsWith(playbooks, engagement(300));
    company = await aLargeCompany({ settings, known: PEOPLE });
    company.grow(WAITING / PEOPLE_EACH, 5_000);
    quiet = company.grow(URGENT / PEOPLE_EACH, 0);
  });
  afterAll(() => company.close());

  const made = (): readonly Enrolment[] => company.portal.portal.sequences.made();

  /** Whom a run enrolled, in the order in which HubSpot took them; nobody was ever enrolled before. */
  async function enrolledBy(moment: string, changed?: Settings): Promise<readonly Enrolment[]> {
    const before = made().length;
    company.portal.calls.reset();
    await company.syncAt(moment, changed);
    tell(`a sequence on ${moment}`, company);
    expect(new Set(made().map(({ contactId }) => contactId)).size).toBe(made().length);
    expect(company.tooFast()).toBe(0);
    return made().slice(before);
  }

  /** How many people are put off, by the day on which they are looked at again. */
  async function putOff(): Promise<Readonly<Record<string, number>>> {
    const days: Record<string, number> = {};
    for (const { id } of company.crm.tables.rows('Account')) {
      for (const { status, code, tryOn } of await company.state.ledger.ofAccount(id)) {
        if (status !== 'deferred') continue;
        const day = `${code} until ${tryOn}`;
        days[day] = (days[day] ?? 0) + 1;
      }
    }
    return days;
  }

  const perInbox = (enrolments: readonly Enrolment[]): readonly number[] =>
    SENDERS.map(({ email }) => enrolments.filter((one) => one.enrolledByEmail === email).length);
  const untilDay = (day: string): string => `sender_cap until ${parseDay(day)}`;

  it(
    'are enrolled at the vendor`s pace, a thousand an inbox; the rest waits for the next business day',
    async () => {
      const thursday = await enrolledBy('2026-03-05T10:00:00Z');
      expect(perInbox(thursday)).toEqual([INBOX, INBOX]);
      expect(await putOff()).toEqual({ [untilDay('2026-03-06')]: WAITING - EACH_DAY });
      expect(company.portal.calls.byKind()).toEqual(
        leastForSequence({
          due: WAITING,
          senders: SENDERS.length,
          known: EACH_DAY / 2,
          strangers: EACH_DAY / 2,
        }),
      );
    },
    2 * MINUTES,
  );

  it(
    'go on the next day: the urgent ones first, then who has waited longest',
    async () => {
      for (const account of quiet) company.crm.tables.update('Account', account, { ARR__c: -1 });
      company.grow(LATER / PEOPLE_EACH, 5_000);
      const friday = await enrolledBy('2026-03-06T10:30:00Z');
      const persons = friday.map(({ toEmail }) => personOf(toEmail));
      const isUrgent = (person: number): boolean => person >= WAITING && person < WAITING + URGENT;
      expect(perInbox(friday)).toEqual([INBOX, INBOX]);
      expect(persons.filter(isUrgent)).toHaveLength(URGENT);
      expect(persons.findLastIndex(isUrgent)).toBeLessThan(URGENT + SIDE_BY_SIDE);
      expect(persons.filter((person) => person < WAITING)).toHaveLength(EACH_DAY - URGENT);
      expect(await putOff()).toEqual({ [untilDay('2026-03-09')]: PEOPLE - 2 * EACH_DAY });
    },
    2 * MINUTES,
  );

  it(
    'wait over the weekend, and nobody is asked about them',
    async () => {
      expect(await enrolledBy('2026-03-07T10:30:00Z')).toEqual([]);
      expect(company.portal.calls.byKind()).toEqual({ 'contacts-batch-read': batchesOf(2 * EACH_DAY) });
    },
    MINUTES,
  );

  it(
    'go on after it, slower where config/engagement.yaml says so',
    async () => {
      const monday = await enrolledBy('2026-03-09T11:00:00Z', slower);
      expect(perInbox(monday)).toEqual([300, 300]);
      expect(await putOff()).toEqual({ [untilDay('2026-03-10')]: PEOPLE - 2 * EACH_DAY - 600 });
    },
    2 * MINUTES,
  );
});
