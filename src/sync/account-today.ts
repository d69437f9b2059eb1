import type { AccountState, AssessmentRules } from '../domain/assess-account.js';
import { type Day, dayOfZone } from '../domain/day.js';
import { CHANNEL_IDS, type ChannelId } from '../domain/engagement/channel.js';
import { journeyOf } from '../domain/engagement/journey.js';
import { personsOf } from '../domain/engagement/person.js';
import { standingFacts } from '../domain/engagement/standing.js';
import type { EngagementQuestion } from '../domain/engagement/wishes.js';
import { deriveFacts } from '../domain/facts/derive.js';
import type { OwnKind } from '../domain/facts/record.js';
import type { Crm } from '../ports/crm.js';
import type { Channel } from '../ports/marketing.js';
import type { AccountBundle, RunRecord, StateStore } from '../ports/state-store.js';
import { NO_CALLS, PAGE, type Pieces, type Run, type Tools, WHOLE_RUN } from './context.js';
import { everyKind } from './every-kind.js';
import { lastLook } from './last-look.js';
import { notedOrg } from './own-state.js';
import { notedRates } from './rates.js';
import type { StoredResult } from './stored-result.js';
import { NO_READINGS } from './take-readings.js';

/** What a look at the state needs: no connection to anybody. */
export type Looking = Pick<Tools, 'state' | 'settings' | 'clock' | 'log' | 'digest' | 'progress'>;

export interface LookingAt {
  /** Nothing can be written through it, and nobody be asked. */
  readonly run: Run;
  /** The run that the state rests on: the last one that came through the whole book. */
  readonly lastRun: RunRecord;
  /** The last day of which anything is known: that of the last run, whatever the clock says since. */
  readonly knownUntil: Day;
}

/**
 * The state as the last look at the book left it: its today is `knownUntil`, so that nothing is told of days that
 * nobody has read. `connected` = channels whose steps would be taken. Throws before the first run came to its end.
 */
export async function lookAtState(tools: Looking, connected: ReadonlySet<ChannelId>): Promise<LookingAt> {
  const { lastRun } = await lastLook(tools.state);
  const knownUntil = lastRun.day;
  const org = await notedOrg(tools.state, lastRun.org);
  const dayOf = dayOfZone(org.timeZone);
  const channels = CHANNEL_IDS.filter((id) => connected.has(id)).map(
    (id) => [id, nobodyAs<Channel>()] as const,
  );
  const run: Run = {
    ...tools,
    ...NO_RUN,
    state: readOnly(tools.state),
    crm: nobodyAs<Crm>(),
    channels: new Map(channels),
    org,
    rates: await notedRates(tools.state),
    today: knownUntil,
    dayOf,
  };
  return { run, lastRun, knownUntil };
}

/** The same as a run of today would find it: for what is still to come. */
export async function lookAhead(tools: Looking, connected: ReadonlySet<ChannelId>): Promise<LookingAt> {
  const { run, ...looked } = await lookAtState(tools, connected);
  const today = Math.max(run.dayOf(tools.clock.now()), looked.knownUntil);
  return { ...looked, run: { ...run, today } };
}

/** What only a run that does something needs. */
export const NO_RUN = {
  id: '',
  absent: new Set<string>(),
  records: new Set(),
  unread: new Set<OwnKind>(),
  apply: false,
  callsBefore: NO_CALLS,
  parts: WHOLE_RUN,
  trace: '',
  sizes: { accounts: PAGE, items: PAGE },
  signal: new AbortController().signal,
  checkpoint: async () => {},
  pieces: nobodyAs<Pieces>(),
  marketing: [],
  responses: async function* () {},
  readings: NO_READINGS,
} satisfies Partial<Run>;

/** Whoever is asked all the same is a mistake of ours. */
function nobodyAs<T extends object>(): T {
  const asked = (): never => {
    throw new Error('The state alone is read here: nobody is asked.');
  };
  return new Proxy({} as T, { get: () => asked });
}

/** The same state with notes that take nothing: to look at what a run would do. */
export function readOnly(state: StateStore): StateStore {
  return { ...state, notes: { get: state.notes.get, set: async () => {}, remove: async () => {} } };
}

/** One account as its playbooks see it today. */
export interface AccountToday {
  readonly bundle: AccountBundle;
  readonly question: EngagementQuestion;
}

/** Every account that was assessed, in pages: today's facts, beside what the last assessment said. */
export async function* accountsToday(
  run: Run,
  rules: AssessmentRules,
): AsyncGenerator<readonly AccountToday[]> {
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  for await (const page of pages) {
    yield page.flatMap((bundle) => accountToday(run, bundle, rules));
  }
}

function accountToday(run: Run, bundle: AccountBundle, rules: AssessmentRules): readonly AccountToday[] {
  const { account, assessed } = bundle;
  if (assessed === null) return [];
  const { health, phase, stage } = assessed.result as StoredResult;
  const state = assessed.state as AccountState;
  const rows = everyKind(bundle.rows, run);
  const facts = deriveFacts({ account, rows }, rules.basis);
  const tier = state.tier.tier;
  const journey = journeyOf(
    { log: state.moments, phase, onboardedOn: state.onboardedOn },
    { facts, tier, plan: rules.moments, today: run.today },
  );
  const says = {
    health,
    healthState: state.health,
    tier: state.tier,
    locked: lockOf(run, bundle),
    phase,
    stage,
  };
  const { dates } = rules.engagement.policy;
  const standing = standingFacts({ ...says, ...journey, dates }, facts, run.today);
  const question: EngagementQuestion = {
    facts: { ...facts, ...standing },
    persons: personsOf(bundle.rows.contact ?? [], rules.personHash),
    moments: journey.moments,
    rows,
    base: state.playbooks,
    dropped: [],
    earlierToday: null,
    account: account.id,
    tier,
    phase: journey.phase,
    band: health.band,
    coverage: Math.round(health.coverage * 100),
    armOnly: false,
    unseen: false,
  };
  return [{ bundle, question }];
}

function lockOf({ settings }: Run, { account }: AccountBundle): boolean | null {
  const { tierLockField } = settings.crm;
  const held = tierLockField === null ? null : (account.held?.[tierLockField] ?? null);
  return typeof held === 'boolean' ? held : null;
}
