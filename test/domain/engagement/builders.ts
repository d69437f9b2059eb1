import { createHash } from 'node:crypto';
import type { Episode } from '../../../src/domain/engagement/episode.js';
import type { Person } from '../../../src/domain/engagement/person.js';
import type { Playbook, PlaybookStep, TaskWords, Trigger } from '../../../src/domain/engagement/playbook.js';
import type { EngagementPolicy } from '../../../src/domain/engagement/policy.js';
import type { Condition, Expression, Facts, FactValue } from '../../../src/domain/facts/fact.js';
import type { CrmRow, RecordValue } from '../../../src/domain/facts/record.js';

/** A Monday, so that the days of a test fall as they read. */
export const TODAY = 20_003;
export const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A condition that a fact answers by itself. */
export function fact(id: string): Condition {
  return {
    source: id,
    facts: [id],
    evaluate: (facts) => (facts[id]?.value as boolean | null | undefined) ?? null,
  };
}

export function number(id: string): Expression<number> {
  return {
    source: id,
    facts: [id],
    evaluate: (facts) => (facts[id]?.value as number | null | undefined) ?? null,
  };
}

export function facts(values: Readonly<Record<string, FactValue>>): Facts {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, { value, asOf: value === null ? null : TODAY }]),
  );
}

export function aTrigger(change: Partial<Trigger> = {}): Trigger {
  return {
    per: 'account',
    when: fact('c'),
    edge: null,
    countdown: null,
    every: null,
    onFirstSight: 'arm',
    fireWithin: 7,
    reenter: 'always',
    ...change,
  };
}

export function aStep(change: Partial<PlaybookStep> = {}): PlaybookStep {
  return {
    id: 'one',
    day: 1,
    channel: 'hubspot-list',
    target: 'List one',
    sender: { kind: 'csm' },
    lateBy: 2,
    when: null,
    waitFor: null,
    side: null,
    mark: null,
    touches: null,
    task: null,
    ...change,
  };
}

export const WORDS: TaskWords = {
  subject: 'Call them',
  description: 'Ask how it goes.',
  kind: 'call',
  owner: { kind: 'csm' },
  dueIn: 1,
  priority: 'normal',
};

export function aTask(change: Partial<PlaybookStep> = {}): PlaybookStep {
  return aStep({ id: 'call', channel: 'salesforce-task', target: WORDS.subject, task: WORDS, ...change });
}

export function aPlaybook(
  change: Partial<Omit<Playbook, 'trigger'>> & { readonly trigger?: Partial<Trigger> } = {},
): Playbook {
  const { trigger, ...more } = change;
  return {
    id: 'surge',
    label: 'Surge',
    version: 'v1',
    source: null,
    priority: 10,
    trigger: aTrigger(trigger),
    audience: { when: null, roles: ['sponsor', 'champion', 'user'], maxPersons: 2 },
    branch: null,
    steps: [aStep(), aStep({ id: 'two', day: 5, target: 'List two' })],
    exits: { conditionGone: false, tierChanged: false, phaseChanged: false, when: null },
    goal: null,
    reply: null,
    rest: null,
    holdout: 0,
    ignore: [],
    readsHealth: false,
    ...more,
  };
}

export function aPolicy(change: Partial<EngagementPolicy> = {}): EngagementPolicy {
  return {
    enabled: true,
    testOnly: null,
    caps: { person: { touches: 2, days: 7 }, account: { touches: 20, days: 7 }, senderPerDay: 200 },
    calendar: { businessDays: [1, 2, 3, 4, 5], holidays: [], hours: null },
    pools: [],
    brakes: { share: 0.1, atLeast: 50, missing: 0.2 },
    reply: { ...WORDS, subject: 'Answer the reply' },
    escalation: { afterDays: 5, to: { kind: 'account-owner' } },
    programHoldout: 0,
    basisRequiredIn: [],
    dates: {},
    ...change,
  };
}

export function aPerson(change: Partial<Person> = {}): Person {
  const contactId = change.contactId ?? '003A';
  return {
    person: `p-${contactId}`,
    contactId,
    contactIds: [contactId],
    email: `${contactId}@customer.example`,
    valid: true,
    role: 'user',
    optedOut: false,
    bounced: false,
    left: false,
    ...change,
  };
}

export function anEpisode(change: Partial<Episode> = {}): Episode {
  return {
    id: 'e1',
    playbook: 'surge',
    version: 'v1',
    subject: 'account',
    edge: TODAY,
    seenOn: TODAY,
    mark: null,
    heldOut: false,
    refused: null,
    side: null,
    let: {},
    cleared: {},
    goalOn: null,
    ended: null,
    out: {},
    tier: 'digital',
    phase: 'ongoing',
    ...change,
  };
}

export function aRow(id: string, values: Readonly<Record<string, RecordValue>>): CrmRow {
  return { id, accountId: '001A', values };
}
