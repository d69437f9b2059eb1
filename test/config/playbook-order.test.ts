import { describe, expect, it } from '@jest/globals';
import {
  type Case,
  ENGAGEMENT,
  FILE,
  list,
  type Parts,
  sequence,
  TASK,
  textsWith,
} from './playbook-texts.js';
import { resolveTexts, saidOf } from './texts.js';

const ORDERS: readonly Case[] = [
  [
    'a step before the one above it, in a branch too',
    {
      steps: [
        list('a', 1),
        `branch: { day: 2, when: cases.open > 5, then: [${list('b', 30)}, ${list('c', 9)}] }`,
      ],
    },
    'day 9 comes before the step above it (day 30)',
  ],
  [
    'a step of a branch before it is decided',
    { steps: [`branch: { day: 4, when: cases.open > 5, else: [${list('b', 3)}] }`] },
    `${FILE}:6:66 day 3 lies before day 4, on which the branch is decided`,
  ],
  [
    'a second branch',
    {
      steps: [
        `branch: { day: 1, when: cases.open > 5, then: [${list('b', 3)}] }`,
        `branch: { day: 9, when: cases.open > 5, then: [${list('c', 30)}] }`,
      ],
    },
    `${FILE}:7:13 a playbook branches once; make a playbook of the second branch`,
  ],
  [
    'a branch without steps',
    { steps: ['branch: { day: 1, when: cases.open > 5 }'] },
    `${FILE}:6:13 the branch has no steps on either side`,
  ],
  [
    'a step that exists twice, on whatever side',
    {
      steps: [list('a', 1), `branch: { day: 1, when: cases.open > 5, then: [${list('a', 20)}] }`],
    },
    'the step "a" exists twice',
  ],
  [
    'a second sequence while the first may still run',
    { steps: [sequence('a', 1), sequence('b', 40)] },
    `${FILE}:7:32 a sequence holds a person alone, and "a" may still run on day 40; say how long it lasts with touches: { count, days }, or write a list`,
  ],
  [
    'sequences of two tools that overlap',
    {
      steps: [
        sequence('a', 1, ', touches: { count: 1, days: 40 }'),
        '{ id: b, day: 40, channel: outreach-sequence, target: B }',
      ],
    },
    'a sequence holds a person alone, and "a" runs until day 40 on day 40',
  ],
  [
    'more messages than a person may get',
    { steps: [list('a', 1), list('b', 3), list('c', 7)] },
    `${FILE}:8:5 with "c" a person gets 3 messages in 7 days, and config/engagement.yaml allows 2; move the step, or raise caps.person there`,
  ],
  [
    'a sequence that alone is more than a person may get',
    { steps: [sequence('a', 1, ', touches: { count: 4, days: 8 }')] },
    'with "a" a person gets 3 messages in 7 days',
  ],
  [
    'a step after the window of the goal',
    { steps: [list('a', 31)], more: 'goal: { when: cases.open == 0, withinDays: 30 }' },
    `${FILE}:6:19 day 31 comes after the 30 days in which the goal counts`,
  ],
  [
    'a goal without a window',
    { more: 'goal: { when: cases.open == 0 }' },
    `${FILE}:7:1 the key "withinDays" is missing here`,
  ],
  [
    'a goal that holds at the start',
    { more: 'goal: { when: cases.open>3, withinDays: 30 }' },
    `${FILE}:7:15 this is what starts the playbook: the goal would be reached at once`,
  ],
  [
    'an exit that holds at the start',
    { more: 'exits: { when: cases.open > 3 }' },
    `${FILE}:7:16 this is what starts the playbook: it would end on its first day`,
  ],
  [
    'an exit by a condition that there is not',
    { trigger: '{ every: month }', more: 'exits: { conditionGone: true }' },
    `${FILE}:7:25 the trigger has no "when", so there is no condition to be gone`,
  ],
  [
    'a step after onboarding, which ends the playbook',
    {
      trigger: '{ when: journey.phase == "onboarding" && cases.open > 3 }',
      steps: [list('a', 181)],
      more: 'exits: { phaseChanged: true }',
    },
    `${FILE}:6:19 onboarding is over after 180 days at the latest, and "phaseChanged" ends the playbook then: day 181 never comes`,
  ],
];

describe('steps that do not go together', () => {
  it.each(ORDERS)('are named: %s', (_what, parts, said) => {
    expect(saidOf(textsWith(parts)).join('\n')).toContain(said);
  });

  it('counts the caps of config/engagement.yaml', () => {
    const steps = [list('a', 1), list('b', 3), list('c', 7)];
    const caps = 'caps: { person: { touches: 3, days: 7 } }';
    expect(saidOf(textsWith({ steps }, { [ENGAGEMENT]: caps }))).toEqual([]);
  });
});

const MORE_LISTS = [list('a', 1), list('b', 1)];
const SOUND_PARTS: readonly (readonly [what: string, parts: Parts])[] = [
  [
    'a second sequence when the first is over',
    { steps: [sequence('a', 1, ', touches: { count: 2, days: 10 }'), sequence('b', 11)] },
  ],
  [
    'sequences on the two sides of a branch',
    {
      steps: [
        `branch: { day: 1, when: cases.open > 5, then: [${sequence('a', 1)}], else: [${sequence('b', 1)}] }`,
      ],
    },
  ],
  [
    'as many messages in the episode of each mark as a person may get',
    {
      trigger: '{ countdown: { of: cases.open, marks: [90, 30] } }',
      steps: [
        ...MORE_LISTS.map((step) => step.replace(' }', ', mark: 90 }')),
        list('c', 1, ', mark: 30'),
        list('d', 1, ', mark: 30'),
      ],
    },
  ],
  ['tasks, however many', { steps: ['a', 'b', 'c'].map((id) => `{ id: ${id}, ${TASK} }`) }],
  ['a task alone, without an audience', { audience: '{}', steps: [`{ id: a, ${TASK} }`] }],
  [
    'a condition with two ways of which one contradicts',
    { trigger: '{ when: cases.open > 3 || (cases.open > 5 && cases.open < 2) }' },
  ],
];

describe('what is sound in playbooks', () => {
  it.each(SOUND_PARTS)('is %s', (_what, parts) => {
    expect(saidOf(textsWith(parts))).toEqual([]);
    expect(resolveTexts(textsWith(parts)).playbooks).toHaveLength(1);
  });
});
