import { type Day, formatDay } from '../domain/day.js';
import type { StandingTally } from '../ports/standing-store.js';
import type { NoteStore, StateStore } from '../ports/state-store.js';
import { notedFirstLook } from './rules.js';

/** How the whole book stood at the end of the last run of a day. */
export interface OverviewDay {
  /** `YYYY-MM-DD`, the org's local day. */
  readonly day: string;
  readonly accounts: number;
  /** Accounts by band, and by tier. */
  readonly bands: Readonly<Record<string, number>>;
  readonly tiers: Readonly<Record<string, number>>;
  /** Mean of the scores, one decimal; null where no account has one. */
  readonly score: number | null;
  /** Mean share of the model that could be seen, in whole percent. */
  readonly coverage: number;
  /** Accounts that came into the band `risk` on this day, without those first assessed on it. */
  readonly newlyAtRisk: number;
}

type Month = Readonly<Record<string, OverviewDay>>;

/** A note holds a month: few notes to read for a trend, and none that grows. */
function noteOf(day: string): string {
  return `overview:${day.slice(0, 7)}`;
}

interface Counting {
  readonly state: Pick<StateStore, 'notes' | 'standings' | 'rows'>;
  readonly today: Day;
}

/** Notes how the book stands after this run: people look at it often, and it is counted once. */
export async function noteOverview({ state, today }: Counting): Promise<void> {
  const day = formatDay(today);
  const month = ((await state.notes.get(noteOf(day))) ?? {}) as Month;
  const counted = {
    day,
    ...countsOf(await state.standings.tally()),
    newlyAtRisk: await cameToRisk(state, today),
  };
  await state.notes.set(noteOf(day), { ...month, [day]: counted });
}

/** Before the second day nobody has changed: everybody is seen for the first time. */
async function cameToRisk({ notes, standings }: Counting['state'], today: Day): Promise<number> {
  const first = await notedFirstLook(notes);
  if (first === null || first >= today) return 0;
  return standings.count({ search: null, tier: null, band: 'risk', bandSince: today });
}

function countsOf(lines: readonly StandingTally[]) {
  const sum = (of: (line: StandingTally) => number): number => lines.reduce((all, line) => all + of(line), 0);
  const [accounts, scored] = [sum((line) => line.accounts), sum((line) => line.scored)];
  return {
    accounts,
    bands: by(lines, ({ band }) => band),
    tiers: by(lines, ({ tier }) => tier),
    score: scored === 0 ? null : Math.round((sum(({ scores }) => scores) / scored) * 10) / 10,
    coverage: accounts === 0 ? 0 : Math.round(sum(({ coverage }) => coverage) / accounts),
  };
}

function by(lines: readonly StandingTally[], of: (line: StandingTally) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of lines) counts[of(line)] = (counts[of(line)] ?? 0) + line.accounts;
  return counts;
}

/** The noted days from `from` to `to`, oldest first; days without a run are left out. */
export async function overviewDays(
  notes: NoteStore,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<readonly OverviewDay[]> {
  const names = new Set<string>();
  for (let day = from; day <= to; day += 1) names.add(noteOf(formatDay(day)));
  const days: OverviewDay[] = [];
  for (const name of names) days.push(...Object.values(((await notes.get(name)) ?? {}) as Month));
  const [first, last] = [formatDay(from), formatDay(to)];
  return days.filter(({ day }) => day >= first && day <= last).sort((a, b) => (a.day < b.day ? -1 : 1));
}
