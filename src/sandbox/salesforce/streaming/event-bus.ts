import { seeded } from '../../seeded.js';
import type { Commit } from '../store/commits.js';
import type { Org } from '../store/org.js';
import { asGap, asOverflow, type ChangeEvent, eventsOf } from './change-events.js';
import type { Selection } from './selection.js';

export interface RetainedEvent extends ChangeEvent {
  readonly replayId: number;
}

/** Change events as the org keeps them: opaque, growing replay ids with holes between them, for three days. */
export interface EventBus {
  /** Retained events after a replay id, in order. */
  readonly after: (replayId: number) => readonly RetainedEvent[];
  readonly isKnown: (replayId: number) => boolean;
  readonly latest: () => number;
  /** Calls whenever something was published; what is returned ends it. */
  readonly watch: (listener: () => void) => () => void;
  readonly published: () => number;
  /** Lets go of everything kept, as after three days. */
  readonly forget: () => void;
  readonly settings: BusSettings;
}

/** What the switches change. */
export interface BusSettings {
  /** Milliseconds of real time from a commit to its events. */
  delayMs: number;
  /** So many of the next transactions are told as gap events. */
  gaps: number;
  /** So many of the next transactions are told as too large. */
  overflows: number;
}

const DAY = 24 * 60 * 60 * 1000;
const RETENTION = 3 * DAY;
/** Memory is ours: the platform itself keeps every event of three days. */
const MOST_KEPT = 50_000;
const USUAL_DELAY_MS = 300;

export function startEventBus(org: Org, selection: Selection): EventBus {
  const settings: BusSettings = { delayMs: USUAL_DELAY_MS, gaps: 0, overflows: 0 };
  const listeners = new Set<() => void>();
  const chance = seeded(org.seed);
  let kept: { readonly event: RetainedEvent; readonly at: number }[] = [];
  let lastId = chance.whole(1_000, 900_000, 1);
  let published = 0;
  const publish = (events: readonly ChangeEvent[]): void => {
    const at = org.clock.now();
    for (const event of events) {
      published += 1;
      lastId += chance.whole(1, 4, published);
      kept.push({ event: { ...event, replayId: lastId }, at });
    }
    if (kept.length > 2 * MOST_KEPT) kept = kept.slice(-MOST_KEPT);
    for (const listener of [...listeners]) listener();
  };
  const retained = () => {
    const since = org.clock.now() - RETENTION;
    if (kept.some(({ at }) => at < since)) kept = kept.filter(({ at }) => at >= since);
    return kept;
  };
  let commits = 0;
  org.commits.follow((commit) => {
    commits += 1;
    const events = told(org, selection, { commit, settings, commitNumber: commits });
    if (events.length > 0) later(settings.delayMs, () => publish(events));
  });
  return {
    settings,
    after: (replayId) => retained().flatMap(({ event }) => (event.replayId > replayId ? [event] : [])),
    isKnown: (replayId) => retained().some(({ event }) => event.replayId === replayId),
    latest: () => lastId,
    watch: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    published: () => published,
    forget: () => {
      kept = [];
    },
  };
}

interface Telling {
  readonly commit: Commit;
  readonly settings: BusSettings;
  readonly commitNumber: number;
}

function told(
  org: Org,
  selection: Selection,
  { commit, settings, commitNumber }: Telling,
): readonly ChangeEvent[] {
  const selected = (object: string) => {
    const known = org.schema.find(object);
    return known !== null && selection.has(known.name) ? known : null;
  };
  const events = eventsOf(commit, { selected, commitNumber, now: Math.floor(org.clock.now()) });
  if (events.length === 0) return [];
  if (settings.overflows > 0) {
    settings.overflows -= 1;
    return asOverflow(events);
  }
  if (settings.gaps === 0) return events;
  settings.gaps -= 1;
  return events.map(asGap);
}

/** In order, whatever the delay is: timers of one length fire in the order in which they were set. */
function later(ms: number, publish: () => void): void {
  if (ms === 0) publish();
  else setTimeout(publish, ms).unref();
}
