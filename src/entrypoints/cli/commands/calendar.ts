import { parseDay, spokenDay } from '../../../domain/day.js';
import { type TouchCalendar, touchCalendar } from '../../../sync/calendar.js';
import type { CalendarRow } from '../../../sync/calendar-sheet.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import { count, counted } from '../numbers.js';
import type { Terminal } from '../terminal.js';

/** `calendar`: touches of the coming weeks by playbook, channel, tier and day, and where caps bind. */
export async function calendarCommand(folder: Folder, terminal: Terminal, weeks: number): Promise<number> {
  const calendar = await folder.withState((state) => {
    const { connected, ...tools } = lookAt(folder, state);
    return touchCalendar(tools, connected, weeks);
  });
  terminal.json(calendar);
  if (!terminal.asJson) sayCalendar(terminal, calendar);
  return EXIT.done;
}

function sayCalendar(terminal: Terminal, calendar: TouchCalendar): void {
  const { say, colors } = terminal;
  const { from, to, basedOn, accounts, days } = calendar;
  say(colors.bold(`Touches from ${spoken(from)} to ${spoken(to)}`));
  say(colors.dim(`  ${count(accounts)} accounts as run ${basedOn.run} left them on ${spoken(basedOn.day)}`));
  say();
  if (days.length === 0)
    say('  Nothing is foreseen: no episode is running, and no mark or period lies ahead.');
  else {
    sayDays(terminal, days);
    sayPlaybooks(terminal, calendar);
    sayTiers(terminal, days);
  }
  sayPutOff(terminal, calendar);
  for (const note of calendar.notes) say(colors.dim(`  note: ${note}`));
}

function spoken(day: string): string {
  return spokenDay(parseDay(day) ?? 0);
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function withWeekday(day: string): string {
  return `${WEEKDAYS[new Date(day).getUTCDay()]} ${spoken(day)}`.padEnd(17);
}

function amountOf(rows: readonly CalendarRow[]): string {
  const sum = (of: 'touches' | 'tasks'): number => rows.reduce((total, row) => total + row[of], 0);
  return `${counted(sum('touches'), 'touch', 'touches').padStart(14)}  ${counted(sum('tasks'), 'task', 'tasks').padStart(11)}`;
}

function sayDays({ say, colors }: Terminal, rows: readonly CalendarRow[]): void {
  say(colors.bold('By day'));
  for (const [day, of] of Map.groupBy(rows, (row) => row.day)) {
    const names = [...new Set(of.map(({ playbook }) => playbook))];
    say(`  ${withWeekday(day)} ${amountOf(of)}   ${colors.dim(names.join(', '))}`);
  }
  say();
}

function sayPlaybooks({ say, colors }: Terminal, { days, playbooks }: TouchCalendar): void {
  say(colors.bold('By playbook'));
  const byPlaybook = Map.groupBy(days, ({ playbook }) => playbook);
  for (const { playbook, label, persons, begins, heldOut, refused } of playbooks) {
    const rows = byPlaybook.get(playbook) ?? [];
    const channels = [...new Set(rows.map(({ channel }) => channel))].join(', ');
    say(`  ${label} (${playbook})`);
    const reached = persons === 0 ? '' : `${counted(persons, 'person', 'persons')} by `;
    say(`  ${''.padEnd(17)} ${amountOf(rows)}   ${reached}${channels}`);
    const codes = Object.entries(refused).map(([code, n]) => `${code} ${count(n)}`);
    const starts = [
      begins > 0 ? `${count(begins)} begin` : null,
      heldOut > 0 ? `${count(heldOut)} held out` : null,
      codes.length > 0 ? `not begun: ${codes.join(', ')}` : null,
    ].filter((part) => part !== null);
    if (starts.length > 0) say(colors.dim(`      ${starts.join('; ')}`));
  }
  say();
}

function sayTiers({ say, colors }: Terminal, rows: readonly CalendarRow[]): void {
  say(colors.bold('By tier'));
  for (const [tier, of] of Map.groupBy(rows, (row) => row.tier)) say(`  ${tier.padEnd(17)} ${amountOf(of)}`);
  say();
}

const LIMITS = {
  person: (name: string) => `${name}: the cap per person`,
  account: (name: string) => `${name}: the cap per account`,
  sender: (name: string) => `the daily limit of the sender ${name}`,
  pool: (name: string) => `the daily limit of the pool ${name}`,
};

function sayPutOff({ say, colors }: Terminal, { putOff }: TouchCalendar): void {
  say(colors.bold(putOff.length === 0 ? 'No cap binds' : 'What caps put off'));
  for (const { day, cap, name, count: n } of putOff)
    say(`  ${withWeekday(day)} ${count(n).padStart(6)} wait  ${LIMITS[cap](name)}`);
  say();
}
