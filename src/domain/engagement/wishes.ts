import { type Day, formatDay } from '../day.js';
import type { FactBasis } from '../facts/basis.js';
import { contactFacts } from '../facts/derive.js';
import type { Facts } from '../facts/fact.js';
import type { CrmRow } from '../facts/record.js';
import { textOf } from '../facts/row-values.js';
import { type AccountStanding, type RefusalReason, refuseAccount, refusePerson } from './eligibility.js';
import { episodeId, type HexHash, heldOut } from './holdout.js';
import { choosePersons, type Person } from './person.js';
import type { Playbook, PlaybookStep, TriggerState } from './playbook.js';
import { dueSteps, nextStepDay } from './steps.js';
import { readTrigger } from './trigger.js';

/** What an account remembers of one playbook: by `account`, or by person where edges belong to persons. */
export type PlaybookMemory = Readonly<Record<string, TriggerState>>;

/** A person whom a playbook wants at a step; refused already where the account or the CRM says so. */
export interface EnrolmentWish {
  readonly playbook: string;
  readonly priority: number;
  readonly step: PlaybookStep;
  readonly episode: string;
  readonly edge: Day;
  readonly account: string;
  /** Null when the account as a whole is refused. */
  readonly person: { readonly key: string; readonly contactId: string } | null;
  readonly refused: RefusalReason | null;
}

export interface EngagementQuestion {
  readonly facts: Facts;
  readonly persons: readonly Person[];
  readonly contacts: readonly CrmRow[];
  readonly base: Readonly<Record<string, PlaybookMemory>>;
  readonly account: CrmRow;
  /**
   * True where our work is on the record but nobody here remembers it: whatever holds already was
   * acted on by another state, or will wait for its next edge.
   */
  readonly armOnly: boolean;
}

export interface EngagementRules {
  readonly playbooks: readonly Playbook[];
  readonly basis: FactBasis;
  readonly contentHash: HexHash;
  readonly salt: string;
}

export interface EngagementAnswer {
  readonly wishes: readonly EnrolmentWish[];
  readonly memory: Readonly<Record<string, PlaybookMemory>>;
  /** Next day on which a step comes due. */
  readonly dueOn: Day | null;
}

/** Reads every playbook's trigger for one account and lists whom its due steps want. */
export function wishEnrolments(question: EngagementQuestion, rules: EngagementRules): EngagementAnswer {
  const wishes: EnrolmentWish[] = [];
  // What a run does not look at (a playbook taken out for a day, no tool connected) is remembered as it was.
  const memory: Record<string, PlaybookMemory> = { ...question.base };
  let dueOn: Day | null = null;
  for (const playbook of rules.playbooks) {
    const before = question.base[playbook.id] ?? {};
    const after: Record<string, TriggerState> = { ...before };
    const read = question.armOnly ? armed(playbook) : playbook;
    for (const subject of subjectsOf(playbook, question, rules)) {
      const { state } = readTrigger(read, subject.facts, before[subject.key] ?? null, rules.basis.today);
      if (state === null) continue;
      after[subject.key] = state;
      if (state.episodeOn === null) continue;
      wishes.push(...wishesOf({ playbook, subject, edge: state.episodeOn }, question, rules));
      dueOn = sooner(dueOn, nextStepDay(playbook, state.episodeOn, rules.basis.today));
    }
    memory[playbook.id] = after;
  }
  return { wishes, memory, dueOn };
}

function armed(playbook: Playbook): Playbook {
  return { ...playbook, trigger: { ...playbook.trigger, onFirstSight: 'arm' } };
}

interface Subject {
  /** `account`, a person's key, or the id of a contact without an address. */
  readonly key: string;
  readonly facts: Facts;
  readonly persons: readonly Person[];
}

/** Persons, not rows: a contact whose address another row carries, too, is no subject of its own. */
function subjectsOf(
  playbook: Playbook,
  question: EngagementQuestion,
  rules: EngagementRules,
): readonly Subject[] {
  if (playbook.trigger.per === 'account')
    return [{ key: 'account', facts: question.facts, persons: question.persons }];
  const byContact = new Map(question.persons.map((person) => [person.contactId, person]));
  return [...question.contacts]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .filter((row) => byContact.has(row.id) || textOf(row, 'email') === null)
    .map((row) => {
      const person = byContact.get(row.id);
      const facts = { ...question.facts, ...contactFacts(row, rules.basis) };
      return { key: person?.person ?? row.id, facts, persons: person ? [person] : [] };
    });
}

interface Running {
  readonly playbook: Playbook;
  readonly subject: Subject;
  readonly edge: Day;
}

function wishesOf(
  { playbook, subject, edge }: Running,
  question: EngagementQuestion,
  rules: EngagementRules,
): readonly EnrolmentWish[] {
  if (
    playbook.audience.when !== null &&
    playbook.audience.when.evaluate(subject.facts, rules.basis.today) !== true
  )
    return [];
  const account = question.account.id;
  const owner = subject.key === 'account' ? account : subject.key;
  const episode = episodeId(rules.contentHash, {
    playbook: playbook.id,
    subject: owner,
    day: formatDay(edge),
  });
  const chosen = choosePersons(playbook, subject.persons);
  const refusal = refuseAccount(playbook, standingOf(playbook, { subject, chosen, account }, rules));
  return dueSteps(playbook, edge, rules.basis.today).flatMap((step): readonly EnrolmentWish[] => {
    const wish = { playbook: playbook.id, priority: playbook.priority, step, episode, edge, account };
    if (refusal !== null) return [{ ...wish, person: null, refused: refusal }];
    return chosen.map((person) => ({
      ...wish,
      person: { key: person.person, contactId: person.contactId },
      refused: refusePerson(person),
    }));
  });
}

interface Asked {
  readonly subject: Subject;
  readonly chosen: readonly Person[];
  readonly account: string;
}

function standingOf(
  playbook: Playbook,
  { subject, chosen, account }: Asked,
  rules: EngagementRules,
): AccountStanding {
  const churned = subject.facts['account.churned']?.value;
  return {
    churned: typeof churned === 'boolean' ? churned : null,
    heldOut: heldOut(rules.contentHash, {
      salt: rules.salt,
      playbook: playbook.id,
      account,
      share: playbook.holdout,
    }),
    reachable: chosen.length,
  };
}

function sooner(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
