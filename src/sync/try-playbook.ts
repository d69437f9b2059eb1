import { dayOfZone } from '../domain/day.js';
import { CHANNELS, type ChannelId } from '../domain/engagement/channel.js';
import { forecastAccount, forecastRules } from '../domain/engagement/forecast.js';
import type { ForecastRules } from '../domain/engagement/foresee.js';
import type { Playbook } from '../domain/engagement/playbook.js';
import { type EngagementAnswer, type EngagementQuestion, engage } from '../domain/engagement/wishes.js';
import type { LedgerEntry } from '../ports/state-store.js';
import { accountsToday, NO_RUN, readOnly } from './account-today.js';
import type { Run, Tools } from './context.js';
import { entryOf, isTask, type StepItem } from './engagement-item.js';
import { connectedPlaybooks } from './engagement-rules.js';
import { lastLook } from './last-look.js';
import type { Mind } from './mind.js';
import { assessmentRules } from './rules.js';
import { decideWishes, openMind } from './settle-engagement.js';
import { asIfNew, asOfToday } from './tried-playbook.js';

/** Somebody at a step: ids only. */
export interface TriedStep {
  readonly account: string;
  /** Contact id; null for a task about the account. */
  readonly contact: string | null;
  readonly step: string;
  readonly channel: ChannelId;
}

export interface TriedReason {
  readonly code: string;
  readonly count: number;
  /** False = put off, and decided again on another day. */
  readonly final: boolean;
  readonly evidence: string;
  readonly example: TriedStep;
}

/** What `playbooks try --json` ends in: a contract, fields are added, never changed. */
export interface Trial {
  readonly playbook: string;
  readonly label: string;
  /** Accounts looked at, those in which something would begin today, and those of them that are held out. */
  readonly accounts: {
    readonly read: number;
    readonly begin: number;
    readonly heldOut: number;
    readonly waiting: number;
  };
  readonly enrolments: number;
  readonly tasks: number;
  /** At most 20. */
  readonly examples: readonly TriedStep[];
  /** Most frequent first. */
  readonly refused: readonly TriedReason[];
  readonly deferred: readonly TriedReason[];
  /** Of the playbook as a whole for those who would begin, if nothing stops it on the way. */
  readonly forecast: {
    readonly sends: number;
    readonly tasks: number;
    /** Requests that today's enrolments and tasks take, by channel. */
    readonly calls: Readonly<Partial<Record<ChannelId, number>>>;
  };
  readonly notes: readonly string[];
}

/**
 * Who would be enrolled now if what holds today counted as an edge: no memory, no age of the edge. Consent,
 * senders and limits are those of the real tools; nothing is written.
 */
export async function tryPlaybook(tools: Tools, id: string): Promise<Trial | null> {
  const known = tools.settings.playbooks.find((playbook) => playbook.id === id);
  if (known === undefined) return null;
  const run = await runToTry(tools);
  const connected = connectedPlaybooks(run).find((playbook) => playbook.id === id);
  const left = known.steps.filter(({ channel }) => !run.channels.has(channel));
  const tried = asOfToday(connected ?? { ...known, steps: [] });
  const tally = openTally(known, tried);
  if (connected !== undefined) await goThrough(run, tried, tally);
  return {
    ...trialOf(run, tally),
    notes: notesOf(
      left.map(({ channel }) => channel),
      tried,
    ),
  };
}

async function runToTry(tools: Tools): Promise<Run> {
  await lastLook(tools.state);
  const org = await tools.crm.org();
  const dayOf = dayOfZone(org.timeZone);
  return {
    ...NO_RUN,
    ...tools,
    state: readOnly(tools.state),
    org,
    dayOf,
    today: dayOf(tools.clock.now()),
  };
}

interface Tally {
  readonly known: Playbook;
  readonly tried: Playbook;
  readonly accounts: { read: number; begin: number; heldOut: number; waiting: number };
  readonly enrolled: Map<ChannelId, number>;
  readonly examples: TriedStep[];
  readonly reasons: Map<string, TriedReason>;
  sends: number;
  work: number;
}

function openTally(known: Playbook, tried: Playbook): Tally {
  const accounts = { read: 0, begin: 0, heldOut: 0, waiting: 0 };
  const lists = { enrolled: new Map(), examples: [], reasons: new Map() };
  return { known, tried, accounts, ...lists, sends: 0, work: 0 };
}

