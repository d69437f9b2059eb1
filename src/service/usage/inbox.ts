import type { Clock } from '../../ports/clock.js';
import { IntegrationError } from '../../ports/errors.js';
import type { ServiceStore, UsageReading } from '../../ports/service-store.js';

type Usage = ServiceStore['usage'];
type Told = Awaited<ReturnType<Usage['add']>>;

export interface InboxLimits {
  /** Readings that may wait to become rows; above it no more are taken. */
  readonly waiting: number;
  /** Readings in hand that are not stored yet. */
  readonly inHand: number;
}

export const USUAL_INBOX: InboxLimits = { waiting: 500_000, inHand: 50_000 };

/** Readings of one transaction. */
const MOST_AT_ONCE = 5_000;
/** Posts that arrive within this time are stored together. */
const GATHER_MS = 10;
/** How often it is looked at how many wait. */
const COUNT_MS = 2_000;

interface Post {
  readonly readings: readonly UsageReading[];
  readonly stored: (told: Told) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * The same inbox, in which posts that arrive together are stored in one transaction: as many a second as come, at
 * some fifty commits. Each resolves once its own readings are durable. Refuses more, to be sent again later, while
 * more wait than `limits` allow: what was taken is never dropped.
 */
export function gatheredUsage(
  usage: Usage,
  clock: Pick<Clock, 'now' | 'sleep'>,
  limits: InboxLimits = USUAL_INBOX,
): Usage {
  const posts: Post[] = [];
  const fill = fillOf(usage, clock);
  let inHand = 0;
  let storing = false;
  const storeAll = async (): Promise<void> => {
    if (storing) return;
    storing = true;
    while (posts.length > 0) {
      await clock.sleep(GATHER_MS);
      const group = takeGroup(posts);
      await storeGroup(usage, group);
      inHand -= sizeOf(group);
    }
    storing = false;
  };
  const add = async (readings: readonly UsageReading[]): Promise<Told> => {
    if ((await fill()) >= limits.waiting || inHand + readings.length > limits.inHand) throw full();
    inHand += readings.length;
    const told = new Promise<Told>((stored, failed) => posts.push({ readings, stored, failed }));
    void storeAll();
    return told;
  };
  return { ...usage, add };
}

/** How many wait, as counted last. */
function fillOf(usage: Usage, clock: Pick<Clock, 'now'>): () => Promise<number> {
  let countedAt = Number.NEGATIVE_INFINITY;
  let count = Promise.resolve(0);
  return () => {
    if (clock.now() - countedAt >= COUNT_MS) {
      countedAt = clock.now();
      count = usage.count();
    }
    return count;
  };
}

function takeGroup(posts: Post[]): readonly Post[] {
  let readings = 0;
  const tooMany = posts.findIndex((post) => {
    readings += post.readings.length;
    return readings > MOST_AT_ONCE;
  });
  return posts.splice(0, tooMany < 0 ? posts.length : Math.max(1, tooMany));
}

/** When the group can't be stored, each post is tried alone: one that is refused takes no other with it. */
async function storeGroup(usage: Usage, group: readonly Post[]): Promise<void> {
  try {
    const told = await usage.add(group.flatMap(({ readings }) => readings));
    let at = 0;
    for (const { readings, stored } of group) {
      stored(told.slice(at, at + readings.length));
      at += readings.length;
    }
  } catch (error) {
    const [only, second] = group;
    if (only === undefined) return;
    if (second === undefined) only.failed(error);
    else for (const post of group) await storeGroup(usage, [post]);
  }
}

function sizeOf(group: readonly Post[]): number {
  return group.reduce((sum, { readings }) => sum + readings.length, 0);
}

const RETRY_MS = 30_000;

function full(): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'USAGE_INBOX_FULL',
    message: 'More usage readings wait than can be taken in at the moment; none of these was stored.',
    actions: [
      'Send the same readings again after the time in Retry-After.',
      'If it lasts, look whether runs end well: they empty the inbox.',
    ],
    retryable: true,
    retryAfterMs: RETRY_MS,
    provider: 'service',
    operation: 'take usage in',
  });
}
