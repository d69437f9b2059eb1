import { formatDay } from '../../domain/day.js';
import type { ChannelId } from '../../domain/engagement/channel.js';
import type { Playbook } from '../../domain/engagement/playbook.js';
import type { StoredEpisode } from '../../ports/state-store.js';
import { PAGE } from '../../sync/context.js';
import { type ListedPlaybook, listPlaybooks } from '../../sync/playbook-list.js';
import type { Desk } from '../desk.js';
import { absent } from '../refusal.js';

export interface CodeCount {
  readonly code: string;
  /** Closed for good, and put off to another day. */
  readonly refused: number;
  readonly deferred: number;
}

export interface PlaybookLine extends ListedPlaybook {
  /** Enrolments and tasks that were not made in the last seven days, most frequent first. */
  readonly refusals: readonly CodeCount[];
}

export interface PlaybookView extends PlaybookLine {
  readonly steps: readonly {
    readonly id: string;
    readonly day: number;
    readonly channel: ChannelId;
    readonly target: string;
  }[];
  /** Episodes that run, latest first, at most 50. */
  readonly episodes: readonly EpisodeLine[];
}

export interface EpisodeLine {
  readonly id: string;
  readonly account: string;
  /** Day 1 of the steps. */
  readonly edge: string;
  readonly heldOut: boolean;
  readonly goalOn: string | null;
}

export async function playbookLines(desk: Desk): Promise<readonly PlaybookLine[]> {
  const listed = await listPlaybooks({ state: desk.state, settings: desk.settings() });
  const refusals = await refusalsOfWeek(desk);
  return listed.map((playbook) => ({ ...playbook, refusals: refusals.get(playbook.id) ?? [] }));
}

export async function playbookView(desk: Desk, id: string): Promise<PlaybookView> {
  const playbook = requirePlaybook(desk, id);
  const line = (await playbookLines(desk)).find((one) => one.id === id);
  if (line === undefined) throw unknown(id);
  const steps = playbook.steps.map(({ id: step, day, channel, target }) => ({
    id: step,
    day,
    channel,
    target,
  }));
  return { ...line, steps, episodes: await latestEpisodes(desk, id) };
}

/** Throws what to do where there is none. */
export function requirePlaybook({ settings }: Pick<Desk, 'settings'>, id: string): Playbook {
  const found = settings().playbooks.find((playbook) => playbook.id === id);
  if (found === undefined) throw unknown(id);
  return found;
}

const DAYS = 7;
const DAY_MS = 86_400_000;

/** Refusals of the last days, by playbook. A day here is a whole day of UTC, which is near enough for a week. */
async function refusalsOfWeek({ state, clock }: Desk): Promise<ReadonlyMap<string, readonly CodeCount[]>> {
  const today = Math.floor(clock.now() / DAY_MS);
  const byPlaybook = new Map<string, Map<string, CodeCount>>();
  for (let day = today - DAYS + 1; day <= today + 1; day += 1)
    for (const { playbook, code, status, count } of await state.ledger.refusalsOn(day)) {
      const codes = byPlaybook.get(playbook) ?? new Map<string, CodeCount>();
      const before = codes.get(code) ?? { code, refused: 0, deferred: 0 };
      byPlaybook.set(playbook, codes.set(code, { ...before, [status]: before[status] + count }));
    }
  return new Map([...byPlaybook].map(([playbook, codes]) => [playbook, [...codes.values()].sort(mostFirst)]));
}

function mostFirst(a: CodeCount, b: CodeCount): number {
  return b.refused + b.deferred - (a.refused + a.deferred) || (a.code < b.code ? -1 : 1);
}

const SHOWN = 50;

async function latestEpisodes({ state }: Desk, playbook: string): Promise<readonly EpisodeLine[]> {
  let latest: StoredEpisode[] = [];
  for await (const page of state.episodes.list({ playbook, running: true }, PAGE))
    latest = [...latest, ...page].sort((a, b) => b.edge - a.edge).slice(0, SHOWN);
  return latest.map(({ id, account, edge, heldOut, goalOn }) => ({
    id,
    account,
    edge: formatDay(edge),
    heldOut,
    goalOn: goalOn === null ? null : formatDay(goalOn),
  }));
}

function unknown(id: string) {
  return absent({
    code: 'UNKNOWN_PLAYBOOK',
    message: `There is no playbook ${JSON.stringify(id)}.`,
    action: 'See the list of playbooks for those that there are; each is a file in config/playbooks/.',
    operation: 'look at a playbook',
  });
}
