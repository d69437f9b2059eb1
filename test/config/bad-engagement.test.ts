import { describe, expect, it } from '@jest/globals';
import { parseDay } from '../../src/domain/day.js';
import { PLAIN_TEXTS, resolveTexts, saidOf } from './texts.js';

const FILE = 'config/engagement.yaml';
const MOMENTS = 'config/moments.yaml';
const withText = (path: string, text: string) => ({ ...PLAIN_TEXTS, [path]: text });

const REVIEW = 'label: Review, dueDay: 5, done: cases.open == 0, objective: All is well';

type Case = readonly [what: string, path: string, text: string, said: string];

const CASES: readonly Case[] = [
  [
    'a team in a pool',
    FILE,
    'pools: { a: { members: [cs-team@example.com] } }',
    '"cs-team@example.com" is nobody who could do it; a pool is made of people',
  ],
  [
    'a member who cannot be found',
    FILE,
    'pools: { a: { members: [Ana] } }',
    '"Ana" is neither an address nor the id of a Salesforce user (005…)',
  ],
  [
    'a member who is listed twice',
    FILE,
    'pools: { a: { members: [ana@example.com, Ana@example.com] } }',
    `${FILE}:1:42 "Ana@example.com" is in the pool twice`,
  ],
  [
    'a holiday that is not in the calendar',
    FILE,
    'calendar: { holidays: [2026-02-30] }',
    `${FILE}:1:24 "2026-02-30" is not in the calendar`,
  ],
  [
    'hours that run backwards',
    FILE,
    'calendar: { hours: "18:00-8:00" }',
    `${FILE}:1:20 "18:00-8:00" is no part of a day`,
  ],
  ['hours beyond the day', FILE, 'calendar: { hours: "8:00-25:00" }', 'is no part of a day'],
  ['minutes beyond the hour', FILE, 'calendar: { hours: "8:00-9:75" }', 'is no part of a day'],
  [
    'a weekday that does not exist',
    FILE,
    'calendar: { businessDays: [moonday] }',
    `${FILE}:1:28 the text "moonday" is not one of sunday, monday`,
  ],
  [
    'a share without its sign',
    FILE,
    'brakes: { share: 0.1 }',
    `${FILE}:1:18 must be written with its sign, like "25 %"; found 0.1`,
  ],
  ['a test address that is none', FILE, 'testOnly: [me]', `${FILE}:1:12 "me" is no address`],
  [
    'somebody to escalate to who is nobody',
    FILE,
    'escalation: { to: noreply@example.com }',
    `${FILE}:1:19 "noreply@example.com" is nobody who could do it`,
  ],
  [
    'a day of the program that no expression could read',
    FILE,
    'dates: { big-release: null }',
    `${FILE}:1:10 this name must start with a letter and hold only letters and digits`,
  ],
  [
    'a moment in two places',
    MOMENTS,
    `onboarding: { a: { ${REVIEW} } }\nongoing: { a: { ${REVIEW}, cadence: { digital: year } } }`,
    `${MOMENTS}:2:12 the moment "a" exists in onboarding already; names are unique`,
  ],
  [
    'a cadence of a tier that does not exist',
    MOMENTS,
    `ongoing: { a: { ${REVIEW}, cadence: { digitl: year } } }`,
    `${MOMENTS}:1:101 unknown tier "digitl"; did you mean "digital"?`,
  ],
  [
    'a cadence of no tier',
    MOMENTS,
    `ongoing: { a: { ${REVIEW}, cadence: {} } }`,
    'no tier is named, so it never happens',
  ],
  [
    'a due day beyond the period',
    MOMENTS,
    `ongoing: { a: { ${REVIEW.replace('5', '7')}, cadence: { digital: week } } }`,
    `${MOMENTS}:1:40 day 7 lies beyond the week of tier "digital"`,
  ],
  [
    'a moment that reads what follows from moments',
    MOMENTS,
    `onboarding: { a: { ${REVIEW}, when: journey.phase == "onboarding" } }`,
    'the fact "journey.phase" can’t be read here: moments are looked at before it is known',
  ],
  [
    'an owner of a moment who is a team',
    MOMENTS,
    `onboarding: { a: { ${REVIEW}, owner: team } }`,
    '"team" is nobody who could do it',
  ],
];

describe('bad input in engagement and moments', () => {
  it.each(CASES)('names %s', (_what, path, text, said) => {
    expect(saidOf(withText(path, text)).join('\n')).toContain(said);
  });
});

describe('a folder from before engagement and moments', () => {
  const { engagement, moments, outreach } = resolveTexts(PLAIN_TEXTS);

  it('has every default', () => {
    expect(engagement).toMatchObject({
      enabled: true,
      testOnly: null,
      caps: { person: { touches: 2, days: 7 }, account: { touches: 20, days: 7 }, senderPerDay: 200 },
      calendar: { businessDays: [1, 2, 3, 4, 5], holidays: [], hours: null },
      pools: [],
      brakes: { share: 0.1, atLeast: 50, missing: 0.2 },
      reply: { owner: { kind: 'csm' }, dueIn: 1, priority: 'high' },
      escalation: { afterDays: 5, to: { kind: 'account-owner' } },
      programHoldout: 0,
      basisRequiredIn: [],
      dates: { release: null },
    });
  });

  it('has no moments, and no Outreach', () => {
    expect(moments).toEqual({ moments: [], onboardingDays: 90, renewalWindow: 90 });
    expect(outreach).toBeNull();
  });
});

describe('what engagement and moments say', () => {
  it('is days, minutes and shares', () => {
    const text = `calendar: { businessDays: [sunday, thursday], hours: "8:30 - 18:00", holidays: [2026-12-25] }
pools: { a: { members: [005000000000001AAA, ana@example.com], perDay: 3 } }
testOnly: [Me@Example.com]
basisRequiredIn: [Germany]
dates: { release: 2026-11-03 }`;
    const { engagement } = resolveTexts(withText(FILE, text));
    expect(engagement).toMatchObject({
      calendar: { businessDays: [0, 4], hours: { from: 510, to: 1080 }, holidays: [parseDay('2026-12-25')] },
      pools: [{ id: 'a', members: ['005000000000001AAA', 'ana@example.com'], perDay: 3 }],
      testOnly: ['me@example.com'],
      basisRequiredIn: ['germany'],
      dates: { release: parseDay('2026-11-03') },
    });
  });

  it('is moments of both phases, without those that can’t be known', () => {
    const text = `onboardingDays: 60
onboarding:
  first: { ${REVIEW}, required: false }
  unknown: { ${REVIEW.replace('cases.open', 'payments.failed')} }
ongoing:
  again: { ${REVIEW}, cadence: { digital: quarter }, owner: account-owner }`;
    const { moments, notes } = resolveTexts(withText(MOMENTS, text));
    expect(moments.onboardingDays).toBe(60);
    expect(moments.moments).toMatchObject([
      { id: 'first', phase: 'onboarding', required: false, cadence: {}, owner: { kind: 'csm' } },
      { id: 'again', phase: 'ongoing', required: false, cadence: { digital: 'quarter' } },
    ]);
    expect(notes.map(({ line, message }) => [line, message])).toEqual([
      [4, 'the moment "unknown" is left out: payments.failed can’t be known with what is mapped'],
    ]);
  });
});
