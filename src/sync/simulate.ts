import { type AccountAssessment, type AssessmentRules, assessAccount } from '../domain/assess-account.js';
import { formatDay } from '../domain/day.js';
import type { ChannelId } from '../domain/engagement/channel.js';
import type { Playbook } from '../domain/engagement/playbook.js';
import type { EngagementRules } from '../domain/engagement/wishes.js';
import { differences } from '../domain/settle/difference.js';
import type { WriteForecast } from '../ports/crm.js';
import type { Settings } from '../ports/settings.js';
import type { AccountBundle } from '../ports/state-store.js';
import { type Looking, lookAtState } from './account-today.js';
import { losersOf, questionOf } from './assess-bundle.js';
import { PAGE, type Run } from './context.js';
import { assessmentRules } from './rules.js';
import { openTally, type Simulated, type Standing, type Tally } from './simulated.js';
import { asIfNew, asOfToday } from './tried-playbook.js';

/** What `simulate` ends in: how the book stands, and how it would under other settings, on the same day. */
export interface Simulation extends Simulated {
  readonly basedOn: { readonly run: string; readonly day: string };
  /** Account records that the next run would change, and what that costs. */
  readonly records: { readonly before: number; readonly after: number };
  readonly calls: { readonly before: WriteForecast; readonly after: WriteForecast };
}

interface Asked {
  readonly connected: ReadonlySet<ChannelId>;
  readonly other: Settings;
  readonly forecast: (rows: number) => WriteForecast;
  /** At most about so many accounts, evenly over the book; null = all of them. */
  readonly sample: number | null;
  /** Stops it between two pages. */
  readonly signal: AbortSignal;
}

/**
 * Assesses the stored book once more as on the day of the last run, under its own settings and under others, and
 * counts the difference. Nothing is written, and nobody is asked. Throws before the first run.
 */
export async function simulate(tools: Looking, asked: Asked): Promise<Simulation> {
  const { connected, other, forecast } = asked;
  const { run: own, lastRun } = await lookAtState(tools, connected);
  const sides = { before: await sideOf(own), after: await sideOf({ ...own, settings: other }) };
  const tally = openTally();
  const records = { before: 0, after: 0 };
  const pages = own.state.assessments.bundles({ which: 'all', day: own.today, after: null }, PAGE);
  const chosen = await everySo(own, asked.sample);
  for await (const all of pages) {
    asked.signal.throwIfAborted();
    const page = all.filter(({ assessed }) => assessed !== null && chosen());
    const losers = await losersOf(own, page);
    for (const bundle of page) {
      const before = lookedAt(sides.before, bundle, losers);
      const after = lookedAt(sides.after, bundle, losers);
      count(tally, { bundle, before, after });
      if (before.differs) records.before += 1;
      if (after.differs) records.after += 1;
    }
  }
  return {
    basedOn: { run: lastRun.id, day: formatDay(lastRun.day) },
    ...tally.result(),
    records,
    calls: { before: forecast(records.before), after: forecast(records.after) },
  };
}

/** True for every so many-th account: a sample that is the same each time. */
async function everySo({ state }: Run, sample: number | null): Promise<() => boolean> {
  const step = sample === null ? 1 : Math.max(1, Math.ceil((await state.assessments.count()) / sample));
  let place = -1;
  return () => {
    place += 1;
    return place % step === 0;
  };
}

/** One of the two worlds that are compared. */
interface Side {
  readonly run: Run;
  readonly rules: AssessmentRules;
  /** Its playbooks, as if what holds today had just begun. */
  readonly trial: EngagementRules;
}

async function sideOf(run: Run): Promise<Side> {
  const rules = await assessmentRules(run);
  const playbooks: readonly Playbook[] = rules.engagement.playbooks.map(asOfToday);
  return { run, rules, trial: asIfNew({ ...rules.engagement, playbooks }) };
}

interface LookedAt {
  readonly result: AccountAssessment;
  /** The record would be changed. */
  readonly differs: boolean;
  /** Playbooks whose condition holds, by id. */
  readonly holds: readonly string[];
  /** Playbooks of which a step falls due on this day, once for each person. */
  readonly due: readonly string[];
}

function lookedAt(
  { run, rules, trial }: Side,
  bundle: AccountBundle,
  losers: Parameters<typeof questionOf>[2],
): LookedAt {
  const question = questionOf(run, bundle, losers);
  const result = assessAccount(question, rules);
  const tried = assessAccount(
    { ...question, base: question.base && { ...question.base, playbooks: {} } },
    {
      ...rules,
      engagement: trial,
    },
  );
  return {
    result,
    differs: differences(result.written, bundle.account.held ?? {}, run.settings.crm.write).length > 0,
    holds: tried.engagement.episodes
      .filter(({ refused }) => refused === null)
      .map(({ playbook }) => playbook),
    due: result.engagement.wishes.flatMap((wish) => (wish.kind === 'step' ? [wish.playbook] : [])),
  };
}

interface Pair {
  readonly bundle: AccountBundle;
  readonly before: LookedAt;
  readonly after: LookedAt;
}

function count(tally: Tally, { bundle, before, after }: Pair): void {
  const standing = ({ result: { health, state } }: LookedAt): Standing => ({
    score: health.shownScore,
    band: health.band,
    tier: state.tier.waitingFor ?? state.tier.tier,
  });
  tally.add({
    account: bundle.account.id,
    name: String(bundle.account.values.name ?? ''),
    before: standing(before),
    after: standing(after),
    holds: [before.holds, after.holds],
    due: [before.due, after.due],
  });
}
