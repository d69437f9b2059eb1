import type { Expression } from '../../facts/fact.js';
import { line, numberIn, signal, theFact } from '../define.js';

/** Nothing open is an age of 0, not an unknown one. */
const OLDEST_OPEN: Expression<number> = {
  source: 'cases.open == 0.0 ? 0.0 : today - cases.oldestOpenOn',
  facts: ['cases.oldestOpenOn', 'cases.open'],
  evaluate: (facts, today) => {
    if (numberIn(facts, 'cases.open') === 0) return 0;
    const oldest = numberIn(facts, 'cases.oldestOpenOn');
    return oldest === null ? null : today - oldest;
  },
};

/** What customers had to ask, and how it went. */
export const SUPPORT_SIGNALS = {
  openCases: signal('support', {
    label: 'cases open',
    unit: 'cases',
    value: theFact('cases.open'),
    curves: line(8, 0),
    text: '{value|case|cases} open[, oldest since {cases.oldestOpenOn}]',
  }),
  criticalCases: signal('support', {
    label: 'critical cases open',
    unit: 'cases',
    value: theFact('cases.openCritical'),
    curves: line(2, 0),
    text: '{value|critical case|critical cases} open[, oldest since {cases.oldestCriticalOn}]',
  }),
  escalatedCases: signal('support', {
    label: 'escalated cases open',
    unit: 'cases',
    value: theFact('cases.escalatedOpen'),
    curves: line(2, 0),
    text: '{value|escalated case|escalated cases} open',
  }),
  oldestCase: signal('support', {
    label: 'age of the oldest open case',
    unit: 'days',
    weight: 5,
    value: OLDEST_OPEN,
    curves: line(60, 5),
    text: 'oldest open case from {cases.oldestOpenOn}',
  }),
  caseLoad: signal('support', {
    label: 'cases opened in 30 days',
    unit: 'cases',
    value: theFact('cases.openedLast30'),
    curves: line(6, 1),
    text: '{value|case|cases} opened in 30 days[, the last on {cases.lastOpenedOn}]',
  }),
  resolutionTime: signal('support', {
    label: 'median hours to resolution',
    unit: 'hours',
    weight: 5,
    value: theFact('cases.medianHoursToResolution90'),
    curves: line(120, 8),
    text: '{value} hours to resolve a case, median of 90 days',
  }),
  caseSatisfaction: signal('support', {
    label: 'satisfaction with cases',
    unit: 'of 5',
    value: theFact('cases.csatMean90'),
    curves: line(2, 4.7),
    text: 'satisfaction with cases {value} of 5',
  }),
  unansweredCases: signal('support', {
    label: 'open cases without a first response',
    unit: 'cases',
    weight: 5,
    value: theFact('cases.withoutFirstResponse'),
    curves: line(3, 0),
    text: '{value|open case|open cases} without a first response',
  }),
  reopenedCases: signal('support', {
    label: 'cases reopened',
    unit: 'cases',
    weight: 5,
    value: theFact('cases.reopened90'),
    curves: line(3, 0),
    text: '{value|case|cases} of the last 90 days reopened',
  }),
};
