import { type Day, formatDay } from '../domain/day.js';
import { CHANNELS, type ChannelId } from '../domain/engagement/channel.js';
import { type AccountForecast, type Foreseen, waitingFor } from '../domain/engagement/forecast.js';
import type { ForecastRules } from '../domain/engagement/foresee.js';
import type { PersonRule } from '../domain/engagement/playbook.js';
import type { StoredRow } from '../ports/state-store.js';
import type { Run } from './context.js';

export interface CalendarRow {
  readonly day: string;
  readonly playbook: string;
  readonly channel: ChannelId;
  readonly tier: string;
  /** Messages that reach somebody on this day. */
  readonly touches: number;
  /** Pieces of work for one of us that begin on it. */
  readonly tasks: number;
}

export interface CalendarPlaybook {
  readonly playbook: string;
  readonly label: string;
  readonly touches: number;
  readonly tasks: number;
  readonly persons: number;
  /** Edges that time brings: episodes that begin, that are held out, and those refused, by code. */
  readonly begins: number;
  readonly heldOut: number;
  readonly refused: Readonly<Record<string, number>>;
}

/** What is asked of more than it gives. */
export type Cap = 'person' | 'account' | 'sender' | 'pool';

/** What the calendar says of the whole book. */
export interface CalendarTotal {
  readonly accounts: number;
  /** By day, then playbook, channel and tier. */
  readonly days: readonly CalendarRow[];
  /** Those with anything to say, most touches first. */
  readonly playbooks: readonly CalendarPlaybook[];
  /** Touches and tasks that a cap makes wait on a day. `name`: the playbook (person, account), the sender, or the pool. */
  readonly putOff: readonly {
    readonly day: string;
    readonly cap: Cap;
    readonly name: string;
    readonly count: number;
  }[];
}

/** Counts forecasts; keeps nothing of an account but the days on which its people are touched. */
export interface Sheet {
  readonly rules: ForecastRules;
  readonly add: (account: StoredRow, tier: string, forecast: AccountForecast) => void;
  /** Days on which a person is touched through the accounts added so far. */
  readonly touchedOn: (person: string) => readonly Day[];
  readonly total: () => CalendarTotal;
}

interface Counters {
  readonly run: Run;
  readonly rules: ForecastRules;
  /** `day|playbook|channel|tier`. */
  readonly rows: Map<string, { touches: number; tasks: number }>;
  readonly starts: Map<
    string,
    { persons: number; begins: number; heldOut: number; refused: Record<string, number> }
  >;
  /** `day|cap|name`. */
  readonly putOff: Map<string, number>;
  readonly touched: Map<string, readonly Day[]>;
  /** What each sender and each pool is asked for: `cap|name`, by day. */
  readonly asked: Map<string, Map<Day, number>>;
  accounts: number;
}

export function openSheet(run: Run, rules: ForecastRules): Sheet {
  const maps = {
    rows: new Map(),
    starts: new Map(),
    putOff: new Map(),
    touched: new Map(),
    asked: new Map(),
  };
  const counters: Counters = { run, rules, ...maps, accounts: 0 };
  return {
    rules,
    touchedOn: (person) => counters.touched.get(person) ?? [],
    add: (account, tier, forecast) => {
      counters.accounts += 1;
      for (const foreseen of forecast.foreseen) addForeseen(counters, foreseen, { account, tier });
      for (const { day, cap, playbook } of forecast.putOff)
        more(counters.putOff, `${day}|${cap}|${playbook}`);
      addStarts(counters, forecast);
    },
    total: () => totalOf(counters),
  };
}

function more<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

interface Place {
  readonly account: StoredRow;
  readonly tier: string;
}

function addForeseen(counters: Counters, { act, touches, by }: Foreseen, { account, tier }: Place): void {
  const { rows, touched } = counters;
  const work = CHANNELS[act.channel].reaches === 'owner';
  for (const day of work ? [act.day] : touches) {
    const name = `${day}|${act.playbook}|${act.channel}|${tier}`;
    const row = rows.get(name) ?? { touches: 0, tasks: 0 };
    rows.set(name, work ? { ...row, tasks: row.tasks + 1 } : { ...row, touches: row.touches + 1 });
  }
  if (!work) touched.set(act.person, [...(touched.get(act.person) ?? []), ...touches]);
  const asked = by === null ? null : askedOf(counters.run, by, { account, work });
  if (asked === null) return;
  const days = counters.asked.get(asked) ?? new Map<Day, number>();
  more(days, act.day);
  counters.asked.set(asked, days);
}

