import type { Day } from '../day.js';
import { CHANNELS } from './channel.js';
import type { RefusalReason } from './codes.js';
import type { Episode } from './episode.js';
import { choosePersons, type Person } from './person.js';
import type { Playbook, PlaybookStep, TaskWords } from './playbook.js';
import { type DueStep, lastDayOf, type Schedule, stepsOf } from './schedule.js';
import type { Subject } from './subjects.js';
import type { LeaveWish, StepOfWish, StepWish, Wish } from './wish.js';

/** A running or ended episode with its place in time: what its wishes are made of. */
export interface Within {
  /** Account-state reasons that hold today: asked at a person's first step. */
  readonly entry: readonly RefusalReason[];
  readonly playbook: Playbook;
  readonly subject: Subject;
  readonly account: string;
  readonly episode: Episode;
  readonly schedule: Schedule;
  readonly today: Day;
}

/** Days in which what has just ended is still asked for, so that a day without a run loses nothing. */
export const ECHO_DAYS = 7;

/** Days in which somebody who is to be out is looked for in the channels: longer than anything stays unmended. */
export const LEAVE_ECHO_DAYS = 45;

/** Every step whose day has come and has not run out, for whom it is meant. */
export function stepWishes(within: Within): readonly StepWish[] {
  const { schedule, today } = within;
  // Beyond the last day, too: what is still open then is closed as expired, also after days without a run.
  const due = schedule.steps.filter(
    (step) => step.due <= today && today <= lastDayOf(step) + LEAVE_ECHO_DAYS,
  );
  return due.flatMap((step) =>
    CHANNELS[step.step.channel].reaches === 'owner'
      ? [wishOf(within, step, subjectOf(within))]
      : messageWishes(within, step),
  );
}

/** Work for a playbook about persons says which person it is about. */
function subjectOf({ playbook, subject }: Within): StepWish['person'] {
  const [person] = playbook.trigger.per === 'person' ? subject.persons : [];
  return person === undefined ? null : { key: person.person, contactId: person.contactId };
}

function messageWishes(within: Within, step: DueStep): readonly StepWish[] {
  const { playbook, subject, episode, today } = within;
  return choosePersons(playbook, subject.persons)
    .filter(({ person }) => (episode.out[person.person]?.on ?? Infinity) > today)
    .map(({ person, rank }) => ({
      ...wishOf(within, step, { key: person.person, contactId: person.contactId }),
      rank,
      entry: within.entry,
      refused: refusedByCrm(person),
    }));
}

/** Checks that the CRM alone can answer, at every step. Consent codes are never ignored. */
export function refusedByCrm(person: Person): RefusalReason | null {
  if (person.left) return { code: 'left_company', evidence: 'contact.left in the CRM' };
  if (!person.valid) return { code: 'invalid_email', evidence: 'contact.email is no address' };
  if (person.bounced) return { code: 'bounced', evidence: 'contact.bounced in the CRM' };
  if (person.optedOut) return { code: 'opted_out_crm', evidence: 'contact.optedOut in the CRM' };
  return null;
}

function wishOf(within: Within, { step, due }: DueStep, person: StepWish['person']): StepWish {
  const { playbook, account, episode, schedule } = within;
  const before = schedule.steps
    .filter(
      (earlier) => earlier.due < due || (earlier.due === due && comesBefore(playbook, earlier.step, step)),
    )
    .map((earlier) => ({ step: earlier.step.id, due: earlier.due, until: lastDayOf(earlier) }));
  return {
    kind: 'step',
    playbook: playbook.id,
    version: playbook.version,
    priority: playbook.priority,
    step: plain(step),
    episode: episode.id,
    edge: episode.edge,
    due,
    before,
    busyUntil: lastMessage(schedule, due),
    account,
    about: aboutOf(playbook, episode.subject),
    person,
    rank: 0,
    entry: [],
    refused: null,
  };
}

