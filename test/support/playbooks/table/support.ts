import { on } from '../days.js';
import { aCase, adds, askedLately, changes, closes, does, person, sets } from '../events.js';
import type { Story } from '../story.js';

const four = (names: string) => [...names].map((name) => aCase(name));

export const SUPPORT: readonly Story[] = [
  {
    playbook: 'support-surge',
    tells: 'begins with the fourth case of a month and not before, and again only after 60 days',
    days: { 3: four('ab'), 5: four('c'), 6: four('d'), 45: four('efgh'), 102: four('ijkl') },
    happens: [
      '6 acknowledge: champion, sponsor, user',
      '7 guide: champion, sponsor, user',
      '10 call: csm',
      '45 refused: cooldown',
      '102 acknowledge: champion, sponsor, user',
      '103 guide: champion, sponsor, user',
    ],
    episodes: ['6 completed', '102 completed'],
  },
  {
    playbook: 'support-surge',
    tells:
      'takes the next role in the place of somebody who opted out, and leaves whoever replied to a person',
    days: {
      2: [person('champion', { HasOptedOutOfEmail: true })],
      6: four('abcd'),
      7: [does('user', 'replied')],
    },
    happens: [
      '6 acknowledge refused opted_out_crm: champion',
      '6 acknowledge: sponsor, economic-buyer, user',
      '7 guide: sponsor, economic-buyer',
      '7 guide refused opted_out_crm: champion',
      '7 reply: csm about user',
      '10 call: csm',
    ],
    episodes: ['6 completed'],
  },
  {
    playbook: 'critical-case',
    tells:
      'writes and calls on the day a case is critical, looks again on day 4, and begins anew with the next one',
    days: {
      [-3]: [askedLately],
      4: [aCase('one', { Priority: 'Critical' })],
      9: [closes('one')],
      12: [aCase('two', { Priority: 'Critical' })],
      13: [closes('two')],
      20: [aCase('three')],
      30: [changes('Case', 'three', { Priority: 'Critical' })],
      31: [closes('three')],
    },
    happens: [
      '4 we-are-on-it: champion, sponsor, user',
      '4 call: csm',
      '7 look-again: csm',
      '12 we-are-on-it: champion, sponsor, user',
      '12 call: csm',
      '30 we-are-on-it: champion, sponsor, user',
      '30 call: csm',
    ],
    episodes: ['4 goal on 9', '12 goal on 13', '30 goal on 31'],
  },
  {
    playbook: 'case-recovery',
    tells:
      'asks a week after an escalated case was closed, also where the handling was praised, and again after 30 days',
    days: {
      2: [askedLately, aCase('one', { IsEscalated: true })],
      5: [closes('one', { CSAT__c: 5 })],
      24: [aCase('two', { IsEscalated: true })],
      26: [closes('two')],
      38: [aCase('three', { IsEscalated: true })],
      40: [closes('three')],
    },
    happens: ['12 ask: csm', '26 refused: cooldown', '47 ask: csm'],
    episodes: ['5 completed', '40 completed'],
  },
  {
    playbook: 'case-recovery',
    tells: 'asks nothing while the next escalated case is open',
    days: {
      2: [askedLately, aCase('one', { IsEscalated: true })],
      5: [closes('one')],
      11: [aCase('two', { IsEscalated: true })],
    },
    happens: [],
    episodes: ['5 completed'],
  },
  {
    playbook: 'service-incident',
    tells:
      'tells everybody at once, keeps them up to date, says when it is over, and begins anew with the next one',
    days: {
      5: [sets({ Incident_Since__c: on(5) })],
      15: [sets({ Incident_Since__c: null })],
      30: [sets({ Incident_Since__c: on(30) })],
      31: [sets({ Incident_Since__c: null })],
    },
    happens: [
      '5 notice: champion, sponsor, economic-buyer, user, other',
      '7 update: champion, sponsor, economic-buyer, user, other',
      '15 all-clear: champion, sponsor, economic-buyer, user, other',
      '30 notice: champion, sponsor, economic-buyer, user, other',
      '37 all-clear: champion, sponsor, economic-buyer, user, other',
    ],
    episodes: ['5 completed', '30 completed'],
  },
  {
    playbook: 'training-invitation',
    tells:
      'invites on the second case that training would have spared, reminds a week later, and rests for 90 days',
    days: {
      2: [aCase('one', { Cause__c: 'training' })],
      4: [aCase('other', { Cause__c: 'product' })],
      6: [aCase('two', { Cause__c: 'training' })],
      101: [aCase('three', { Cause__c: 'training' })],
      102: [aCase('four', { Cause__c: 'training' })],
    },
    happens: ['6 invite: champion, user', '13 remind: champion, user', '102 invite: champion, user'],
    episodes: ['6 completed', '102 completed'],
  },
  {
    playbook: 'training-invitation',
    tells: 'invites when the cause is entered, however late, and reminds nobody where a meeting was booked',
    days: {
      2: [aCase('one', { Cause__c: 'training' })],
      6: [aCase('two')],
      16: [changes('Case', 'two', { Cause__c: 'training' })],
      18: [does('champion', 'meeting-booked')],
    },
    happens: ['16 invite: champion, user'],
    episodes: ['16 completed'],
  },
  {
    playbook: 'inbound-request',
    tells:
      'asks for an answer to each request, and to a case without a word for two days; what was answered is left alone',
    days: {
      3: [
        adds(
          'Customer_Request__c',
          ({ contact }) => ({ Kind__c: 'form', Contact__c: contact('user') }),
          'form',
        ),
        adds('Customer_Request__c', { Kind__c: 'meeting', First_Answer__c: `${on(3)}T07:00:00Z` }),
      ],
      4: [changes('Customer_Request__c', 'form', { First_Answer__c: `${on(4)}T07:00:00Z` })],
      6: [adds('Customer_Request__c', { Kind__c: 'message' }, 'message')],
      7: [changes('Customer_Request__c', 'message', { Resolved__c: true })],
      10: [aCase('silent', { First_Response_At__c: null })],
      12: [changes('Customer_Request__c', 'form', { First_Answer__c: null })],
    },
    happens: ['3 answer: csm', '6 answer: csm', '12 answer: csm'],
    episodes: ['3 goal on 4', '6 goal on 7', '12 completed'],
  },
];
