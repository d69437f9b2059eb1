import { computed, daysSince, line, points, signal, table, theFact } from '../define.js';

/** What is paid, bought and owed. */
export const COMMERCIAL_SIGNALS = {
  overdue: signal('commercial', {
    label: 'days overdue',
    unit: 'days',
    value: theFact('payments.daysOverdue'),
    curves: line(60, 0),
    text: 'payment overdue[ since {payments.overdueSince}]',
  }),
  failedPayments: signal('commercial', {
    label: 'failed payments',
    unit: 'payments',
    weight: 5,
    value: theFact('payments.failed'),
    curves: line(3, 0),
    text: '{value|failed payment|failed payments}',
  }),
  creditHold: signal('commercial', {
    label: 'credit hold',
    type: 'boolean',
    weight: 5,
    value: theFact('payments.creditHold'),
    curves: table({ true: 0, false: 100 }),
    text: 'credit hold',
  }),
  lastPurchase: signal('commercial', {
    label: 'days since the last purchase',
    unit: 'days',
    value: daysSince('opportunities.lastWonOn'),
    curves: line(540, 90),
    text: 'last purchase on {opportunities.lastWonOn}',
  }),
  purchaseTrend: signal('commercial', {
    label: 'purchases against the year before',
    unit: '%',
    value: computed(
      '(opportunities.wonAmount365 / opportunities.wonAmountBefore365 - 1.0) * 100.0',
      ['opportunities.wonAmount365', 'opportunities.wonAmountBefore365'],
      (_, now = 0, before = 0) => (before > 0 ? Math.round((now / before - 1) * 1000) / 10 : null),
    ),
    curves: line(-40, 10),
    text: 'purchases changed by {value} % against the year before',
  }),
  purchases: signal('commercial', {
    label: 'purchases in a year',
    unit: 'purchases',
    weight: 5,
    value: theFact('opportunities.won365'),
    curves: points([1, 0], [2, 35], [4, 65], [8, 90], [12, 100]),
    text: '{value|purchase|purchases} in a year',
  }),
  purchaseAmount: signal('commercial', {
    label: 'bought in a year',
    unit: 'money',
    weight: 5,
    value: theFact('opportunities.wonAmount365'),
    // A line for want of a book to draw it from; `init` draws one from the purchases that it sees.
    curves: line(0, 25_000),
    text: 'bought for {value} in a year',
  }),
  arrTrend: signal('commercial', {
    label: 'recurring revenue gained or lost in a year',
    unit: '%',
    weight: 5,
    value: computed(
      'opportunities.arrChange365 / account.arr * 100.0',
      ['opportunities.arrChange365', 'account.arr'],
      (_, change = 0, arr = 0) => (arr > 0 ? Math.round((change / arr) * 1000) / 10 : null),
    ),
    curves: line(-20, 10),
    text: 'recurring revenue changed by {value} % in a year',
  }),
};