async function goThrough(run: Run, tried: Playbook, tally: Tally): Promise<void> {
  const rules = await assessmentRules(run);
  const engagement = asIfNew({ ...rules.engagement, playbooks: [tried] });
  const mind = await openMind(run);
  const trying: Mind = { ...mind, playbooks: new Map([...mind.playbooks, [tried.id, tried]]) };
  const until = run.today + Math.max(...tried.steps.map(({ day }) => day)) + LATE;
  // Time starts nothing more in it: what begins today is followed to its end.
  const ahead: ForecastRules = { ...forecastRules(engagement, until), timed: new Map() };
  for await (const page of accountsToday(run, rules)) {
    const begun = page.map(({ question }) => ({
      question,
      answer: engage({ ...question, base: {} }, engagement),
    }));
    const wishes = begun.flatMap(({ answer }) => answer.wishes.filter((wish) => wish.kind === 'step'));
    for (const { answer } of begun) countAccount(tally, answer);
    const items = await decideWishes(
      run,
      [...wishes].sort((a, b) => a.rank - b.rank),
      trying,
    );
    for (const item of items) countItem(tally, item);
    const acts = Map.groupBy(
      items.map((item) => decided(run, item)),
      ({ account }) => account,
    );
    for (const { question, answer } of begun)
      followOn(
        tally,
        { ...question, base: answer.memory },
        { ahead, acts: acts.get(question.account) ?? [] },
      );
  }
}

/** Days by which the steps of an episode may be late together. */
const LATE = 30;

function decided(run: Run, item: StepItem): LedgerEntry {
  const status = item.refused === null ? 'enrolled' : item.tryOn === null ? 'refused' : 'deferred';
  return entryOf(run, item, { status });
}

/** What today's steps are followed by, for those who are in. */
function followOn(
  tally: Tally,
  question: EngagementQuestion,
  { ahead, acts }: { readonly ahead: ForecastRules; readonly acts: readonly LedgerEntry[] },
): void {
  const { foreseen } = forecastAccount({ question, acts, elsewhere: () => [] }, ahead);
  for (const { act, by } of foreseen) {
    if (by === null) continue;
    if (CHANNELS[act.channel].reaches === 'owner') tally.work += 1;
    else tally.sends += act.touchDays.length;
  }
}

function countAccount({ accounts }: Tally, { episodes, wishes }: EngagementAnswer): void {
  accounts.read += 1;
  const begun = episodes.filter(({ refused }) => refused === null);
  if (begun.length === 0) return;
  accounts.begin += 1;
  if (begun.every(({ heldOut }) => heldOut)) accounts.heldOut += 1;
  else if (wishes.length === 0) accounts.waiting += 1;
}

const EXAMPLES = 20;

function countItem(tally: Tally, item: StepItem): void {
  const { wish, refused, tryOn } = item;
  const { channel } = wish.step;
  const example = {
    account: wish.account,
    contact: wish.person?.contactId ?? null,
    step: wish.step.id,
    channel,
  };
  if (refused === null) {
    tally.enrolled.set(channel, (tally.enrolled.get(channel) ?? 0) + 1);
    if (tally.examples.length < EXAMPLES) tally.examples.push(example);
    if (isTask(item)) tally.work += 1;
    else tally.sends += item.touchDays.length;
    return;
  }
  const name = `${refused.code}|${tryOn === null}`;
  const seen = tally.reasons.get(name);
  const first = { code: refused.code, final: tryOn === null, evidence: refused.evidence, example };
  tally.reasons.set(name, { ...(seen ?? first), count: (seen?.count ?? 0) + 1 });
}

function trialOf(run: Run, tally: Tally): Omit<Trial, 'notes'> {
  const { known, accounts, enrolled, examples, sends, work } = tally;
  const count = (reaches: 'person' | 'owner'): number =>
    [...enrolled].reduce((sum, [channel, n]) => (CHANNELS[channel].reaches === reaches ? sum + n : sum), 0);
  const reasons = [...tally.reasons.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  const calls = [...enrolled].map(([channel, n]) => [
    channel,
    run.channels.get(channel)?.forecastCalls(n) ?? 0,
  ]);
  return {
    playbook: known.id,
    label: known.label,
    accounts,
    enrolments: count('person'),
    tasks: count('owner'),
    examples,
    refused: reasons.filter(({ final }) => final),
    deferred: reasons.filter(({ final }) => !final),
    forecast: { sends, tasks: work, calls: Object.fromEntries(calls) },
  };
}

function notesOf(missing: readonly ChannelId[], { trigger }: Playbook): readonly string[] {
  return [
    ...(missing.length > 0
      ? [
          `Not connected, so that steps through them are left out: ${[...new Set(missing)].sort().join(', ')}.`,
        ]
      : []),
    ...(trigger.per === 'account'
      ? []
      : [`Each ${trigger.per} has an edge of its own; accounts are counted once.`]),
  ];
}
