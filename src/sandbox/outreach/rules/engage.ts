import { notFound } from '../errors.js';
import type { Org } from '../org.js';
import { type ApiRecord, isoTime, numberOf, textOf } from '../store/record.js';
import { amend, type Changes, countUp, moveState } from './amend.js';
import { isUnfinished, optOut } from './opt-out.js';
import { deliverNow, schedule } from './settle.js';

export const ENGAGEMENTS = ['opened', 'clicked', 'replied', 'bounced', 'unsubscribed', 'finished'] as const;
export type Engagement = (typeof ENGAGEMENTS)[number];

export interface Engaged {
  readonly prospectId: number;
  readonly sequenceStateId: number;
  readonly mailingId: number | null;
  readonly state: string;
  readonly kind: Engagement;
  readonly at: string;
}

/** What the prospect does with the latest mail of its latest sequence, and what follows from it. */
export function engage(org: Org, prospectId: number, kind: Engagement): Engaged {
  const at = Math.floor(org.clock.now());
  const states = org.states.ofProspect(prospectId);
  const state = states.findLast((one) => isUnfinished(one.attributes.state)) ?? states.at(-1);
  if (state === undefined || !canHappen(kind, state)) {
    throw notFound('sequenceState', `of prospect ${prospectId}`);
  }
  const mailing = kind === 'finished' ? null : latestMailing(org, state);
  if (mailing !== null) noteOnMailing(org, mailing, { kind, at });
  FOLLOWS[kind](org, state, at);
  return {
    prospectId,
    sequenceStateId: state.id,
    mailingId: mailing?.id ?? null,
    state: textOf(org.states.byId(state.id) ?? state, 'state'),
    kind,
    at: isoTime(at),
  };
}

/** Who waits was sent nothing yet, and who is through cannot finish once more. */
function canHappen(kind: Engagement, { attributes }: ApiRecord): boolean {
  return attributes.state !== 'pending' && (kind !== 'finished' || isUnfinished(attributes.state));
}

/** A mail that still waits arrives first; those who were in a sequence from the start get theirs now. */
function latestMailing(org: Org, state: ApiRecord): ApiRecord {
  const mailing = org.mailings.ofState(state.id).at(-1) ?? schedule(org, state);
  if (textOf(mailing, 'deliveredAt') === '') deliverNow(org, mailing.id);
  return org.mailings.byId(mailing.id) ?? mailing;
}

interface Event {
  readonly kind: Engagement;
  readonly at: number;
}

function noteOnMailing(org: Org, mailing: ApiRecord, { kind, at }: Event): void {
  const iso = isoTime(at);
  const changes: Readonly<Partial<Record<Engagement, Changes>>> = {
    opened: { openedAt: iso, openCount: numberOf(mailing, 'openCount') + 1, ...further(mailing, 'opened') },
    clicked: {
      clickedAt: iso,
      clickCount: numberOf(mailing, 'clickCount') + 1,
      ...further(mailing, 'opened'),
    },
    replied: { repliedAt: iso, ...further(mailing, 'replied') },
    bounced: { bouncedAt: iso, ...further(mailing, 'bounced') },
    unsubscribed: { unsubscribedAt: iso },
  };
  const changed = changes[kind] ?? {};
  const moved = 'state' in changed && changed.state !== mailing.attributes.state;
  amend(org.mailings, mailing.id, moved ? { ...changed, stateChangedAt: iso } : changed, at);
}

/** A mail that was replied to does not go back to opened. */
function further(mailing: ApiRecord, state: 'opened' | 'replied' | 'bounced'): Changes {
  const settled = mailing.attributes.state === 'replied' || mailing.attributes.state === 'bounced';
  return settled && state === 'opened' ? {} : { state };
}

const FOLLOWS: Readonly<Record<Engagement, (org: Org, state: ApiRecord, at: number) => void>> = {
  opened: (org, state, at) => show(org, state, { name: 'openCount', at }),
  clicked: (org, state, at) => show(org, state, { name: 'clickCount', at }),
  replied: (org, state, at) => {
    show(org, state, { name: 'replyCount', at });
    amend(org.states, state.id, { repliedAt: isoTime(at) }, at);
    afterReply(org, state, at);
  },
  bounced: (org, state, at) => {
    countUp(org, state, 'bounceCount', at);
    if (isUnfinished(state.attributes.state)) {
      moveState(org, state.id, 'bounced', { at, changes: { errorReason: 'bounced' } });
    }
  },
  unsubscribed: (org, state, at) => {
    countUp(org, state, 'optOutCount', at);
    optOut(org, state.related.prospect ?? 0, at);
  },
  finished: (org, state, at) => moveState(org, state.id, 'finished', { at }),
};

/** The counts of the sequence state, its sequence and the prospect, and when it engaged. */
function show(
  org: Org,
  state: ApiRecord,
  { name, at }: { readonly name: string; readonly at: number },
): void {
  countUp(org, state, name, at);
  const prospect = org.prospects.byId(state.related.prospect ?? 0);
  if (prospect === null) return;
  const engagedScore = numberOf(prospect, 'engagedScore') + 1;
  const count = numberOf(prospect, name) + 1;
  amend(org.prospects, prospect.id, { [name]: count, engagedScore, engagedAt: isoTime(at) }, at);
}

function afterReply(org: Org, state: ApiRecord, at: number): void {
  const current = org.states.byId(state.id)?.attributes.state;
  if (current !== 'active' && current !== 'paused') return;
  const action = org.sequences.byId(state.related.sequence ?? 0)?.attributes.primaryReplyAction;
  if (action === 'finish') moveState(org, state.id, 'finished', { at });
  if (action === 'pause') moveState(org, state.id, 'paused', { at, changes: { pauseReason: 'replied' } });
}
