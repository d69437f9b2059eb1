import { describe, expect, it } from '@jest/globals';
import { type Case, ENGAGEMENT, FILE, list, TASK, textsWith } from './playbook-texts.js';
import { saidOf } from './texts.js';

const SHAPES: readonly Case[] = [
  [
    'a step without a channel',
    { steps: ['{ id: first, target: T }'] },
    `${FILE}:6:5 the key "channel" is missing here (or "task", for work of one of us)`,
  ],
  [
    'an unknown key in a step, as one of steps and not of branches',
    { steps: ['{ id: first, chanel: hubspot-list, target: T }'] },
    `${FILE}:6:18 unknown key "chanel"; did you mean "channel"?`,
  ],
  [
    'an unknown key in a branch',
    { steps: ['branch: { day: 1, wen: cases.open > 5, then: [] }'] },
    `${FILE}:6:23 unknown key "wen"; did you mean "when"?`,
  ],
  [
    'a list without a target',
    { steps: ['{ id: first, channel: hubspot-list }'] },
    `${FILE}:6:5 "target" is missing here: the name of the list`,
  ],
  [
    'a task without its words',
    { steps: ['{ id: first, channel: salesforce-task }'] },
    `${FILE}:6:27 a task needs its words: write "task" with subject and description`,
  ],
  [
    'a task on a list',
    { steps: [`{ id: first, channel: hubspot-list, target: T, ${TASK} }`] },
    `${FILE}:6:52 "task" goes with salesforce-task, and this is hubspot-list`,
  ],
  [
    'a target on a task',
    { steps: [`{ id: first, target: T, ${TASK} }`] },
    `${FILE}:6:18 a task has no "target": its subject is enough`,
  ],
  [
    'a sender on a task',
    { steps: [`{ id: first, sender: csm, ${TASK} }`] },
    `${FILE}:6:18 a task has no "sender"; whoever does it is its "owner"`,
  ],
  [
    'touches on a task',
    { steps: [`{ id: first, touches: { count: 1, days: 1 }, ${TASK} }`] },
    `${FILE}:6:18 a task touches no customer by itself: it has no "touches"`,
  ],
  [
    'a subject that no task could have',
    { steps: [`{ id: first, task: { subject: ${'x'.repeat(201)}, description: y } }`] },
    `${FILE}:6:35 must be at most 200 characters`,
  ],
  [
    'an owner who is a team',
    { steps: ['{ id: first, task: { subject: S, description: D, owner: CS team } }'] },
    `${FILE}:6:61 "CS team" is nobody who could do it; work belongs to a person: csm, account-owner or pool:<name>`,
  ],
  [
    'a pool that does not exist',
    { steps: ['{ id: first, task: { subject: S, description: D, owner: "pool:onboard" } }'] },
    'there are no pools; name the people under "pools" in config/engagement.yaml',
  ],
  [
    'a sender who is nobody',
    { steps: ['{ id: first, channel: hubspot-list, target: T, sender: cms }'] },
    `${FILE}:6:60 unknown sender "cms"; did you mean "csm"?`,
  ],
  [
    'a shared box as sender',
    { steps: ['{ id: first, channel: hubspot-list, target: T, sender: info@example.com }'] },
    `${FILE}:6:60 "info@example.com" is nobody who reads replies`,
  ],
  [
    'an audience without roles beside a step that writes to people',
    { audience: '{ maxPersons: 2 }' },
    `${FILE}:4:1 the key "roles" is missing here`,
  ],
];

const TRIGGERS: readonly Case[] = [
  [
    'a trigger without anything to wait for',
    { trigger: '{ per: account }' },
    `${FILE}:3:1 the key "when" is missing here (or "countdown", or "every")`,
  ],
  [
    'a countdown and a period at once',
    { trigger: '{ every: month, countdown: { of: cases.open, marks: [3] } }' },
    `${FILE}:3:12 "countdown" and "every" exclude each other; keep one`,
  ],
  [
    'an edge of a period',
    { trigger: '{ every: month, edge: cases.surgeOn }' },
    `${FILE}:3:26 "edge" goes with a plain condition`,
  ],
  [
    'marks that do not fall',
    { trigger: '{ countdown: { of: cases.open, marks: [30, 90] } }' },
    `${FILE}:3:53 90 does not lie below 30: marks fall from one to the next`,
  ],
  [
    'marks after the first that could never start',
    { trigger: '{ countdown: { of: cases.open, marks: [90, 30] }, reenter: { afterDays: 61 } }' },
    `${FILE}:3:69 each mark is a start of its own, so only the first would start; write reenter: always`,
  ],
  [
    'a step of a mark that the countdown does not have',
    { trigger: '{ countdown: { of: cases.open, marks: [90, 30] } }', steps: [list('a', 1, ', mark: 60')] },
    `${FILE}:6:62 60 is no mark of the countdown; possible: 90, 30`,
  ],
  [
    'a mark without a countdown',
    { steps: [list('a', 1, ', mark: 60')] },
    `${FILE}:6:62 "mark" goes with a countdown, and the trigger has none`,
  ],
];