/** Whose day it takes, as `cap|name`: the sender's of a message, the pool's of work; null where neither is known. */
function askedOf(
  { settings, digest }: Run,
  by: PersonRule,
  { account, work }: { readonly account: StoredRow; readonly work: boolean },
): string | null {
  if (by.kind === 'pool') {
    if (work) return `pool|${by.pool}`;
    const members = settings.engagement.pools.find(({ id }) => id === by.pool)?.members ?? [];
    const turn = Number.parseInt(digest.content(account.id).slice(0, 8), 16) % Math.max(1, members.length);
    return members[turn] === undefined ? null : `sender|${members[turn]}`;
  }
  if (work) return null;
  const { ownerId, ownerEmail, csmId, csmEmail } = account.values;
  const owner = ownerEmail ?? ownerId ?? null;
  const sender = by.kind === 'csm' ? (csmEmail ?? csmId ?? owner) : owner;
  return sender === null ? null : `sender|${String(sender).toLowerCase()}`;
}

function addStarts({ starts }: Counters, forecast: AccountForecast): void {
  const lineOf = (playbook: string) => {
    const line = starts.get(playbook) ?? { persons: 0, begins: 0, heldOut: 0, refused: {} };
    starts.set(playbook, line);
    return line;
  };
  const people = new Map(
    forecast.foreseen.flatMap(({ act }) =>
      act.person === '-' ? [] : [[`${act.playbook}|${act.person}`, act.playbook] as const],
    ),
  );
  for (const playbook of people.values()) lineOf(playbook).persons += 1;
  for (const { playbook, outcome, code } of forecast.starts) {
    const line = lineOf(playbook);
    if (outcome === 'begins') line.begins += 1;
    else if (outcome === 'held-out') line.heldOut += 1;
    else line.refused[code ?? ''] = (line.refused[code ?? ''] ?? 0) + 1;
  }
}

function totalOf(counters: Counters): CalendarTotal {
  const days = [...counters.rows].sort(byDayThenName).map(([name, counts]): CalendarRow => {
    const [day = '', playbook = '', channel = '', tier = ''] = name.split('|');
    return { day: formatDay(Number(day)), playbook, channel: channel as ChannelId, tier, ...counts };
  });
  return {
    accounts: counters.accounts,
    days,
    playbooks: playbooksOf(counters, days),
    putOff: putOffOf(counters),
  };
}

function byDayThenName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
}

function playbooksOf({ run, starts }: Counters, days: readonly CalendarRow[]): readonly CalendarPlaybook[] {
  const byPlaybook = Map.groupBy(days, ({ playbook }) => playbook);
  const sum = (rows: readonly CalendarRow[], of: 'touches' | 'tasks'): number =>
    rows.reduce((total, row) => total + row[of], 0);
  return [...new Set([...byPlaybook.keys(), ...starts.keys()])]
    .map((playbook) => {
      const rows = byPlaybook.get(playbook) ?? [];
      const label = run.settings.playbooks.find(({ id }) => id === playbook)?.label ?? playbook;
      const line = starts.get(playbook) ?? { persons: 0, begins: 0, heldOut: 0, refused: {} };
      return { playbook, label, touches: sum(rows, 'touches'), tasks: sum(rows, 'tasks'), ...line };
    })
    .sort((a, b) => b.touches - a.touches || b.tasks - a.tasks || (a.playbook < b.playbook ? -1 : 1));
}

/** Caps of persons and accounts as they were met; senders and pools by what their days are asked for in all. */
function putOffOf({ run, rules, putOff, asked }: Counters): CalendarTotal['putOff'] {
  const { calendar, caps, pools } = run.settings.engagement;
  const all = new Map(putOff);
  for (const [name, days] of asked) {
    const [cap, id] = name.split('|');
    const pool = pools.find((one) => one.id === id);
    const perDay = cap === 'pool' ? (pool?.members.length ?? 0) * (pool?.perDay ?? 0) : caps.senderPerDay;
    const range = { calendar, from: run.today, until: rules.until };
    for (const [day, count] of waitingFor(days, perDay, range)) all.set(`${day}|${name}`, count);
  }
  return [...all].sort(byDayThenName).map(([key, count]) => {
    const [day = '', cap = '', name = ''] = key.split('|');
    return { day: formatDay(Number(day)), cap: cap as Cap, name, count };
  });
}
