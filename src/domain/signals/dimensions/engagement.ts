import { computed, line, signal, theFact } from '../define.js';

/** Do we talk, with whom, and do they answer: the relationship is in here. */
export const ENGAGEMENT_SIGNALS = {
  lastTouch: signal('engagement', {
    label: 'days since the last two-way touch',
    unit: 'days',
    weight: 20,
    value: theFact('activity.daysSinceTouch'),
    curves: line(120, 14),
    text: 'last two-way touch on {activity.lastTouchOn}',
  }),
  engagedContacts: signal('engagement', {
    label: 'contacts engaged in 90 days',
    unit: 'contacts',
    value: theFact('contacts.engaged90'),
    curves: line(0, 3),
    text: '{value|contact|contacts} engaged in 90 days',
  }),
  sponsorKnown: signal('engagement', {
    label: 'sponsors and economic buyers known',
    unit: 'contacts',
    value: computed(
      'contacts.sponsors + contacts.economicBuyers',
      ['contacts.sponsors', 'contacts.economicBuyers'],
      (_, sponsors = 0, buyers = 0) => sponsors + buyers,
    ),
    curves: line(0, 1),
    text: '{value|sponsor or economic buyer|sponsors or economic buyers} known',
  }),
  sponsorLeft: signal('engagement', {
    label: 'sponsors who have left',
    unit: 'contacts',
    weight: 5,
    value: theFact('contacts.sponsorsLeft'),
    curves: line(1, 0),
    text: '{value|sponsor has|sponsors have} left',
  }),
  reachableContacts: signal('engagement', {
    label: 'reachable contacts',
    unit: 'contacts',
    weight: 5,
    value: theFact('contacts.reachable'),
    curves: line(0, 3),
    text: '{value|reachable contact|reachable contacts}',
  }),
  missedMeetings: signal('engagement', {
    label: 'meetings missed or declined in 90 days',
    unit: 'meetings',
    weight: 5,
    value: computed(
      'activity.meetingsMissed90 + activity.meetingsDeclined90',
      ['activity.meetingsMissed90', 'activity.meetingsDeclined90'],
      (_, missed = 0, declined = 0) => missed + declined,
    ),
    curves: line(3, 0),
    text: '{value|meeting|meetings} missed or declined in 90 days',
  }),
};
