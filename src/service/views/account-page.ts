import { formatDay } from '../../domain/day.js';
import { WATERMELON } from '../../domain/health/watermelon.js';
import type { Settings } from '../../ports/settings.js';
import type { LedgerEntry, StateStore, StoredEpisode } from '../../ports/state-store.js';
import type { Happening } from '../../sync/happenings.js';
import { accountTimeline } from '../../sync/timeline.js';
import type { Desk } from '../desk.js';
import { type AccountView, explainedAccount } from './account.js';

/** How an account stood from a day on. */
export interface HistoryPoint {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly score: number | null;
  readonly band: string;
  readonly tier: string;
}

/** Everything that a person is shown of one account. */
export interface AccountPageView {
  readonly account: AccountView;
  /** Labels of what is missing, and of the guards that hold. */
  readonly missing: readonly string[];
  readonly guards: readonly string[];
  /** In the order of the model; null where too little is known. */
  readonly dimensions: readonly { readonly label: string; readonly score: number | null }[];
  /** Oldest first. */
  readonly history: readonly HistoryPoint[];
  /** The last day that is known, `YYYY-MM-DD`. */
  readonly until: string;
  /** Newest first. */
  readonly timeline: readonly Happening[];
  /** Running episodes. */
  readonly episodes: readonly RunningEpisode[];
  /** The latest decision about each person at each step, newest first. */
  readonly decisions: readonly Decision[];
}

export interface RunningEpisode {
  readonly id: string;
  readonly playbook: string;
  readonly label: string;
  readonly since: string;
  readonly heldOut: boolean;
}

export interface Decision
  extends Pick<LedgerEntry, 'step' | 'channel' | 'target' | 'status' | 'code' | 'evidence'> {
  readonly key: string;
  readonly day: string;
  readonly playbook: string;
  /** Contact id; null where it is about the account. */
  readonly contact: string | null;
  /** Day on which it is decided again, or null. */
  readonly tryOn: string | null;
}

const MOST_HISTORY = 500;
const MOST_HAPPENINGS = 200;
const MOST_DECISIONS = 100;

/** Throws what to do where there is no such account. */
export async function accountPage(desk: Desk, id: string): Promise<AccountPageView> {
  const { state } = desk;
  const settings = desk.settings();
  const account = await explainedAccount(state, id);
  const known = account.account.id;
  const assessed = await state.assessments.latest(known);
  const timeline = await accountTimeline(state, known);
  return {
    account,
    ...labelsOf(account, settings),
    dimensions: dimensionsOf(account, settings),
    history: await historyOf(state, known),
    until: formatDay(assessed?.day ?? 0),
    timeline: timeline.toReversed().slice(0, MOST_HAPPENINGS),
    episodes: (await state.episodes.ofAccount(known))
      .filter(isRunning)
      .map((one) => runningOf(one, settings)),
    decisions: (await state.ledger.ofAccount(known)).toReversed().slice(0, MOST_DECISIONS).map(decisionOf),
  };
}

function modelOf({ model }: AccountView, { health }: Settings) {
  return health.models.find(({ id }) => id === model) ?? null;
}

function labelsOf(account: AccountView, settings: Settings): Pick<AccountPageView, 'missing' | 'guards'> {
  const model = modelOf(account, settings);
  const signals = model?.dimensions.flatMap((dimension) => dimension.signals) ?? [];
  const label = (all: readonly { readonly id: string; readonly label: string }[], id: string): string =>
    all.find((one) => one.id === id)?.label ?? id;
  return {
    missing: account.missing.map((id) => label(signals, id)),
    guards: account.guards.map((id) =>
      id === WATERMELON ? (account.watermelonReason ?? id) : label(model?.guards ?? [], id),
    ),
  };
}

/** From the signals that were read: what a dimension comes to is their mean by the share that they carry. */
function dimensionsOf(account: AccountView, settings: Settings): AccountPageView['dimensions'] {
  return (modelOf(account, settings)?.dimensions ?? []).map(({ id, label }) => {
    const own = account.signals.filter(({ dimension, share }) => dimension === id && share > 0);
    const share = own.reduce((sum, signal) => sum + signal.share, 0);
    if (share === 0) return { label, score: null };
    const cents = own.reduce((sum, signal) => sum + signal.share * (signal.score ?? 0), 0) / share;
    return { label, score: Math.round(cents / 100) };
  });
}

async function historyOf({ assessments }: StateStore, account: string): Promise<readonly HistoryPoint[]> {
  const entries = await assessments.history(account, MOST_HISTORY);
  return entries.toReversed().map(({ day, entry }) => {
    const { shown } = entry as { readonly shown: Omit<HistoryPoint, 'day'> };
    return { day: formatDay(day), score: shown.score, band: shown.band, tier: shown.tier };
  });
}

function isRunning({ ended, refused }: StoredEpisode): boolean {
  return ended === null && refused === null;
}

function runningOf(
  { id, playbook, seenOn, heldOut }: StoredEpisode,
  { playbooks }: Settings,
): RunningEpisode {
  const label = playbooks.find((one) => one.id === playbook)?.label ?? playbook;
  return { id, playbook, label, since: formatDay(seenOn), heldOut };
}

function decisionOf(entry: LedgerEntry): Decision {
  const { key, day, playbook, contact, step, channel, target, status, code, evidence, tryOn } = entry;
  return {
    key,
    day: formatDay(day),
    playbook,
    contact,
    step,
    channel,
    target,
    status,
    code,
    evidence,
    tryOn: tryOn === null ? null : formatDay(tryOn),
  };
}
