import { type OutreachError, validation } from '../errors.js';
import type { Org } from '../org.js';
import { emailsOf } from '../store/prospects.js';
import { type ApiRecord, isoTime } from '../store/record.js';
import { isUnfinished } from './opt-out.js';
import { settle } from './settle.js';

/** Ids of the three that an adding brings together. */
interface Ids {
  readonly prospect: number;
  readonly sequence: number;
  readonly mailbox: number;
}

interface Parties {
  readonly prospect: ApiRecord;
  readonly sequence: ApiRecord;
  readonly mailbox: ApiRecord;
  readonly ruleset: ApiRecord | null;
}

/** Puts a prospect into a sequence; where the throttles have no room it waits as pending. */
export function addToSequence(org: Org, adding: Ids): ApiRecord {
  const parties = partiesOf(org, adding);
  const reason = refusalOf(org, parties);
  if (reason !== null) throw refused(reason);
  const at = Math.floor(org.clock.now());
  const iso = isoTime(at);
  const added = org.states.write({
    id: org.states.newId(),
    attributes: { state: 'pending', stateChangedAt: iso, createdAt: iso, updatedAt: iso },
    related: {
      prospect: adding.prospect,
      sequence: adding.sequence,
      mailbox: adding.mailbox,
      account: parties.prospect.related.account ?? null,
      user: parties.mailbox.related.user ?? null,
      creator: org.userId,
    },
  });
  const { prospect, sequence, mailbox } = adding;
  org.states.noteAdding({ prospectId: prospect, sequenceId: sequence, mailboxId: mailbox, at });
  settle(org);
  return org.states.byId(added.id) ?? added;
}

function partiesOf(org: Org, { prospect, sequence, mailbox }: Ids): Parties {
  const found = {
    prospect: org.prospects.byId(prospect),
    sequence: org.sequences.byId(sequence),
    mailbox: org.mailboxes.byId(mailbox),
  };
  if (found.prospect === null) throw unknown('prospect');
  if (found.sequence === null) throw unknown('sequence');
  if (found.mailbox === null) throw unknown('mailbox');
  const { prospect: one, sequence: where, mailbox: from } = found;
  const ruleset = org.rulesets.byId(where.related.ruleset ?? 0);
  return { prospect: one, sequence: where, mailbox: from, ruleset };
}

function unknown(relation: 'prospect' | 'sequence' | 'mailbox'): OutreachError {
  const name = relation.charAt(0).toUpperCase() + relation.slice(1);
  return validation(`${name} must exist.`, { source: { pointer: `/data/relationships/${relation}` } });
}

/** Who the refusal is about, and what is wrong with it: together they make Outreach's sentence. */
interface Reason {
  readonly who: 'Prospect' | 'Sequence' | 'Mailbox' | 'User';
  readonly what: string;
}

function refusalOf(org: Org, parties: Parties): Reason | null {
  return sequenceReason(org, parties) ?? senderReason(org, parties) ?? prospectReason(org, parties);
}

function sequenceReason(org: Org, { sequence }: Parties): Reason | null {
  const { enabled, sequenceType, maxActivations } = sequence.attributes;
  if (enabled !== true) return { who: 'Sequence', what: 'is not enabled' };
  if (sequenceType !== 'date' || typeof maxActivations !== 'number') return null;
  const members = org.states.addings().filter((one) => one.sequenceId === sequence.id).length;
  return members >= maxActivations ? { who: 'Sequence', what: 'has reached its maximum activations' } : null;
}

function senderReason(org: Org, { mailbox }: Parties): Reason | null {
  const user = org.users.byId(mailbox.related.user ?? 0);
  if (user?.attributes.locked === true) return { who: 'User', what: 'is locked' };
  return mailbox.attributes.sendDisabled === true ? { who: 'Mailbox', what: 'has sending disabled' } : null;
}

function prospectReason(org: Org, parties: Parties): Reason | null {
  const { prospect, sequence } = parties;
  const about = (what: string): Reason => ({ who: 'Prospect', what });
  if (emailsOf(prospect).length === 0) return about('has no email address');
  const outed = prospect.attributes.optedOut === true || prospect.attributes.emailsOptStatus === 'opted_out';
  if (outed && sequence.attributes.transactional !== true) return about('is opted out of emails');
  const states = org.states.ofProspect(prospect.id);
  const here = states.filter(({ related }) => related.sequence === sequence.id);
  const duplicates = parties.ruleset?.attributes.permitDuplicateProspects;
  if (here.length > 0 && duplicates === 'disallow') return about('has already been in this sequence');
  const active = here.some(({ attributes }) => isUnfinished(attributes.state));
  if (active && duplicates !== 'allow') return about('is already active in this sequence');
  const elsewhere = states.filter(
    (one) => one.related.sequence !== sequence.id && isUnfinished(one.attributes.state),
  );
  return elsewhere.some((one) => excludes(org, parties, one))
    ? about('is active in another exclusive sequence')
    : null;
}

/** Whether being active there keeps the prospect out of here. */
function excludes(org: Org, { ruleset }: Parties, elsewhere: ApiRecord): boolean {
  const there = org.sequences.byId(elsewhere.related.sequence ?? 0);
  const rules = [ruleset, org.rulesets.byId(there?.related.ruleset ?? 0)];
  const kinds = rules.map((one) => one?.attributes.sequenceExclusivity ?? 'none');
  return kinds.includes('all_sequences') || kinds.every((kind) => kind === 'exclusive_sequences');
}

/** The words are known for what was in the sequence before and for the exclusive one; the others are ASSUMPTIONS. */
function refused({ who, what }: Reason): OutreachError {
  return validation(`${who} ${what}.`, { code: what, source: { pointer: '/data' } });
}
