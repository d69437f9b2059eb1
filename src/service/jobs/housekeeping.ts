import { dayOfZone } from '../../domain/day.js';
import type { PrunedKind } from '../../ports/keeping-store.js';
import type { RetentionSettings } from '../../ports/settings.js';
import { notedOrg } from '../../sync/own-state.js';
import { COMPACTION_DUE } from '../compaction.js';
import type { EngineParts } from '../engine-parts.js';

/** Rows of a kind that one transaction takes out: short enough for whoever waits to write. */
const PAGE = 1_000;
const DAY_MS = 86_400_000;

const KEPT_FOR: Readonly<Record<PrunedKind, keyof RetentionSettings>> = {
  history: 'history',
  episodes: 'episodes',
  decisions: 'decisions',
  engagement: 'engagement',
  tasks: 'tasks',
  deadLetters: 'deadLetters',
  runs: 'runs',
};

export type HousekeepingParts = Pick<EngineParts, 'org' | 'state' | 'store' | 'clock' | 'log' | 'realNow'>;

/** What was taken out, by kind; kinds of which nothing was old are absent. */
export type Pruned = Readonly<Record<string, number>>;

/**
 * Takes out what is older than the settings keep, page by page, so that nobody waits long; what a stop leaves
 * is taken the next time. Gives room back when much was taken.
 */
export async function keepHouse(
  parts: HousekeepingParts,
  retention: RetentionSettings,
  signal: AbortSignal,
): Promise<Pruned> {
  const { state, store, clock, log } = parts;
  const today = dayOfZone((await notedOrg(state, parts.org)).timeZone)(clock.now());
  const pruned: Record<string, number> = {};
  for (const [kind, setting] of Object.entries(KEPT_FOR) as readonly [
    PrunedKind,
    keyof RetentionSettings,
  ][]) {
    const before = today - retention[setting];
    pruned[kind] = await allOf(() => state.keeping.prune(kind, before, PAGE), signal);
  }
  const since = (days: number): number => parts.realNow() - days * DAY_MS;
  pruned.audit = await store.audit.prune(since(retention.audit));
  pruned.deliveries = await store.deliveries.prune(since(retention.deliveries));
  pruned.sessions = await store.sessions.prune(parts.realNow());
  const found = Object.fromEntries(Object.entries(pruned).filter(([, count]) => count > 0));
  const total = Object.values(found).reduce((sum, count) => sum + count, 0);
  if (total >= PAGE || (await state.notes.get(COMPACTION_DUE)) !== null) {
    await state.keeping.compact();
    await state.notes.remove(COMPACTION_DUE);
  }
  log.info('Housekeeping', { ...found });
  return found;
}

async function allOf(page: () => Promise<number>, signal: AbortSignal): Promise<number> {
  let total = 0;
  for (;;) {
    signal.throwIfAborted();
    const taken = await page();
    total += taken;
    if (taken < PAGE) return total;
  }
}
