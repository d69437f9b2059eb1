import { on } from '../days.js';
import { aCase, aDeal, askedLately, changes, closes, person, sets, won } from '../events.js';
import { LONG_AGO, type Story, type Values } from '../story.js';

/** A customer of more than a year. */
const CUSTOMER = won(null, on(-420));
const LOST: Values = { StageName: 'Closed Lost' };
const owes = (days: number) => sets({ Days_Overdue__c: days });

export const COMMERCIAL: readonly Story[] = [
  {
    playbook: 'renewal',
    tells: 'begins at 120, at 90 and at 30 days, each a start of its own',
    account: { Renewal_Date__c: on(122) },
    happens: [
      '2 take-stock: csm',
      '32 offer: owner',
      '36 renewal-is-near: sponsor, economic-buyer',
      '100 close: owner',
    ],
    episodes: ['2 completed', '32 completed', '100 completed'],
  },
  {
    playbook: 'renewal',
    tells: 'starts the last of several marks that are crossed at once',
    account: { Renewal_Date__c: on(300) },
    days: { 5: [sets({ Renewal_Date__c: on(85) })] },
    happens: [
      '5 offer: owner',
      '5 refused: expired',
      '5 renewal-is-near: sponsor, economic-buyer',
      '55 close: owner',
    ],
    episodes: ['5 completed', '55 completed'],
  },
  {
    playbook: 'renewal-open-issues',
    tells: 'has open issues cleared up first, and the renewal mail waits for it',
    account: { Renewal_Date__c: on(122) },
    days: {
      [-1]: [askedLately],
      30: [aCase('one', { IsEscalated: true })],
      40: [closes('one')],
    },
    happens: [
      '2 renewal/take-stock: csm',
      '30 clear-up: csm',
      '32 renewal/offer: owner',
      '40 renewal/renewal-is-near: sponsor, economic-buyer',
      '47 case-recovery/ask: csm',
      '100 renewal/close: owner',
    ],
    episodes: ['30 completed'],
  },
  {
    playbook: 'renewal-open-issues',
    tells: 'ends when nothing is open, and begins again after 30 days',
    account: { Renewal_Date__c: on(100) },
    days: {
      2: [aCase('one')],
      3: [changes('Case', 'one', { IsEscalated: true })],
      6: [changes('Case', 'one', { IsEscalated: false })],
      8: [changes('Case', 'one', { IsEscalated: true })],
      9: [changes('Case', 'one', { IsEscalated: false })],
      36: [changes('Case', 'one', { IsEscalated: true })],
      39: [changes('Case', 'one', { IsEscalated: false })],
    },
    happens: [
      '3 clear-up: csm',
      '8 refused: cooldown',
      '10 renewal/offer: owner',
      '14 renewal/renewal-is-near: sponsor, economic-buyer',
      '36 clear-up: csm',
      '85 renewal/refused: expired',
    ],
    episodes: ['3 goal on 6', '36 goal on 39'],
  },
  {
    playbook: 'after-renewal',
    tells:
      'thanks the day after, has the criteria set anew, ends the way to the renewal, and rests for 180 days',
    account: { Renewal_Date__c: on(122) },
    days: {
      [-100]: [CUSTOMER],
      34: [won('Renewal'), sets({ Renewal_Date__c: on(487) })],
      86: [won('Renewal')],
    },
    happens: [
      '2 renewal/take-stock: csm',
      '32 renewal/offer: owner',
      '35 thanks: champion, sponsor, economic-buyer',
      '43 reset-criteria: csm',
      '86 refused: cooldown',
    ],
    episodes: ['34 completed'],
  },
  {
    playbook: 'after-renewal',
    tells: 'asks for no criteria that were reviewed, and begins with the next renewal',
    days: {
      [-100]: [CUSTOMER],
      [-1]: [askedLately],
      4: [won('Renewal')],
      9: [sets({ Criteria_Reviewed__c: on(9) })],
      191: [won('Renewal')],
    },
    happens: ['5 thanks: champion, sponsor, economic-buyer', '192 thanks: champion, sponsor, economic-buyer'],
    episodes: ['4 goal on 9', '191 running'],
  },
  {
    playbook: 'upsell-signal',
    tells:
      'gives the account owner work when nine in ten licences of a healthy account are in use, and rests for 120 days',
    account: {
      ...LONG_AGO,
      ARR__c: 5_000,
      Seats__c: 10,
      Features_Entitled__c: 2,
      Days_Overdue__c: 0,
      Value_Perception__c: 'Essential',
      Criteria_Agreed__c: on(-100),
      Criteria_Reviewed__c: on(-20),
    },
    usage: (week) => [
      { times: 100, users: [1, 6, 27].includes(week) ? 9 : 8, keys: 10 },
      { feature: 'exports', times: 100, users: 8, keys: 10 },
    ],
    days: {
      0: [person('user', { Last_Login__c: on(0) })],
      150: [person('user', { Last_Login__c: on(150) }), sets({ Criteria_Reviewed__c: on(150) })],
    },
    happens: ['7 offer-room: owner', '42 refused: cooldown', '190 offer-room: owner'],
    episodes: ['7 completed', '190 running'],
  },
  {
    playbook: 'expansion-hint',
    tells: 'gives the account owner work on support’s hint, and again after 60 days',
    days: {
      3: [aCase('plain')],
      5: [aCase('one', { Expansion_Hint__c: true })],
      20: [aCase('two', { Expansion_Hint__c: true })],
      50: [
        changes('Case', 'one', { Expansion_Hint__c: false }),
        changes('Case', 'two', { Expansion_Hint__c: false }),
      ],
      51: [changes('Case', 'two', { Expansion_Hint__c: true })],
      55: [changes('Case', 'two', { Expansion_Hint__c: false })],
      101: [aCase('three', { Expansion_Hint__c: true })],
    },
    happens: ['5 follow-up: owner', '51 refused: cooldown', '101 follow-up: owner'],
    episodes: ['5 completed', '101 completed'],
  },
  {
    playbook: 'expansion-hint',
    tells: 'asks for nothing where an expansion is open already, and needs no rest from what it did not do',
    days: {
      4: [aDeal({ StageName: 'Prospecting', Type: 'Expansion', CloseDate: on(300) })],
      5: [aCase('one', { Expansion_Hint__c: true })],
      10: [changes('Case', 'one', { Expansion_Hint__c: false })],
      12: [changes('Opportunity', 'deal', { Type: 'Other' })],
      15: [changes('Case', 'one', { Expansion_Hint__c: true })],
    },
    happens: ['15 follow-up: owner'],
    episodes: ['15 completed'],
  },
  {
    playbook: 'payment-overdue',
    tells: 'reminds the buyer on the 15th day, has the owner ask on day 10, and again after 30 days',
    account: { Days_Overdue__c: 10 },
    days: {
      4: [owes(14)],
      5: [owes(15)],
      14: [owes(24)],
      20: [owes(0)],
      25: [owes(15)],
      27: [owes(0)],
      40: [owes(15)],
      44: [owes(0)],
    },
    happens: [
      '5 remind: economic-buyer',
      '14 ask: owner',
      '25 refused: cooldown',
      '40 remind: economic-buyer',
    ],
    episodes: ['5 goal on 20', '40 goal on 44'],
  },
  {
    playbook: 'churn-interview',
    tells: 'has somebody ask two weeks after a customer left',
    days: {
      3: [sets({ Churned__c: true, Churned_On__c: on(3) })],
      25: [sets({ Churned__c: false })],
      40: [sets({ Churned__c: true, Churned_On__c: on(40) })],
    },
    happens: ['16 interview: csm', '40 refused: cooldown'],
    episodes: ['3 completed'],
  },
  {
    playbook: 'win-interview',
    tells: 'has somebody ask on day 10 after a new deal, and rests for 180 days',
    days: {
      [-100]: [CUSTOMER],
      2: [won('Expansion')],
      3: [won('New Business')],
      45: [won('New Business')],
      190: [won('New Business')],
    },
    happens: ['12 interview: csm', '45 refused: cooldown'],
    episodes: ['3 completed', '190 running'],
  },
  {
    playbook: 'win-interview',
    tells: 'asks nothing more once the criteria are agreed',
    days: {
      [-100]: [CUSTOMER],
      3: [won('New Business')],
      8: [sets({ Criteria_Agreed__c: on(8) })],
    },
    happens: ['190 criteria-stale/review: csm'],
    episodes: ['3 goal on 8'],
  },
  {
    playbook: 'loss-interview',
    tells: 'has the account owner ask on day 5 after a loss, and again after 90 days',
    days: { 4: [aDeal(LOST)], 30: [aDeal(LOST)], 100: [aDeal(LOST)] },
    happens: ['8 interview: owner', '30 refused: cooldown', '104 interview: owner'],
    episodes: ['4 completed', '100 completed'],
  },
];
