import type { Org } from '../org.js';
import { type ApiRecord, isoTime, textOf } from '../store/record.js';
import type { Lane } from '../store/states.js';
import { amend, countUp, moveState } from './amend.js';

const DAY_MS = 86_400_000;

/**
 * What Outreach does by itself meanwhile: pending prospects begin where the throttles have room, waiting
 * mails go out. Done before each request, so that nothing has to run between them.
 */
export function settle(org: Org): void {
  beginPending(org);
  for (const mailing of org.mailings.scheduled()) {
    if (Date.parse(textOf(mailing, 'scheduledAt')) <= org.clock.now()) deliver(org, mailing.id);
  }
}

/** First come, first served: who finds a lane full need not be asked for the others behind. */
function beginPending(org: Org): void {
  const full = new Set<string>();
  for (const state of org.states.pending()) {
    const lane = laneOf(state);
    const key = `${lane.sequenceId}/${lane.userId}`;
    if (full.has(key)) continue;
    if (hasRoom(org, lane)) activate(org, state);
    else full.add(key);
  }
}

function hasRoom(org: Org, lane: Lane): boolean {
  const sequence = org.sequences.byId(lane.sequenceId);
  if (
    sequence === null ||
    sequence.attributes.enabled !== true ||
    sequence.attributes.throttlePaused === true
  ) {
    return false;
  }
  const { throttleMaxAddsPerDay: mostAdds, throttleCapacity: capacity } = sequence.attributes;
  const since = org.clock.now() - DAY_MS;
  if (typeof mostAdds === 'number' && org.states.activationsSince(lane, since) >= mostAdds) return false;
  return typeof capacity !== 'number' || activeIn(org, lane) < capacity;
}

function activeIn(org: Org, { sequenceId, userId }: Lane): number {
  const mine = ({ related }: ApiRecord): boolean =>
    related.sequence === sequenceId && related.user === userId;
  return [...org.states.scan(0)].filter((one) => one.attributes.state === 'active' && mine(one)).length;
}

function laneOf(state: ApiRecord): Lane {
  return { sequenceId: state.related.sequence ?? 0, userId: state.related.user ?? 0 };
}

/** The prospect is on the first step: its mail goes out, today if the mailbox may still send. */
function activate(org: Org, state: ApiRecord): void {
  const at = org.clock.now();
  moveState(org, state.id, 'active', { at, changes: { activeAt: isoTime(at) } });
  amend(org.sequences, state.related.sequence, { lastUsedAt: isoTime(at) }, at);
  org.states.noteActivation(laneOf(state), at);
  deliver(org, schedule(org, state).id);
}

/** The first mail of a sequence. Later steps send nothing by themselves. */
export function schedule(org: Org, state: ApiRecord): ApiRecord {
  const at = isoTime(org.clock.now());
  const { mailbox, prospect, sequence, user } = state.related;
  const sender = org.mailboxes.byId(mailbox ?? 0);
  return org.mailings.write({
    id: org.mailings.newId(),
    attributes: {
      state: 'scheduled',
      mailboxAddress: sender === null ? null : textOf(sender, 'email'),
      subject: `Step 1 of sequence ${sequence}`,
      scheduledAt: at,
      stateChangedAt: at,
      createdAt: at,
      updatedAt: at,
    },
    related: {
      mailbox: mailbox ?? null,
      prospect: prospect ?? null,
      sequence: sequence ?? null,
      sequenceState: state.id,
      user: user ?? null,
    },
  });
}

/** Puts the mail off to the next day when the mailbox has sent enough, or while the sequence state rests. */
function deliver(org: Org, mailingId: number): void {
  const mailing = org.mailings.byId(mailingId);
  const state = org.states.byId(mailing?.related.sequenceState ?? 0);
  const mailbox = org.mailboxes.byId(mailing?.related.mailbox ?? 0);
  if (state?.attributes.state !== 'active' || mailbox === null) return;
  const now = org.clock.now();
  const most = mailbox.attributes.maxMailingsPerDay ?? 500;
  if (org.mailings.sentOn(mailbox.id, isoTime(now).slice(0, 10)) < Number(most)) {
    deliverNow(org, mailingId);
    return;
  }
  const tomorrow = Math.floor(now / DAY_MS + 1) * DAY_MS;
  amend(org.mailings, mailingId, { scheduledAt: isoTime(tomorrow) }, now);
}

/** The mail arrives, whatever the limits say; a new touch point starts the prospect's counts anew. */
export function deliverNow(org: Org, mailingId: number): void {
  const at = org.clock.now();
  const iso = isoTime(at);
  const mailing = amend(
    org.mailings,
    mailingId,
    { state: 'delivered', deliveredAt: iso, stateChangedAt: iso },
    at,
  );
  const state = org.states.byId(mailing?.related.sequenceState ?? 0);
  if (mailing === null || state === null) return;
  countUp(org, state, 'deliverCount', at);
  amend(org.mailboxes, mailing.related.mailbox, { sendSuccessAt: iso }, at);
  const counts = { openCount: 0, clickCount: 0, replyCount: 0 };
  const prospect = org.prospects.byId(mailing.related.prospect ?? 0);
  if (prospect !== null) amend(org.prospects, prospect.id, { ...counts, touchedAt: iso }, at);
}
