import { on } from '../days.js';
import { aCase, answers, askedLately, closes, does, sets } from '../events.js';
import type { Story } from '../story.js';

export const VOICE: readonly Story[] = [
  {
    playbook: 'survey-case',
    tells: 'asks two days after the last open case was closed, and the account again after 60 days',
    days: {
      1: [aCase('one'), aCase('two')],
      3: [closes('one')],
      4: [closes('two')],
      20: [aCase('three')],
      21: [closes('three')],
      100: [aCase('four')],
      101: [closes('four')],
    },
    happens: ['6 invite: champion, user', '21 refused: cooldown', '103 invite: champion, user'],
    episodes: ['4 completed', '101 completed'],
  },
  {
    playbook: 'survey-case',
    tells: 'asks nobody who has just answered',
    days: { [-3]: [askedLately], 1: [aCase('one')], 3: [closes('one')] },
    happens: [],
    episodes: [],
  },
  {
    playbook: 'survey-review',
    tells:
      'asks the day after a review, and neither it nor another survey asks the same people within 60 days',
    days: {
      10: [sets({ Criteria_Reviewed__c: on(10) })],
      25: [sets({ Criteria_Reviewed__c: on(25) })],
      30: [aCase('one')],
      31: [closes('one')],
    },
    happens: [
      '11 invite: champion, user',
      '25 refused: cooldown',
      '33 survey-case/invite refused cooldown: champion, user',
      '33 survey-case/invite: sponsor',
    ],
    episodes: ['10 completed'],
  },
  {
    playbook: 'survey-review',
    tells: 'takes out of the list whoever is no longer asked once there is an answer',
    days: { 10: [sets({ Criteria_Reviewed__c: on(10) })], 14: [answers('effort', 6)] },
    happens: ['11 invite: champion, user'],
    episodes: ['10 goal on 14'],
  },
  {
    playbook: 'answer-follow-up',
    tells: 'has somebody call about a poor answer on the day',
    days: { 4: [answers('nps', 5)] },
    happens: ['4 call: csm'],
    episodes: ['4 completed'],
  },
  {
    playbook: 'answer-follow-up',
    tells:
      'asks what would have made a passive answer better, whatever they said before, and again after 30 days',
    days: {
      [-20]: [answers('csat', 5)],
      4: [answers('nps', 8)],
      20: [answers('nps', 7)],
      40: [answers('nps', 7)],
    },
    happens: ['5 ask: sponsor', '20 refused: cooldown', '41 ask: sponsor'],
    episodes: ['4 completed', '40 completed'],
  },
  {
    playbook: 'answer-follow-up',
    tells: 'ends with a good answer',
    days: { 4: [answers('csat', 2)], 8: [answers('csat', 5)] },
    happens: ['4 call: csm'],
    episodes: ['4 goal on 8'],
  },
  {
    playbook: 'promoter',
    tells: 'thanks a promoter the next day, has one thing asked a week later, and rests for 180 days',
    days: { 4: [answers('nps', 9)], 40: [answers('nps', 10)], 192: [answers('nps', 10)] },
    happens: ['5 thanks: champion', '12 ask: csm', '40 refused: cooldown', '193 thanks: champion'],
    episodes: ['4 completed', '192 running'],
  },
  {
    playbook: 'promoter',
    tells: 'leaves it to the answer where the promoter replied',
    days: { 4: [answers('nps', 9)], 8: [does('champion', 'replied')] },
    happens: ['5 thanks: champion', '8 reply: csm about champion'],
    episodes: ['4 goal on 8'],
  },
  {
    playbook: 'you-asked-we-did',
    tells: 'tells those who answered in the last year on the day that is set, and again after 60 days',
    days: { [-50]: [answers('effort', 4)] },
    happens: [
      '48 tell: champion, sponsor, user',
      '100 refused: cooldown',
      '191 tell: champion, sponsor, user',
    ],
    episodes: ['48 completed', '191 running'],
  },
  {
    playbook: 'you-asked-we-did',
    tells: 'has nothing to tell those who were not asked',
    happens: [],
    episodes: [],
  },
];
