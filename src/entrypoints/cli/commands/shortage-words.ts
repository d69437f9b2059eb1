import type {
  FewerActivities,
  MoreAutomation,
  SmallerTier,
  StaffShortage,
} from '../../../domain/insight/tiers/ways-out.js';
import { counted, percent } from '../numbers.js';
import { knownMoney, money } from './in-words.js';

/** A shortage with its ways out, one line each. */
export function shortageInWords(shortage: StaffShortage): readonly string[] {
  const { label, peopleShort, hoursShort, hiring, smallerTier, fewerActivities, moreAutomation } = shortage;
  const hours = hoursShort === null || hoursShort === 0 ? '' : ` (${money(hoursShort)} hours a year)`;
  const price = hiring === null ? '' : `; hiring them costs ${money(hiring)} a year`;
  const ways = [
    smallerTier === null ? null : smallerInWords(smallerTier),
    fewerActivities === null ? null : fewerInWords(fewerActivities),
    moreAutomation === null ? null : automationInWords(moreAutomation),
    hoursShort === 0
      ? 'Fewer activities or more automation: their hours would do already, so that these help where accountsPerPerson in config/program.yaml is raised with them.'
      : null,
  ].filter((way) => way !== null);
  return [
    `${label} is short of ${peopleShort.toFixed(1)} people${hours}${price}. Ways out:`,
    ...ways.map((way, at) => `  ${at + 1}. ${way}`),
  ];
}

function smallerInWords({ line, accounts, revenue, to, cost }: SmallerTier): string {
  const from = Number.isFinite(line)
    ? `from ${money(line)} on`
    : 'for those that a lock or an override holds';
  const price = cost === null ? '' : `, which costs ${money(cost)} a year`;
  return `A smaller tier, ${from}: ${counted(accounts, 'customer', 'customers')} with ${knownMoney(revenue)} served by ${to}${price}.`;
}

function fewerInWords({ kept, activities }: FewerActivities): string {
  const each = activities.map(
    ({ kind, times, keptTimes }) => `${kind} ${keptTimes} times instead of ${times}`,
  );
  return `Fewer activities, ${percent(kept)} of them: a year ${each.join(', ')}. It costs no money, but the customers’ time with you.`;
}

function automationInWords({ minutesPerAccount, worth }: MoreAutomation): string {
  const most = worth === null ? '' : `, worth up to ${money(worth)} a year`;
  return `More automation: ${money(minutesPerAccount)} minutes of each customer and year taken over${most}.`;
}
