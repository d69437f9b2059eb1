import type { Instant } from '../../../domain/day.js';
import type { ConsentReading, PersonToMatch } from '../../../ports/marketing.js';
import { type Bounces, mendedSince } from './bounces.js';
import type { ProspectAnswer } from './schema.js';
import { hasBounced, isRunning, type StatesByProspect } from './states.js';

export interface Read {
  /** Those that carry the person's address. */
  readonly prospects: readonly ProspectAnswer[];
  readonly states: StatesByProspect;
  readonly bounces: Bounces;
  readonly readAt: Instant;
}

/** Nobody knows the person: then nothing speaks against mailing either. */
function unknownPerson({ person }: PersonToMatch, readAt: Instant): ConsentReading {
  return {
    person,
    recordId: null,
    optedOut: false,
    bounced: false,
    inSequence: false,
    // Outreach has no marketing contacts and sends no marketing mail.
    marketable: null,
    lastMailedAt: null,
    ambiguous: false,
    readAt,
  };
}

export function unreadPerson(person: PersonToMatch, readAt: Instant): ConsentReading {
  return { ...unknownPerson(person, readAt), optedOut: null, bounced: null, inSequence: null };
}

/** Several prospects: what one of them says against mailing counts for all. */
export function consentReading(person: PersonToMatch, read: Read): ConsentReading {
  const { prospects, states, readAt } = read;
  const [first, ...others] = prospects;
  if (first === undefined) return unknownPerson(person, readAt);
  return {
    ...unknownPerson(person, readAt),
    recordId: others.length === 0 ? first.id : null,
    optedOut: anyOf(prospects.map(optedOut)),
    bounced: prospects.some(({ id }) => bounced(read, id)),
    inSequence: prospects.some(({ id }) => (states.get(id) ?? []).some(isRunning)),
    ambiguous: others.length > 0,
  };
}

function bounced({ states, bounces }: Read, id: string): boolean {
  const theirs = states.get(id) ?? [];
  const at = bounces.get(id);
  return hasBounced(theirs) || (at !== undefined && !mendedSince(at, theirs));
}

/** Accounts with granular opt-out answer one flag for each channel, others one for all; each may be absent. */
function optedOut({ attributes }: ProspectAnswer): boolean | null {
  const { optedOut: all, emailOptedOut: mail, emailsOptStatus: status } = attributes;
  if (all === true || mail === true || status === 'opted_out') return true;
  return all === undefined && mail === undefined && status === undefined ? null : false;
}

/** One yes decides; without one, one unknown leaves it unknown. */
function anyOf(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}
