import { formatDay } from '../domain/day.js';
import { CHANNELS, type ChannelId } from '../domain/engagement/channel.js';
import { forecastAccount, forecastRules } from '../domain/engagement/forecast.js';
import type { LedgerEntry } from '../ports/state-store.js';
import { type AccountToday, accountsToday, type Looking, lookAhead } from './account-today.js';
import { type CalendarTotal, openSheet, type Sheet } from './calendar-sheet.js';
import type { Run } from './context.js';
import { assessmentRules } from './rules.js';

/** Touches of the coming weeks. What `calendar --json` ends in: a contract, fields are added, never changed. */
export interface TouchCalendar extends CalendarTotal {
  readonly from: string;
  readonly to: string;
  readonly weeks: number;
  /** The run whose assessments it rests on. */
  readonly basedOn: { readonly run: string; readonly day: string };
  readonly notes: readonly string[];
}

/** Days of the past that caps and rests can reach back. */
const LOOK_BACK = 120;

/** Touches of the coming weeks, from the state alone: nobody is asked and nothing is written. */
export async function touchCalendar(
  tools: Looking,
  connected: ReadonlySet<ChannelId>,
  weeks: number,
): Promise<TouchCalendar> {
  const { run, lastRun } = await lookAhead(tools, connected);
  const rules = await assessmentRules(run);
  const until = run.today + 7 * weeks - 1;
  const sheet = openSheet(run, forecastRules(rules.engagement, until));
  for await (const page of accountsToday(run, rules)) await addPage(sheet, run, page);
  return {
    from: formatDay(run.today),
    to: formatDay(until),
    weeks,
    basedOn: { run: lastRun.id, day: formatDay(lastRun.day) },
    ...sheet.total(),
    notes: notesOf(run, connected),
  };
}

async function addPage(sheet: Sheet, run: Run, page: readonly AccountToday[]): Promise<void> {
  const entries = await decidedFor(run, page);
  for (const { question, bundle } of page) {
    const acts = entries.get(question.account) ?? [];
    const forecast = forecastAccount({ question, acts, elsewhere: sheet.touchedOn }, sheet.rules);
    sheet.add(bundle.account, question.tier, forecast);
  }
}

/** What was sent to these accounts lately, and all that was decided in their running episodes. */
async function decidedFor(
  { state, today }: Run,
  page: readonly AccountToday[],
): Promise<ReadonlyMap<string, readonly LedgerEntry[]>> {
  const accounts = page.map(({ question }) => question.account);
  const running = page.flatMap(({ question }) =>
    Object.values(question.base).flatMap((subjects) =>
      Object.values(subjects).flatMap(({ episode }) => (episode?.ended === null ? [episode.id] : [])),
    ),
  );
  const sent = await state.ledger.sentSince(today - LOOK_BACK, { persons: [], contacts: [], accounts });
  const decided = running.length === 0 ? [] : await state.ledger.ofEpisodes(running);
  const all = new Map([...sent, ...decided].map((entry) => [entry.key, entry]));
  return Map.groupBy(all.values(), ({ account }) => account);
}

function notesOf({ settings }: Run, connected: ReadonlySet<ChannelId>): readonly string[] {
  const steps = settings.playbooks.flatMap((playbook) => playbook.steps.map((step) => ({ playbook, step })));
  const missing = new Set(steps.map(({ step }) => step.channel).filter((channel) => !connected.has(channel)));
  const untold = steps.filter(({ step }) => CHANNELS[step.channel].exclusive && step.touches === null);
  const names = [...new Set(untold.map(({ playbook }) => playbook.id))];
  return [
    'Conditions are taken to stay as they are today, and tasks to be closed in time; replies, opt-outs and new events are not foreseen.',
    ...(missing.size > 0
      ? [`Not connected, so that steps through them are left out: ${[...missing].sort().join(', ')}.`]
      : []),
    ...(names.length > 0
      ? [
          `Sequences count as one touch where the step does not say more (\`touches:\` in the playbook): ${names.join(', ')}.`,
        ]
      : []),
  ];
}
