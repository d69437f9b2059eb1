import type { Instant } from '../../domain/day.js';
import type { AlertSettings } from '../../ports/settings.js';
import type { NoteStore } from '../../ports/state-store.js';
import type { EngineParts } from '../engine-parts.js';
import { enginesSeen } from '../engines.js';
import { movesSince, standingAtRisk } from './at-risk.js';
import { type AlertState, decide, NO_ALERTS } from './decide.js';
import { findingsOf } from './findings.js';
import { post } from './outbox.js';
import type { Heard } from './signs.js';

/** Between two looks. */
export const ALERTS_EVERY_MS = 30_000;

const NOTE = 'alerts';

/** What alerts remember from look to look. */
interface Kept extends AlertState {
  readonly lookingSince: Instant;
  /** How far the history of scores was read. */
  readonly position: number;
}

export type AlertParts = Pick<
  EngineParts,
  'org' | 'state' | 'queue' | 'messengers' | 'log' | 'publicUrl' | 'realNow' | 'holder'
>;

const RUNS_LOOKED_AT = 20;

const LEASE = 'alerts';
/** Longer than every messenger may take. */
const LEASE_MS = 120_000;

/**
 * Looks at the org, tells people what is new, and remembers what was told. One engine at a time looks; the
 * others find nothing to do. Returns how many messages were made.
 */
export async function checkAlerts(parts: AlertParts, heard: Heard, settings: AlertSettings): Promise<number> {
  const { leases } = parts.state;
  const taken = await leases.take(LEASE, parts.holder, parts.realNow(), LEASE_MS);
  if (taken === null) return 0;
  try {
    return await look(parts, heard, settings);
  } finally {
    await leases.release(LEASE, parts.holder, taken.fence);
  }
}

async function look(parts: AlertParts, heard: Heard, settings: AlertSettings): Promise<number> {
  const { state, queue, org, publicUrl } = parts;
  const now = parts.realNow();
  const before = await keptAlerts(parts, now);
  const { moves, position } = await movesSince(state.assessments, before.position);
  const signs = {
    ...heard,
    now,
    lookingSince: before.lookingSince,
    runs: (await state.runs.list(RUNS_LOOKED_AT)).filter(({ apply }) => apply),
    engines: await enginesSeen(state.notes),
    queue: await queue.counts(),
    deadLetters: await state.deadLetters.count(),
    atRisk: await standingAtRisk(state.assessments, moves),
  };
  const sender = { org, publicUrl };
  const { messages, state: after } = decide(findingsOf(signs, settings), before, { settings, sender, now });
  const kept: Kept = { ...after, lookingSince: before.lookingSince, position };
  // Noted first: a message that is told twice after a crash is worse than one that is only in the log.
  if (JSON.stringify(kept) !== JSON.stringify(before)) await state.notes.set(NOTE, kept);
  for (const { subject } of messages) parts.log.info('Alert', { subject });
  await post({ notes: state.notes, messengers: parts.messengers, log: parts.log, now }, messages);
  return messages.length;
}

/** What waits for the digest; taken out of the state, so that it is told once. */
export async function takeForDigest(notes: NoteStore): Promise<readonly string[]> {
  const kept = (await notes.get(NOTE)) as Kept | null;
  if (kept === null || kept.forDigest.length === 0) return [];
  await notes.set(NOTE, { ...kept, forDigest: [] } satisfies Kept);
  return kept.forDigest;
}

/** What lasts as of the last look, for the console: told or not. */
export async function openAlerts(
  notes: NoteStore,
): Promise<readonly { readonly kind: string; readonly sentence: string; readonly since: Instant }[]> {
  const kept = (await notes.get(NOTE)) as Kept | null;
  return Object.values(kept?.known ?? {})
    .filter(({ over, goneAt }) => over !== null && goneAt === null)
    .map(({ kind, sentence, since }) => ({ kind, sentence, since }));
}

/** A service that looks for the first time has seen all that is there already. */
async function keptAlerts({ state }: AlertParts, now: Instant): Promise<Kept> {
  const kept = (await state.notes.get(NOTE)) as Kept | null;
  if (kept !== null) return kept;
  const first: Kept = { ...NO_ALERTS, lookingSince: now, position: await state.assessments.historyEnd() };
  await state.notes.set(NOTE, first);
  return first;
}
