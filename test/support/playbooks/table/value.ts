import { on } from '../days.js';
import { adds, askedLately, sets, won } from '../events.js';
import { LONG_AGO, type Story, type Used } from '../story.js';

const steady: Used = { times: 100, users: 5, keys: 10 };
/** A week without a single use among four takes a quarter off. */
const weeks =
  (low: readonly number[], used: Used = steady) =>
  (week: number): readonly Used[] => [low.includes(week) ? { ...used, times: 0 } : used];
const features = (names: string, used: Used = steady): readonly Used[] =>
  [...names].map((feature) => ({ ...used, feature }));
const extraUse = (day: number) =>
  adds('Product_Usage__c', {
    On__c: on(day),
    Feature__c: 'reports',
    Times__c: 100,
    Active_Users__c: 5,
    Key_Actions__c: 10,
    Errors__c: 0,
  });

export const VALUE: readonly Story[] = [
  {
    playbook: 'usage-drop',
    tells:
      'writes when use falls by a quarter though key actions do not, asks on day 5, and again after 60 days',
    account: LONG_AGO,
    usage: weeks([2, 6, 7, 13, 14]),
    happens: [
      '14 note: champion, user',
      '18 ask: csm',
      '49 refused: cooldown',
      '100 note: champion, user',
      '104 ask: csm',
    ],
    episodes: ['14 completed', '100 condition-gone on 190'],
  },
  {
    playbook: 'usage-drop',
    tells: 'asks nobody where use has come back before',
    account: LONG_AGO,
    usage: weeks([2]),
    days: { 16: [extraUse(16)] },
    happens: ['14 note: champion, user'],
    episodes: ['14 condition-gone on 16'],
  },
  {
    playbook: 'feature-gap',
    tells: 'shows two ideas when more than four fifths of the features lie idle, and rests for 180 days',
    account: { ...LONG_AGO, Features_Entitled__c: 5 },
    usage: () => features('ab'),
    days: {
      7: [sets({ Features_Entitled__c: 20 })],
      30: [sets({ Features_Entitled__c: 5 })],
      40: [sets({ Features_Entitled__c: 20 })],
      50: [sets({ Features_Entitled__c: 5 })],
      192: [sets({ Features_Entitled__c: 20 })],
    },
    happens: [
      '7 first-idea: champion, user',
      '21 second-idea: champion, user',
      '40 refused: cooldown',
      '192 first-idea: champion, user',
    ],
    episodes: ['7 goal on 30', '192 running'],
  },
  {
    playbook: 'feature-gap',
    tells: 'begins on the day that onboarding ends for those who never got further',
    account: { ARR__c: 5_000, Features_Entitled__c: 10 },
    usage: () => features('a'),
    days: { [-88]: [won(null)], [-3]: [askedLately] },
    happens: ['2 first-idea: champion, user', '16 second-idea: champion, user'],
    episodes: ['2 completed'],
  },
  {
    playbook: 'feature-gap',
    tells: 'has no second idea for those who took up the first',
    account: { ...LONG_AGO, Features_Entitled__c: 5 },
    usage: (week) => features(week < 2 ? 'ab' : 'abcdefgh'),
    days: { 7: [sets({ Features_Entitled__c: 20 })] },
    happens: ['7 first-idea: champion, user'],
    episodes: ['7 goal on 14'],
  },
  {
    playbook: 'feature-gap',
    tells: 'keeps one account in ten out, to be measured against',
    account: { ...LONG_AGO, Features_Entitled__c: 5 },
    usage: () => features('ab'),
    days: { 7: [sets({ Features_Entitled__c: 20 })], 12: [sets({ Features_Entitled__c: 5 })] },
    heldOut: true,
    happens: ['7 refused: holdout'],
    episodes: ['7 held out, goal on 12'],
  },
  {
    playbook: 'nice-to-have',
    tells: 'gives an example, then has a person find the one job, and rests for 180 days',
    account: { ...LONG_AGO, Value_Perception__c: 'Essential' },
    days: {
      5: [sets({ Value_Perception__c: 'Nice to have' })],
      20: [sets({ Value_Perception__c: 'Essential' })],
      30: [sets({ Value_Perception__c: 'Nice to have' })],
      40: [sets({ Value_Perception__c: 'Essential' })],
      192: [sets({ Value_Perception__c: 'Nice to have' })],
    },
    happens: [
      '5 example: champion, sponsor',
      '14 find-the-job: csm',
      '30 refused: cooldown',
      '192 example: champion, sponsor',
    ],
    episodes: ['5 goal on 20', '192 running'],
  },
  {
    playbook: 'nice-to-have',
    tells: 'looks for no job where it became essential',
    account: { ...LONG_AGO, Value_Perception__c: 'Essential' },
    days: {
      5: [sets({ Value_Perception__c: 'Nice to have' })],
      9: [sets({ Value_Perception__c: 'Essential' })],
    },
    happens: ['5 example: champion, sponsor'],
    episodes: ['5 goal on 9'],
  },
  {
    playbook: 'criteria-stale',
    tells: 'asks for a review on the 181st day, ends with it, and asks again after the next half year',
    account: { Criteria_Agreed__c: on(-176) },
    days: {
      [-1]: [askedLately],
      8: [sets({ Criteria_Reviewed__c: on(8) })],
      20: [sets({ Criteria_Reviewed__c: null })],
      22: [sets({ Criteria_Reviewed__c: on(8) })],
    },
    happens: ['5 review: csm', '20 refused: cooldown', '190 review: csm'],
    episodes: ['5 goal on 8', '190 running'],
  },
  {
    playbook: 'criteria-stale',
    tells: 'tells the account owner of work that nobody did, and gives it up after ten days',
    account: { Criteria_Agreed__c: on(-176) },
    worked: false,
    happens: ['5 review: csm', '20 escalation: owner'],
    episodes: ['5 abandoned on 25'],
  },
];
