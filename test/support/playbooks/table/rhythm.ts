import { does } from '../events.js';
import { LONG_AGO, type Story, type Used } from '../story.js';

const steady: readonly Used[] = [{ times: 100, users: 5, keys: 10 }];

/** Playbooks that reach whoever they are meant for in all stories alike: on a day of the calendar, or by many messages. */
export const WIDE = [
  'usage-report',
  'webinar-invitation',
  'release-announcement',
  'you-asked-we-did',
  'unresponsive-person',
];

export const RHYTHM: readonly Story[] = [
  {
    playbook: 'usage-report',
    tells: 'comes on the third of each month, whoever clicked in the last one',
    account: LONG_AGO,
    usage: () => steady,
    days: { 24: [does('champion', 'clicked')] },
    happens: ['23 report: champion, sponsor', '55 report: champion, sponsor', '85 report: champion, sponsor'],
    episodes: ['21 goal on 24', '51 completed', '85 completed'],
  },
  {
    playbook: 'usage-report',
    tells: 'is not sent where nobody works with the product',
    account: LONG_AGO,
    usage: (week) => (week < -8 ? steady : []),
    happens: [],
    episodes: [],
  },
  {
    playbook: 'webinar-invitation',
    tells: 'comes on the fifth day of a quarter, and a month later the office hours',
    account: LONG_AGO,
    happens: ['55 webinar: champion, user', '85 office-hours: champion, user'],
    episodes: ['51 completed'],
  },
  {
    playbook: 'webinar-invitation',
    tells: 'has no more to say to those who replied',
    account: LONG_AGO,
    days: { 56: [does('champion', 'replied')] },
    happens: ['55 webinar: champion, user', '56 reply: csm about champion'],
    episodes: ['51 goal on 56'],
  },
  {
    playbook: 'release-announcement',
    tells: 'goes out on the day that is set, and again with the next release',
    happens: ['46 announce: champion, sponsor, user', '102 announce: champion, sponsor, user'],
    episodes: ['46 completed', '102 completed'],
  },
];