function lastMessage({ steps }: Schedule, due: Day): Day {
  const messages = steps.filter(({ step }) => CHANNELS[step.channel].reaches === 'person');
  return messages.reduce((latest, step) => Math.max(latest, step.due), due);
}

/** Requests and moments are told apart by their key; of a moment without its period. */
function aboutOf({ trigger }: Playbook, subject: string): string | null {
  if (trigger.per === 'request') return subject;
  return trigger.per === 'moment' ? (subject.split('@')[0] ?? subject) : null;
}

function comesBefore({ steps }: Playbook, a: PlaybookStep, b: PlaybookStep): boolean {
  return steps.indexOf(a) < steps.indexOf(b);
}

/** Without its conditions: what is decided and carried out later is plain values. */
export function plain({ when: _, waitFor: __, side: ___, mark: ____, ...step }: PlaybookStep): StepOfWish {
  return step;
}

/** An edge that starts nothing leaves one decision for the account as a whole. */
export function refusalWish(
  about: { readonly playbook: Playbook; readonly question: { readonly account: string } },
  episode: Episode,
  refused: RefusalReason,
): StepWish {
  const { playbook, question } = about;
  const [step] = stepsOf(playbook, { mark: episode.mark, side: 'then' });
  const within = { playbook, account: question.account, episode, schedule: NO_STEPS, entry: [] };
  const first: DueStep = { step: step ?? NO_STEP, due: episode.seenOn, slack: 0 };
  return { ...wishOf({ ...within, subject: NOBODY, today: episode.seenOn }, first, null), entry: [refused] };
}

const NO_STEPS: Schedule = { steps: [], cleared: {}, let: {}, settled: true };
const NOBODY: Subject = { key: '', facts: {}, persons: [] };
const NO_STEP: PlaybookStep = {
  id: 'start',
  day: 1,
  channel: 'salesforce-task',
  target: '',
  sender: { kind: 'csm' },
  lateBy: 0,
  when: null,
  waitFor: null,
  side: null,
  mark: null,
  touches: null,
  task: null,
};

export function taskStep(id: string, task: TaskWords): PlaybookStep {
  return { ...NO_STEP, id, target: task.subject, sender: task.owner, lateBy: ECHO_DAYS, task };
}

/** Where the vendor has no way out, somebody is asked to take the person out by hand. */
export function removalWish(
  wish: LeaveWish,
  held: { readonly step: string; readonly target: string; readonly person: StepWish['person'] },
  today: Day,
): StepWish {
  const task: TaskWords = {
    subject: `Take out of "${held.target}"`,
    description: `This playbook has ended for the person (${wish.by}), and the tool has no way to take them out of "${held.target}" by itself. Please end it there.`,
    kind: 'other',
    owner: { kind: 'csm' },
    dueIn: 1,
    priority: 'high',
  };
  const { playbook, priority, episode, account } = wish;
  return {
    kind: 'step',
    playbook,
    version: '',
    priority,
    step: plain(taskStep(`leave-${held.step}`, task)),
    episode,
    edge: today,
    due: today,
    before: [],
    busyUntil: today,
    account,
    about: null,
    person: held.person,
    rank: 0,
    entry: [],
    refused: null,
  };
}

/** Who is out, and everybody once the episode has ended, is to be in no channel of it any more. */
export function leaveWishes(within: Within): readonly Wish[] {
  const { playbook, account, episode, today } = within;
  const base = {
    kind: 'leave',
    playbook: playbook.id,
    priority: playbook.priority,
    episode: episode.id,
    account,
  } as const;
  const ended = episode.ended;
  if (ended !== null)
    return today - ended.on > LEAVE_ECHO_DAYS
      ? []
      : [{ ...base, person: null, by: ended.by } satisfies LeaveWish];
  return Object.entries(episode.out).flatMap(([person, { on, by }]): readonly LeaveWish[] =>
    today - on > LEAVE_ECHO_DAYS ? [] : [{ ...base, person, by }],
  );
}
