import { seeded } from '../../seeded.js';

export interface Sequence {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly folderId: string | null;
  readonly userId: string;
  readonly steps: readonly SequenceStep[];
  readonly eligibleFollowUpDays: 'BUSINESS_DAYS' | 'EVERYDAY' | 'WEEKDAYS_ONLY';
}

export interface SequenceStep {
  readonly actionType: 'EMAIL' | 'TASK' | 'FINISH_ENROLLMENT';
  /** Days since the step before. */
  readonly afterDays: number;
}

export interface Enrolment {
  readonly id: string;
  readonly contactId: string;
  readonly sequenceId: string;
  readonly toEmail: string;
  readonly enrolledAt: number;
  readonly enrolledBy: string;
  readonly enrolledByEmail: string;
}

export interface SequenceStore {
  readonly all: () => readonly Sequence[];
  readonly find: (id: string) => Sequence | null;
  /** The enrolment that runs now, or null. */
  readonly running: (contactId: string) => Enrolment | null;
  readonly enrol: (enrolment: Omit<Enrolment, 'id'>) => Enrolment;
  /** The contact left its sequence: a reply, a meeting, or its end. */
  readonly finish: (contactId: string) => void;
  /** Every enrolment that a call made, in order; ended ones too, those at the start not. */
  readonly made: () => readonly Enrolment[];
  /** Enrolments from this inbox at or after `since`. */
  readonly enrolledFrom: (inbox: string, since: number) => number;
}

export const SEQUENCE_NAMES = [
  'Getting started',
  'Support follow-up',
  'Renewal check-in',
  'Webinar invitation',
];

/** A mail, a task for the sender, a second mail, and the end; one of them on working days only. */
const STEPS: readonly SequenceStep[] = [
  { actionType: 'EMAIL', afterDays: 0 },
  { actionType: 'TASK', afterDays: 1 },
  { actionType: 'EMAIL', afterDays: 2 },
  { actionType: 'FINISH_ENROLLMENT', afterDays: 3 },
];
const ON_WORKING_DAYS = 'Renewal check-in';

export interface SequenceStart {
  readonly seed: number;
  readonly openedAt: number;
  readonly ownerUserId: string;
  /** Who was in a sequence before anybody called us. */
  readonly atStart: (contactId: string) => Enrolment | null;
}

export function sequenceIds(seed: number): readonly string[] {
  const first = seeded(seed ^ 0x5e9).whole(200_000_000, 400_000_000, 1);
  return SEQUENCE_NAMES.map((_, index) => String(first + index * 7));
}

function theSequences(start: SequenceStart): readonly Sequence[] {
  const day = 86_400_000;
  return sequenceIds(start.seed).map(
    (id, index): Sequence => ({
      id,
      name: SEQUENCE_NAMES[index] ?? '',
      createdAt: start.openedAt - 400 * day,
      updatedAt: start.openedAt - 40 * day,
      folderId: null,
      userId: start.ownerUserId,
      steps: STEPS,
      eligibleFollowUpDays: SEQUENCE_NAMES[index] === ON_WORKING_DAYS ? 'BUSINESS_DAYS' : 'EVERYDAY',
    }),
  );
}

export function startSequences(start: SequenceStart): SequenceStore {
  const sequences = theSequences(start);
  const written = new Map<string, Enrolment | null>();
  const byInbox = new Map<string, number[]>();
  const made: Enrolment[] = [];
  let lastId = seeded(start.seed ^ 0xe1).whole(1_000_000_000, 2_000_000_000, 1);
  return {
    all: () => sequences,
    find: (id) => sequences.find((sequence) => sequence.id === id) ?? null,
    running: (contactId) => {
      const known = written.get(contactId);
      return known === undefined ? start.atStart(contactId) : known;
    },
    enrol: (enrolment) => {
      lastId += 1;
      const stored = { ...enrolment, id: String(lastId) };
      written.set(stored.contactId, stored);
      made.push(stored);
      byInbox.set(stored.enrolledByEmail, [
        ...(byInbox.get(stored.enrolledByEmail) ?? []),
        stored.enrolledAt,
      ]);
      return stored;
    },
    finish: (contactId) => {
      written.set(contactId, null);
    },
    made: () => made,
    enrolledFrom: (inbox, since) => (byInbox.get(inbox) ?? []).filter((at) => at >= since).length,
  };
}
