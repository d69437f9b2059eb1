import type { Org } from '../org.js';
import { optedOutSince } from '../store/base-rows.js';
import { isoTime } from '../store/record.js';
import { amend, type Changes, moveState } from './amend.js';

/** States in which a prospect is not through with its sequence. */
const UNFINISHED: readonly string[] = ['active', 'paused', 'failed', 'bounced', 'pending', 'disabled'];

export function isUnfinished(state: unknown): boolean {
  return UNFINISHED.includes(String(state));
}

/** The prospect opts out of everything and with that leaves all its sequences. */
export function optOut(org: Org, prospectId: number, at: number): void {
  amend(org.prospects, prospectId, optedOutSince(isoTime(at)), at);
  leaveAll(org, prospectId, at);
}

export function leaveAll(org: Org, prospectId: number, at: number): void {
  for (const state of org.states.ofProspect(prospectId)) {
    if (isUnfinished(state.attributes.state)) moveState(org, state.id, 'opted_out', { at });
  }
}

/** What a written opt-out or opt-in does to the other attributes that tell of it. */
export function optChanges(written: Changes, at: number): Changes {
  const { optedOut, emailOptedOut, emailsOptStatus } = written;
  const out = optedOut === true || emailOptedOut === true || emailsOptStatus === 'opted_out';
  if (out) return optedOutSince(isoTime(at));
  const back = optedOut === false || emailOptedOut === false || emailsOptStatus === 'opted_in';
  if (!back) return {};
  const emailsOptStatusNow = emailsOptStatus === 'opted_in' ? 'opted_in' : null;
  return {
    optedOut: false,
    optedOutAt: null,
    emailOptedOut: false,
    callOptedOut: false,
    emailsOptStatus: emailsOptStatusNow,
    emailsOptedAt: emailsOptStatusNow === null ? null : isoTime(at),
  };
}