const CONSTANTS: readonly Case[] = [
  [
    'a trigger that contradicts itself',
    { trigger: '{ when: account.seats > 10 && account.seats < 5 }' },
    `${FILE}:3:18 this never holds: account.seats > 10 and account.seats < 5 exclude each other`,
  ],
  [
    'two tiers at once',
    { audience: '{ roles: [user], when: tier.id == "digital" && tier.id == "high-touch" }' },
    `${FILE}:4:34 this never holds: tier.id == "digital" and tier.id == "high-touch" exclude each other`,
  ],
  [
    'an audience that never meets the trigger',
    {
      trigger: '{ when: account.seats > 10 }',
      audience: '{ roles: [user], when: account.seats <= 10 }',
    },
    `${FILE}:4:34 nobody of this audience ever meets the trigger: account.seats > 10 and account.seats <= 10 exclude each other`,
  ],
  [
    'a tier that does not exist',
    { audience: '{ roles: [user], when: tier.id == "digitl" }' },
    `${FILE}:4:45 tier.id is never "digitl"; did you mean "digital"?`,
  ],
  [
    'a band that does not exist, in a list',
    { trigger: '\n  when: health.band in ["watch", "red"]' },
    `${FILE}:4:34 health.band is never "red"; possible: healthy, watch, risk, unknown`,
  ],
  [
    'a phase that does not exist, on the left',
    { trigger: '\n  when: ("onbording" == journey.phase)' },
    `${FILE}:4:10 journey.phase is never "onbording"; did you mean "onboarding"?`,
  ],
  [
    'a stage that does not exist',
    { trigger: '{ when: journey.stage != "adapt" }' },
    'journey.stage is never "adapt"; did you mean "adopt"?',
  ],
  [
    'a role that does not exist',
    { trigger: '{ per: person, when: contact.role == "boss" }' },
    'contact.role is never "boss"; possible: economic-buyer, sponsor, champion, user, other',
  ],
  [
    'a fact of one person where the trigger is about the account',
    { trigger: '{ when: contact.loggedIn }' },
    'the fact "contact.loggedIn" can’t be read here: it is about one person; use it where "per" is person',
  ],
  [
    'a fact of a request where the trigger is about persons',
    { trigger: '{ per: person, when: request.answered }' },
    'the fact "request.answered" can’t be read here: it is about one request; use it where "per" is request',
  ],
  [
    'a fact of one person in the audience, which is about accounts',
    {
      trigger: '{ per: person, when: contact.loggedIn }',
      audience: '{ roles: [user], when: contact.left }',
    },
    'the fact "contact.left" can’t be read here',
  ],
  [
    'a day of the program that nobody named',
    { trigger: '{ when: daysSince(program.launch) > 0 }' },
    'unknown fact "program.launch" in expression; give its day a name under "dates" in config/engagement.yaml',
  ],
];

describe('bad input in playbooks', () => {
  it.each([...SHAPES, ...TRIGGERS, ...CONSTANTS])('names %s', (_what, parts, said) => {
    expect(saidOf(textsWith(parts)).join('\n')).toContain(said);
  });

  it('names a pool by its nearest name', () => {
    const steps = ['{ id: first, task: { subject: S, description: D, owner: "pool:onbord" } }'];
    const pools = 'pools: { onboard: { members: [ana@example.com] } }';
    expect(saidOf(textsWith({ steps }, { [ENGAGEMENT]: pools }))).toEqual([
      `${FILE}:6:61 unknown pool "onbord"; did you mean "onboard"?`,
    ]);
  });

  it('names a campaign that two steps share', () => {
    const step = (id: string, day: number) =>
      `{ id: ${id}, day: ${day}, channel: salesforce-campaign, target: Spring }`;
    expect(saidOf(textsWith({ steps: [step('a', 1), step('b', 20)] }))).toEqual([
      `${FILE}:7:61 the campaign "Spring" is used by surge/a already; each step needs a campaign of its own`,
    ]);
  });
});
