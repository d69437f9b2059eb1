import type { FeedStatus } from '../../ports/change-feed.js';
import type { EngineParts } from '../engine-parts.js';
import { every } from '../every.js';
import { feedPosition, openBatch, refreshJob } from './batch.js';
import { type Collector, startCollector } from './collector.js';
import { type FeedLease, feedLease } from './feed-lease.js';
import { noteFeedStatus } from './feed-note.js';

/** Changes of one org on their way to the accounts they concern. */
export interface Following {
  readonly stop: () => Promise<void>;
  readonly status: () => FeedStatus;
}

const OFF: FeedStatus = {
  state: 'off',
  sentence: 'Nobody follows changes as they happen; they come with the regular runs.',
  lastHeardAt: null,
};

const LOOK_MS = 5_000;

/**
 * Follows the changes of the org, where this engine is the one that does: hints are gathered, kept in the state, and
 * read by `refresh` jobs. Which objects are followed is looked up again and again, as the configuration may change.
 */
export function followChanges(parts: EngineParts): Following {
  let status = OFF;
  let saved: FeedStatus | null = null;
  let open: Open | null = null;
  let lease: FeedLease | null = null;
  const close = async (): Promise<void> => {
    const closing = open;
    open = null;
    await closing?.stop();
  };
  const look = async (): Promise<void> => {
    const { crm, settings } = await parts.tools();
    const { on, objects } = settings.service.feed;
    const wanted = on && parts.feed !== null ? objects.join(' ') : '';
    lease ??= feedLease(parts, (await crm.org()).id);
    const mine = wanted !== '' && (await lease.hold());
    if (open !== null && (!mine || open.objects !== wanted)) await close();
    if (mine && open === null) {
      open = await begin(parts, objects, (told) => {
        status = told;
      });
    }
    if (open === null) status = OFF;
    if (mine && isNews(saved, status)) {
      saved = status;
      await noteFeedStatus(parts.state.notes, status);
    }
  };
  const rhythm = every({ name: 'change feed', everyMs: LOOK_MS, work: look }, parts.log);
  return {
    status: () => status,
    stop: async () => {
      await rhythm.stop();
      await close();
      await lease?.release();
    },
  };
}

/** Heard of every so often is no news; heard of after a minute is. */
const TOLD_EVERY_MS = 60_000;

function isNews(before: FeedStatus | null, now: FeedStatus): boolean {
  if (before === null || before.state !== now.state || before.sentence !== now.sentence) return true;
  return (now.lastHeardAt ?? 0) - (before.lastHeardAt ?? 0) >= TOLD_EVERY_MS;
}

interface Open {
  /** Names of the objects, as one text. */
  readonly objects: string;
  readonly stop: () => Promise<void>;
}

async function begin(
  parts: EngineParts,
  objects: readonly string[],
  status: (status: FeedStatus) => void,
): Promise<Open | null> {
  const { feed, state, queue, clock, log, newRunId, realNow } = parts;
  if (feed === null) return null;
  // Left by an engine that was killed.
  const left = await openBatch(state.notes);
  if (left !== null) await queue.add(refreshJob(left, realNow(), 0));
  let count = 0;
  const newId = (): string => {
    count += 1;
    return `${newRunId()}-change-${count}`;
  };
  const collector = startCollector({ notes: state.notes, queue, clock, log, realNow, newId });
  const position = await feedPosition(state.notes);
  const following = await feed.follow(objects, position, {
    hint: async (hint) => collector.add(hint),
    status,
  });
  return { objects: objects.join(' '), stop: () => stopBoth(following, collector) };
}

async function stopBoth(
  following: { readonly stop: () => Promise<void> },
  collector: Collector,
): Promise<void> {
  await following.stop();
  await collector.stop();
}
