import type { Day } from '../domain/day.js';
import type { Playbook } from '../domain/engagement/playbook.js';
import { OUTCOME_FLOOR } from '../domain/insight/intervals.js';
import { type Lift, liftOf, type MeasuredEpisode, measurable } from '../domain/program/lift.js';
import type { StateStore } from '../ports/state-store.js';
import { PAGE } from './context.js';

/** What a playbook's hold-out says of it. */
export interface MeasuredLift extends Lift {
  /** Accounts whose first episode is still inside its goal window. */
  readonly stillOpen: Readonly<Record<'treated' | 'heldOut', number>>;
  /** Accounts that are needed in each arm, and that are lacking. */
  readonly floor: number;
  readonly lacking: Readonly<Record<'treated' | 'heldOut', number>>;
}

/** Lift of a playbook over all accounts that it was triggered for, by intention to treat. */
export async function measureLift(
  state: StateStore,
  playbook: Pick<Playbook, 'id'>,
  today: Day,
): Promise<MeasuredLift> {
  const episodes: MeasuredEpisode[] = [];
  for await (const page of state.episodes.list({ playbook: playbook.id, running: false }, PAGE))
    for (const { account, edge, heldOut, refused, goalOn, goalUntil } of page)
      episodes.push({ account, edge, heldOut, refused, goalOn, goalUntil });
  const over = measurable(episodes, today);
  const exposed = await exposedElsewhere(state, playbook.id, over);
  const lift = liftOf(
    over.map(({ account, heldOut, goalOn }) => {
      return { account, heldOut, goalReached: goalOn !== null, exposedElsewhere: exposed.has(account) };
    }),
  );
  const { treated, heldOut } = lift;
  return {
    ...lift,
    stillOpen: stillOpen(episodes, over),
    floor: OUTCOME_FLOOR,
    lacking: {
      treated: Math.max(0, OUTCOME_FLOOR - treated.n),
      heldOut: Math.max(0, OUTCOME_FLOOR - heldOut.n),
    },
  };
}

function stillOpen(
  all: readonly MeasuredEpisode[],
  over: readonly MeasuredEpisode[],
): MeasuredLift['stillOpen'] {
  const measured = new Set(over.map(({ account }) => account));
  const first = measurable(all, Infinity).filter(({ account }) => !measured.has(account));
  const heldOut = first.filter((episode) => episode.heldOut).length;
  return { treated: first.length - heldOut, heldOut };
}

/** Accounts in which another playbook did something after the edge and within the goal window. */
async function exposedElsewhere(
  { ledger }: StateStore,
  playbook: string,
  episodes: readonly MeasuredEpisode[],
): Promise<ReadonlySet<string>> {
  const exposed = new Set<string>();
  for (let from = 0; from < episodes.length; from += PAGE) {
    const windows = new Map(episodes.slice(from, from + PAGE).map((episode) => [episode.account, episode]));
    const since = Math.min(...[...windows.values()].map(({ edge }) => edge));
    const accounts = [...windows.keys()];
    for (const entry of await ledger.sentSince(since, { persons: [], contacts: [], accounts })) {
      const window = windows.get(entry.account);
      if (window === undefined || entry.playbook === playbook) continue;
      if (entry.day > window.edge && entry.day <= (window.goalUntil ?? window.edge))
        exposed.add(entry.account);
    }
  }
  return exposed;
}
