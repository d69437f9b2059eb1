import type { Day } from '../day.js';
import { type Act, isSent } from '../settle/act.js';
import { type Decision, decideStep } from '../settle/decide-step.js';
import type { Evidence } from '../settle/evidence.js';
import { CHANNELS, ONE_TOUCH } from './channel.js';
import type { RefusalCode } from './codes.js';
import type { PersonRule, Playbook } from './playbook.js';
import type { LeaveWish, StepWish } from './wish.js';
import type { EngagementQuestion, EngagementRules } from './wishes.js';

export interface ForecastQuestion {
  readonly question: EngagementQuestion;
  /** What was decided in its running episodes, and what was sent to its people lately. */
  readonly acts: readonly Act[];
  /** Days on which a person is touched through other accounts. */
  readonly elsewhere: (person: string) => readonly Day[];
}

export interface ForecastRules {
  readonly engagement: EngagementRules;
  /** Last day that is looked at. */
  readonly until: Day;
  /** Playbooks that time alone starts, each with the days on which a period of it begins; null = by countdown. */
  readonly timed: ReadonlyMap<string, ReadonlySet<Day> | null>;
  readonly playbooks: ReadonlyMap<string, Playbook>;
  readonly priorities: ReadonlyMap<string, number>;
  /** Group within which playbooks rest together, by playbook id. */
  readonly groups: ReadonlyMap<string, string>;
}

export interface PutOff {
  readonly day: Day;
  readonly cap: 'person' | 'account';
  readonly playbook: string;
}

/** An edge that time brings, and what comes of it. */
export interface ForeseenStart {
  readonly day: Day;
  readonly playbook: string;
  readonly outcome: 'begins' | 'held-out' | 'refused';
  readonly code: RefusalCode | null;
}

/** One account on its way through the coming days. */
export interface Walk {
  memory: EngagementQuestion['base'];
  readonly acts: Map<string, Act>;
  /** Keys that were decided here, with who does it. */
  readonly planned: Map<string, PersonRule>;
  readonly episodes: Set<string>;
  readonly putOff: PutOff[];
  readonly starts: ForeseenStart[];
}

export interface Going {
  readonly walk: Walk;
  readonly asked: ForecastQuestion;
  readonly rules: ForecastRules;
}

/** Somebody is taken out: touches that lie ahead do not come about. */
export function leave({ acts }: Walk, { episode, person }: LeaveWish, day: Day): void {
  for (const act of acts.values()) {
    const mine = act.episode === episode && (person === null || act.person === person);
    if (mine && isSent(act) && act.leftOn === null) acts.set(act.key, { ...act, leftOn: day });
  }
}

const CAP_CODES: Readonly<Record<string, PutOff['cap']>> = {
  recently_contacted: 'person',
  account_cap: 'account',
};

/** Decides a step as a run of that day would, and keeps in mind what came of it. */
export function decide(wish: StepWish, day: Day, going: Going): void {
  const playbook = going.rules.playbooks.get(wish.playbook);
  if (playbook === undefined) return;
  const decision = decideStep(wish, evidenceOn(day, wish, { ...going, playbook }));
  if (decision.verdict === 'drop') return;
  const { walk } = going;
  const act = actOf(wish, decision, day);
  walk.acts.set(act.key, act);
  if (decision.verdict === 'enrol') walk.planned.set(act.key, wish.step.task?.owner ?? wish.step.sender);
  const cap = act.status === 'deferred' ? CAP_CODES[act.code ?? ''] : undefined;
  if (cap !== undefined) walk.putOff.push({ day, cap, playbook: wish.playbook });
}

/** Everybody is taken to be reachable, and every sender to be there: what tools would say is not foreseen. */
function evidenceOn(
  day: Day,
  wish: StepWish,
  { walk, asked, rules, playbook }: Going & { readonly playbook: Playbook },
): Evidence {
  const { policy } = rules.engagement;
  const key = keyOf(wish);
  const acts = [...walk.acts.values()];
  const sent = acts.filter((act) => act.key !== key && isSent(act));
  const person = wish.person?.key ?? '';
  const reaches = CHANNELS[wish.step.channel].reaches;
  return {
    today: day,
    policy,
    playbook,
    priorities: rules.priorities,
    groups: rules.groups,
    persons: new Set([person]),
    inEpisode: acts.filter(({ episode }) => episode === wish.episode),
    toPerson: [...sent.filter((act) => act.person === person), touchedElsewhere(person, asked, rules.until)],
    toAccount: sent,
    consent: [],
    elsewhere: { optedOut: false, bounced: false, forgotten: false },
    otherMailOn: null,
    basis: true,
    touches: wish.step.touches ?? (reaches === 'owner' ? { count: 0, days: 1 } : ONE_TOUCH),
    paused: null,
    listed: true,
    clock: { day, minute: policy.calendar.hours?.from ?? 0 },
    sender: { address: 'somebody', used: 0, room: null },
  };
}

/** Touches count against the caps; it stands in nobody's way otherwise. */
function touchedElsewhere(person: string, { elsewhere }: ForecastQuestion, until: Day): Act {
  const touchDays = elsewhere(person);
  const nothing = {
    episode: '',
    step: '',
    contact: null,
    account: '',
    playbook: '',
    code: null,
    tryOn: null,
  };
  return {
    ...nothing,
    key: '',
    person,
    channel: 'hubspot-list',
    status: 'enrolled',
    touchDays,
    day: 0,
    leftOn: until + 1,
    leftBy: null,
    busyUntil: 0,
  };
}

function keyOf({ episode, step, person }: StepWish): string {
  return `${episode}/${step.id}/${person?.key ?? '-'}`;
}

const STATUS = { enrol: 'enrolled', refuse: 'refused', defer: 'deferred' } as const;

function actOf(wish: StepWish, decision: Exclude<Decision, { verdict: 'drop' }>, day: Day): Act {
  return {
    key: keyOf(wish),
    episode: wish.episode,
    step: wish.step.id,
    person: wish.person?.key ?? '-',
    contact: wish.person?.contactId ?? null,
    account: wish.account,
    playbook: wish.playbook,
    channel: wish.step.channel,
    status: STATUS[decision.verdict],
    code: decision.verdict === 'enrol' ? null : decision.reason.code,
    touchDays: decision.verdict === 'enrol' ? decision.touchDays : [],
    day,
    tryOn: decision.verdict === 'defer' ? decision.tryOn : null,
    leftOn: null,
    leftBy: null,
    busyUntil: wish.busyUntil,
  };
}
