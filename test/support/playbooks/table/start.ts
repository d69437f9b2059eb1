import { on } from '../days.js';
import { aCase, adds, askedLately, does, person, sets, touched, won } from '../events.js';
import type { Story, Used } from '../story.js';

const DIGITAL = { ARR__c: 5_000 };
const HYBRID = { ARR__c: 50_000 };

/** The first key action, on a day between two weeks of the feed. */
const firstValue = (day: number, feature = 'reports') =>
  adds('Product_Usage__c', {
    On__c: on(day),
    Feature__c: feature,
    Times__c: 20,
    Active_Users__c: 2,
    Key_Actions__c: 3,
    Errors__c: 0,
  });

/** They go on working with it. */
const steadyFrom =
  (first: number) =>
  (week: number): readonly Used[] =>
    week < first ? [] : [{ times: 60, users: 2, keys: 9 }];

export const START: readonly Story[] = [
  {
    playbook: 'onboarding-launch',
    tells:
      'welcomes a new customer, invites to a group kickoff at scale, and asks on day 25 what is in the way',
    account: DIGITAL,
    days: { 2: [won(null)] },
    happens: [
      '2 welcome: champion, sponsor, economic-buyer',
      '4 group-kickoff: champion, sponsor, economic-buyer',
      '11 first-steps: champion, sponsor, economic-buyer',
      '26 stuck: csm',
      '193 survey-onboarding/invite: champion, user',
    ],
    episodes: ['2 completed'],
  },
  {
    playbook: 'onboarding-launch',
    tells:
      'has a person arrange the kickoff elsewhere, ends with first value, and does not begin again with another deal',
    account: { ...HYBRID, Criteria_Agreed__c: on(1) },
    usage: steadyFrom(2),
    days: {
      2: [won(null)],
      3: [touched],
      8: [firstValue(8)],
      20: [won(null)],
      120: [sets({ Criteria_Reviewed__c: on(120) })],
    },
    happens: [
      '2 welcome: champion, sponsor, economic-buyer',
      '3 arrange-kickoff: csm',
      '9 early-win/tell: champion, sponsor, user',
      '11 survey-onboarding/invite: champion, user',
      '85 quiet-account/refused: expired',
      '190 overdue-moment/refused: expired',
    ],
    episodes: ['2 goal on 8'],
  },
  {
    playbook: 'first-login',
    tells:
      'writes to those alone who got their user a week ago and have not logged in, until they do, and never again',
    days: {
      1: [
        person('user', { Product_User_Since__c: on(1) }),
        person('champion', { Product_User_Since__c: on(1) }),
      ],
      5: [person('champion', { Last_Login__c: on(5) })],
      12: [person('user', { Last_Login__c: on(12) })],
      20: [person('user', { Last_Login__c: null })],
    },
    happens: ['8 getting-started: user', '20 refused: expired'],
    episodes: ['8 goal on 12'],
  },
  {
    playbook: 'overdue-moment',
    tells:
      'asks for each late milestone the day after it was due, once, and leaves those that were reached alone',
    account: HYBRID,
    days: {
      [-10]: [won(null)],
      [-5]: [touched],
      14: [person('user', { Last_Login__c: on(14) })],
      16: [person('user', { Last_Login__c: null })],
      19: [sets({ Criteria_Agreed__c: on(19) })],
    },
    happens: [
      '12 see-to-it: csm',
      '51 see-to-it: csm',
      '85 see-to-it: csm',
      '193 survey-onboarding/invite: champion, user',
    ],
    episodes: ['12 goal on 14', '51 completed', '85 completed'],
  },
  {
    playbook: 'overdue-moment',
    tells: 'chases nobody who is served at scale',
    account: DIGITAL,
    days: { [-10]: [won(null)] },
    happens: ['193 survey-onboarding/invite: champion, user'],
    episodes: [],
  },
  {
    playbook: 'early-win',
    tells:
      'tells those who did it and their sponsor the day after the first key action, also where many features are in use',
    account: { ...DIGITAL, Features_Entitled__c: 2 },
    usage: (week) => (week === 0 ? [{ times: 20, users: 2, keys: 0 }] : steadyFrom(2)(week)),
    days: {
      [-40]: [won(null)],
      8: [firstValue(8), firstValue(8, 'exports')],
      15: [firstValue(15)],
      60: [sets({ Features_Entitled__c: null })],
    },
    happens: ['9 tell: champion, sponsor, user', '55 survey-onboarding/invite: champion, user'],
    episodes: ['8 completed'],
  },
  {
    playbook: 'survey-onboarding',
    tells: 'asks on day 4 after onboarding has ended, until somebody answers',
    account: DIGITAL,
    days: {
      [-88]: [won(null)],
      [-80]: [firstValue(-80)],
      8: [adds('Survey_Answer__c', { Answered_On__c: on(8), Kind__c: 'effort', Score__c: 5 })],
    },
    happens: ['5 invite: champion, user'],
    episodes: ['2 goal on 8'],
  },
  {
    playbook: 'first-login',
    tells: 'stops for whoever unsubscribes, and asks for an answer to whoever replies',
    days: {
      1: [
        person('user', { Product_User_Since__c: on(1) }),
        person('champion', { Product_User_Since__c: on(2) }),
      ],
      9: [does('user', 'unsubscribed')],
      11: [does('champion', 'replied')],
      30: [askedLately, aCase('unrelated')],
    },
    happens: ['8 getting-started: user', '9 getting-started: champion', '11 reply: csm about champion'],
    episodes: ['8 completed', '9 completed'],
  },
];
