import type { FeedStatus } from '../../ports/change-feed.js';
import type { EngineParts } from '../engine-parts.js';
import { every, type Rhythm } from '../every.js';
import { feedPosition, openBatch, refreshJob } from './batch.js';
import { type Collector, startCollector } from './collector.js';
import { type FeedLease, feedLease } from './feed-lease.js';
import { noteFeedStatus } from './feed-note.js';

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
export function followChanges(parts: EngineParts): Rhythm {
  const follower: Follower = { status: OFF, noted: null, open: null, lease: null };
  const work = () => look(parts, follower);
  const rhythm = every({ name: 'change feed', everyMs: LOOK_MS, work }, parts.log);
  return {
    stop: async () => {
      await rhythm.stop();
      if (follower.open === null) return;
      await close(follower);
      await note(parts, follower);
      await follower.lease?.release();
    },
  };
}

interface Follower {
  status: FeedStatus;
  /** The status as it stands in the state. */
  noted: FeedStatus | null;
  open: Open | null;
  lease: FeedLease | null;
}

async function look(parts: EngineParts, follower: Follower): Promise<void> {
  const { crm, settings } = await parts.tools();
  const { on, objects } = settings.service.feed;
  const wanted = on && parts.feed !== null ? objects.join(' ') : '';
  follower.lease ??= feedLease(parts, (await crm.org()).id);
  const mine = wanted !== '' && (await follower.lease.hold());
  if (follower.open !== null && (!mine || follower.open.objects !== wanted)) await close(follower);
  if (mine && follower.open === null) {
    follower.open = await begin(parts, objects, (status) => {
      follower.status = status;
    });
  }
  // An engine that only waits for its turn leaves the word to the one that follows.
  if (mine || wanted === '') await note(parts, follower);
}

async function close(follower: Follower): Promise<void> {
  const { open } = follower;
  follower.open = null;
  await open?.stop();
  follower.status = OFF;
}

async function note({ state }: EngineParts, follower: Follower): Promise<void> {
  if (!isNews(follower.noted, follower.status)) return;
  follower.noted = follower.status;
  await noteFeedStatus(state.notes, follower.status);
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
