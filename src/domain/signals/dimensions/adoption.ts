import { below, daysSince, line, signal, theFact } from '../define.js';

const FEED_FRESH_FOR = 30;

/** Is it used, by how many, how widely, and more or less than before. */
export const ADOPTION_SIGNALS = {
  licenceUse: signal('adoption', {
    label: 'licence use',
    unit: '%',
    weight: 20,
    value: theFact('usage.licenceUse'),
    curves: [
      { when: below('account.tenureDays', 180), curve: { shape: 'linear', from: 0, to: 50 } },
      { when: below('account.tenureDays', 270), curve: { shape: 'linear', from: 10, to: 65 } },
      ...line(20, 80),
    ],
    freshFor: FEED_FRESH_FOR,
    text: '{value} % of licensed seats in use',
  }),
  usageTrend: signal('adoption', {
    label: 'use against the 12 weeks before',
    unit: '%',
    weight: 15,
    value: theFact('usage.trend'),
    curves: line(-50, 10),
    freshFor: FEED_FRESH_FOR,
    text: 'use changed by {value} % against the 12 weeks before',
  }),
  keyActionTrend: signal('adoption', {
    label: 'key actions against the 12 weeks before',
    unit: '%',
    value: theFact('usage.keyActionTrend'),
    curves: line(-50, 10),
    freshFor: FEED_FRESH_FOR,
    text: 'key actions changed by {value} % against the 12 weeks before',
  }),
  featureShare: signal('adoption', {
    label: 'entitled features used',
    unit: '%',
    weight: 15,
    value: theFact('usage.featureShare'),
    curves: line(10, 70),
    freshFor: FEED_FRESH_FOR,
    text: '{value} % of the entitled features used',
  }),
  lastUse: signal('adoption', {
    label: 'days since last use',
    unit: 'days',
    weight: 15,
    value: daysSince('usage.lastUsedOn'),
    curves: line(30, 3),
    freshFor: FEED_FRESH_FOR,
    text: 'last used on {usage.lastUsedOn}',
  }),
  activeDays: signal('adoption', {
    label: 'days with use in 28 days',
    unit: 'days',
    value: theFact('usage.activeDays28'),
    curves: line(0, 12),
    freshFor: FEED_FRESH_FOR,
    text: 'used on {value|day|days} of 28',
  }),
  lastLogin: signal('adoption', {
    label: 'days since the last login',
    unit: 'days',
    value: daysSince('contacts.lastLoginOn'),
    curves: line(60, 7),
    text: 'last login on {contacts.lastLoginOn}',
  }),
  errorRate: signal('adoption', {
    label: 'errors in a hundred uses',
    unit: '%',
    weight: 5,
    value: theFact('usage.errorRate28'),
    curves: line(10, 0),
    freshFor: FEED_FRESH_FOR,
    text: '{value} errors in a hundred uses',
  }),
};
