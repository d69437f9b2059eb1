import { on } from '../days.js';
import { aCase, adds, does, person, sets, touched } from '../events.js';
import { LONG_AGO, type Story } from '../story.js';

const lastTouch = (day: number) =>
  adds('Touchpoint__c', { On__c: on(day), Kind__c: 'Call', Two_Way__c: true });

export const ENGAGEMENT: readonly Story[] = [
  {
    playbook: 'quiet-account',
    tells: 'writes on the 61st day without a word, has somebody call on day 12, and again after 90 days',
    account: LONG_AGO,
    days: { [-57]: [lastTouch(-57)], 38: [touched] },
    happens: ['4 note: champion, sponsor', '15 call: csm', '100 note: champion, sponsor'],
    episodes: ['4 goal on 38', '100 completed'],
  },
  {
    playbook: 'quiet-account',
    tells: 'calls nobody who was heard of, and stays still within 90 days',
    account: LONG_AGO,
    days: { [-57]: [lastTouch(-57)], 10: [touched, lastTouch(11)] },
    happens: ['4 note: champion, sponsor', '85 refused: cooldown'],
    episodes: ['4 goal on 10'],
  },
  {
    playbook: 'quiet-account',
    tells: 'does not call it quiet where a case was opened',
    account: LONG_AGO,
    days: { [-57]: [lastTouch(-57)], 3: [aCase('one')] },
    happens: ['100 refused: expired'],
    episodes: [],
  },
  {
    playbook: 'unresponsive-person',
    tells: 'has somebody try another way with the sixth message that one person left without an answer',
    people: ['champion', 'user'],
    days: {
      1: [sets({ Incident_Since__c: on(1) })],
      6: [sets({ Incident_Since__c: null })],
      9: [does('champion', 'clicked')],
      23: [sets({ Incident_Since__c: on(23) })],
      26: [sets({ Incident_Since__c: null })],
    },
    happens: [
      '1 service-incident/notice: champion, user',
      '3 service-incident/update: champion, user',
      '8 service-incident/all-clear: champion, user',
      '23 service-incident/notice: champion, user',
      '25 service-incident/update: champion, user',
      '30 service-incident/all-clear: champion, user',
      '31 change-channel: csm about user',
    ],
    episodes: ['31 completed'],
  },
  {
    playbook: 'contact-moved-on',
    tells:
      'has a successor found for each champion or buyer who left or bounces, once each, and for nobody else',
    days: {
      4: [person('champion', { Left_Company__c: true }), person('user', { Left_Company__c: true })],
      9: [person('economic-buyer', { EmailBouncedDate: `${on(9)}T07:00:00Z` })],
      12: [person('champion', { Left_Company__c: false })],
      15: [person('champion', { Left_Company__c: true })],
    },
    happens: ['4 find-successor: csm about champion', '9 find-successor: csm about economic-buyer'],
    episodes: ['4 completed', '9 completed'],
  },
  {
    playbook: 'sponsor-change',
    tells: 'has somebody meet whoever follows a sponsor who left, until there is a new one',
    days: {
      4: [person('sponsor', { Left_Company__c: true })],
      8: [person('other', { Role__c: 'sponsor' })],
      12: [person('sponsor', { Left_Company__c: false })],
      15: [person('sponsor', { Left_Company__c: true })],
    },
    happens: ['4 meet-successor: csm about sponsor', '15 refused: cooldown'],
    episodes: ['4 goal on 8'],
  },
  {
    playbook: 'meeting-offer',
    tells:
      'offers one person a meeting when more contact is asked for, until one is booked, and rests for 120 days',
    account: { ...LONG_AGO, Seats__c: 10, Features_Entitled__c: 1 },
    usage: () => [{ times: 100, users: 5, keys: 10 }],
    days: {
      3: [sets({ Wants_Contact__c: true })],
      5: [does('champion', 'meeting-booked')],
      10: [sets({ Wants_Contact__c: false })],
      20: [sets({ Wants_Contact__c: true })],
      25: [sets({ Wants_Contact__c: false })],
      191: [sets({ Wants_Contact__c: true })],
    },
    happens: ['3 offer: champion', '20 refused: cooldown', '191 offer: champion'],
    episodes: ['3 goal on 5', '191 running'],
  },
  {
    playbook: 'meeting-offer',
    tells: 'offers one where nearly all licences and few of the features are in use',
    account: { ...LONG_AGO, Seats__c: 10, Features_Entitled__c: 3 },
    usage: (week) => [{ times: 100, users: week < 1 ? 7 : 8, keys: 10 }],
    happens: ['7 offer: champion'],
    episodes: ['7 completed'],
  },
];
