import { formatDay } from '../domain/day.js';
import type { ChannelId } from '../domain/engagement/channel.js';
import { type Looking, lookAtState } from '../sync/account-today.js';
import { lastLook } from '../sync/last-look.js';
import { rulesChanged } from '../sync/rules.js';

/** What everything that is told of the stored book rests on. */
export interface Basis {
  readonly run: string;
  /** `YYYY-MM-DD`, the org's local day: the last one of which anything is known. */
  readonly day: string;
  /** Days since, by the clock. */
  readonly daysAgo: number;
  /** A newer run that has not come through the book, running or broken off; null without one. */
  readonly unfinished: { readonly run: string; readonly day: string; readonly status: string } | null;
  /** What scores and tiers are worked out by is no longer what it was in that run. */
  readonly configChanged: boolean;
}

/** What the book rests on as it is stored. Throws before the first run came to its end. */
export async function basisOfBook(tools: Looking, connected: ReadonlySet<ChannelId>): Promise<Basis> {
  const { run, lastRun, knownUntil } = await lookAtState(tools, connected);
  const { unfinished } = await lastLook(tools.state);
  const today = run.dayOf(tools.clock.now());
  return {
    run: lastRun.id,
    day: formatDay(knownUntil),
    daysAgo: Math.max(0, today - knownUntil),
    unfinished: unfinished && {
      run: unfinished.id,
      day: formatDay(unfinished.day),
      status: unfinished.status,
    },
    configChanged: await rulesChanged(run),
  };
}
