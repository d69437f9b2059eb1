import type { Day } from '../day.js';
import type { CrmRow } from '../facts/record.js';
import { numberOf, textOf } from '../facts/row-values.js';
import { type HexHash, hexId } from './holdout.js';
import type { Person } from './person.js';
import type { Playbook, TaskWords } from './playbook.js';
import type { EngagementPolicy } from './policy.js';
import type { StepWish } from './wish.js';
import { ECHO_DAYS, plain, taskStep } from './wishing.js';
import { ESCALATION, type Work, workIn } from './work.js';

/** Id of the step that nobody writes into a playbook. */
const REPLY_STEP = 'reply';

export interface OwedQuestion {
  readonly account: string;
  readonly persons: readonly Person[];
  readonly rows: Readonly<Partial<Record<string, readonly CrmRow[]>>>;
  readonly today: Day;
}

export interface OwedRules {
  readonly playbooks: readonly Playbook[];
  readonly policy: EngagementPolicy;
  readonly contentHash: HexHash;
}

/** What we owe an account whatever its episodes do: an answer to each reply, and a word about work that nobody closed. */
export function owedWishes(question: OwedQuestion, rules: OwedRules): readonly StepWish[] {
  return [...replyWishes(question, rules), ...lateWork(question, rules)];
}

const REPLIES = ['replied', 'responded'];

/** One task for a person and day, by the playbook that wrote to them last; a reply to nothing of ours is answered, too. */
function replyWishes(question: OwedQuestion, rules: OwedRules): readonly StepWish[] {
  const { rows, today } = question;
  const replies = (rows.engagement ?? []).filter((event) => {
    const on = numberOf(event, 'on');
    const fresh = on !== null && on <= today && today - on <= ECHO_DAYS;
    return fresh && REPLIES.includes(textOf(event, 'kind') ?? '');
  });
  const wishes = replies.flatMap((reply) => replyWish(reply, question, rules));
  return [...new Map(wishes.map((wish) => [wish.episode, wish])).values()];
}

function replyWish(reply: CrmRow, question: OwedQuestion, rules: OwedRules): readonly StepWish[] {
  const person = personOf(question, textOf(reply, 'person'), textOf(reply, 'contactId'));
  const on = numberOf(reply, 'on');
  if (person === null || on === null) return [];
  const playbook = rules.playbooks.find(({ id }) => id === lastWriter(reply, question)) ?? null;
  const { account } = question;
  return [
    taskWish(question, {
      playbook: playbook?.id ?? REPLY_STEP,
      priority: playbook?.priority ?? 0,
      episode: hexId(rules.contentHash, [REPLY_STEP, account, person.person, String(on)]),
      step: REPLY_STEP,
      words: playbook?.reply ?? rules.policy.reply,
      due: on,
      person: { key: person.person, contactId: person.contactId },
    }),
  ];
}

function personOf({ persons }: OwedQuestion, key: string | null, contact: string | null): Person | null {
  const found = persons.find(
    (one) => one.person === key || (contact !== null && one.contactIds.includes(contact)),
  );
  return found ?? null;
}

function lastWriter(reply: CrmRow, { rows }: OwedQuestion): string | null {
  const person = textOf(reply, 'person');
  const at = numberOf(reply, 'at') ?? Infinity;
  const sent = (rows.engagement ?? []).filter(
    (event) =>
      textOf(event, 'kind') === 'sent' &&
      textOf(event, 'person') === person &&
      (numberOf(event, 'at') ?? Infinity) <= at,
  );
  const last = sent.reduce<CrmRow | null>(
    (latest, event) =>
      latest === null || (numberOf(event, 'at') ?? 0) >= (numberOf(latest, 'at') ?? 0) ? event : latest,
    null,
  );
  return last === null ? null : textOf(last, 'playbook');
}

/** Work that nobody closed is brought before somebody else, once. */
function lateWork(question: OwedQuestion, rules: OwedRules): readonly StepWish[] {
  const { afterDays, to } = rules.policy.escalation;
  const patience = { today: question.today, escalateAfter: afterDays };
  return (question.rows.task ?? [])
    .map((row) => workIn(row, patience))
    .filter(({ state, step }) => state === 'late' && !step.endsWith(ESCALATION))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((work) => {
      const playbook = rules.playbooks.find(({ id }) => id === work.playbook);
      const person = personOf(question, work.person, null);
      return taskWish(question, {
        playbook: work.playbook,
        priority: playbook?.priority ?? 0,
        episode: work.episode,
        step: `${work.step}${ESCALATION}`,
        words: escalation(work, playbook?.label ?? work.playbook, to),
        due: work.dueOn + afterDays,
        person: person === null ? null : { key: person.person, contactId: person.contactId },
      });
    });
}

function escalation({ step }: Work, label: string, owner: TaskWords['owner']): TaskWords {
  return {
    subject: `Still open: ${label}, ${step}`,
    description: 'A task of this playbook has not been closed in time. Please close it, or hand it on.',
    kind: 'other',
    owner,
    dueIn: 1,
    priority: 'high',
  };
}

interface Owed {
  readonly playbook: string;
  readonly priority: number;
  readonly episode: string;
  readonly step: string;
  readonly words: TaskWords;
  readonly due: Day;
  readonly person: StepWish['person'];
}

function taskWish({ account }: OwedQuestion, owed: Owed): StepWish {
  const { playbook, priority, episode, step, words, due, person } = owed;
  return {
    kind: 'step',
    playbook,
    version: '',
    priority,
    step: plain(taskStep(step, words)),
    episode,
    edge: due,
    due,
    before: [],
    busyUntil: due,
    account,
    about: null,
    person,
    rank: 0,
    entry: [],
    refused: null,
  };
}
