import { parseDay } from '../../domain/day.js';
import type { EngagementPolicy, Pool, Weekday } from '../../domain/engagement/policy.js';
import { WEEKDAYS, type WrittenEngagement } from '../normalised/engagement.js';
import type { Normalised } from '../normalised/normalise.js';
import type { ValuePath } from '../problems.js';
import type { Findings } from './findings.js';
import { isFaceless, type PersonScope, personRule, taskOf } from './persons.js';
import { NO_FACTS, type Reader, readerOf } from './reader.js';

const USER_ID = /^005[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;

function checkMember(member: string, path: ValuePath, reader: Reader): void {
  if (isFaceless(member))
    reader.wrong(path, `"${member}" is nobody who could do it; a pool is made of people`);
  else if (!USER_ID.test(member) && !ADDRESS.test(member))
    reader.wrong(path, `"${member}" is neither an address nor the id of a Salesforce user (005…)`);
}

function poolsOf({ pools }: WrittenEngagement, reader: Reader): readonly Pool[] {
  return Object.entries(pools).map(([id, { members, perDay }]) => {
    members.forEach((member, index) => {
      const path = ['pools', id, 'members', index];
      checkMember(member, path, reader);
      const first = members.findIndex((other) => other.toLowerCase() === member.toLowerCase());
      if (first < index) reader.wrong(path, `"${member}" is in the pool twice`);
    });
    return { id, members, perDay };
  });
}

function dayOf(text: string, path: ValuePath, reader: Reader): number | null {
  const day = parseDay(text);
  if (day === null) reader.wrong(path, `"${text}" is not in the calendar`);
  return day;
}

function minuteOf(text: string): number {
  const [hours = 0, minutes = 0] = text.trim().split(':').map(Number);
  return minutes < 60 ? hours * 60 + minutes : Number.NaN;
}

const DAY_MINUTES = 24 * 60;

function hoursOf(written: string | null, reader: Reader): EngagementPolicy['calendar']['hours'] {
  if (written === null) return null;
  const [from = 0, to = 0] = written.split('-').map(minuteOf);
  const fits = from < to && to <= DAY_MINUTES;
  if (!fits)
    reader.wrong(
      ['calendar', 'hours'],
      `"${written}" is no part of a day; write it from the earlier hour to the later, like "8:00-18:00"`,
    );
  return { from, to };
}

function calendarOf({ calendar }: WrittenEngagement, reader: Reader): EngagementPolicy['calendar'] {
  const holidays = calendar.holidays.map((text, index) =>
    dayOf(text, ['calendar', 'holidays', index], reader),
  );
  const listed = new Set(calendar.businessDays);
  const businessDays = WEEKDAYS.flatMap((name, index) => (listed.has(name) ? [index as Weekday] : []));
  return {
    businessDays,
    holidays: holidays.filter((day) => day !== null),
    hours: hoursOf(calendar.hours, reader),
  };
}

function testOnly({ testOnly: written }: WrittenEngagement, reader: Reader): EngagementPolicy['testOnly'] {
  written?.forEach((address, index) => {
    if (!ADDRESS.test(address)) reader.wrong(['testOnly', index], `"${address}" is no address`);
  });
  return written === null ? null : written.map((address) => address.toLowerCase());
}

function datesOf({ dates }: WrittenEngagement, reader: Reader): EngagementPolicy['dates'] {
  return Object.fromEntries(
    Object.entries(dates).map(([name, text]) => [
      name,
      text === null ? null : dayOf(text, ['dates', name], reader),
    ]),
  );
}

/** Checks config/engagement.yaml. */
export function checkEngagement(
  { file, value }: Normalised<WrittenEngagement>,
  findings: Findings,
): EngagementPolicy {
  const reader = readerOf(file, NO_FACTS, findings);
  const pools = poolsOf(value, reader);
  const scope: PersonScope = { reader, pools: pools.map(({ id }) => id) };
  const { afterDays, to } = value.escalation;
  return {
    enabled: value.enabled,
    testOnly: testOnly(value, reader),
    caps: value.caps,
    calendar: calendarOf(value, reader),
    pools,
    brakes: value.brakes,
    reply: taskOf(value.reply, ['reply'], scope),
    escalation: { afterDays, to: personRule(to, { duty: 'owner', path: ['escalation', 'to'] }, scope) },
    programHoldout: value.programHoldout,
    basisRequiredIn: value.basisRequiredIn.map((country) => country.toLowerCase()),
    dates: datesOf(value, reader),
  };
}
