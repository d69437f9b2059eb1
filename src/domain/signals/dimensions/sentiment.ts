import { line, signal, table, theFact } from '../define.js';

const ANSWER_FRESH_FOR = 365;

/** What customers say of us. */
export const SENTIMENT_SIGNALS = {
  nps: signal('sentiment', {
    label: 'latest NPS answer',
    unit: 'of 10',
    value: theFact('surveys.npsLatest'),
    curves: line(0, 10),
    freshFor: ANSWER_FRESH_FOR,
    text: 'NPS answer {value} of 10[, given on {surveys.npsOn}]',
  }),
  satisfaction: signal('sentiment', {
    label: 'satisfaction in surveys',
    unit: 'of 5',
    value: theFact('surveys.csatMean365'),
    curves: line(2, 4.7),
    freshFor: ANSWER_FRESH_FOR,
    text: 'satisfaction {value} of 5[, last answer on {surveys.csatOn}]',
  }),
  effort: signal('sentiment', {
    label: 'ease in surveys',
    unit: 'of 7',
    weight: 5,
    value: theFact('surveys.effortLatest'),
    curves: line(2, 6),
    freshFor: ANSWER_FRESH_FOR,
    text: 'ease {value} of 7[, answered on {surveys.effortOn}]',
  }),
  valuePerception: signal('sentiment', {
    label: 'value perception',
    type: 'text',
    value: theFact('account.valuePerception'),
    curves: table({ essential: 100, 'nice-to-have': 50, 'no-longer-needed': 0 }),
    // Exactly one of the two is known: nobody is quoted with what they were never asked.
    text: '[the product is seen as {account.valueAsked}][value perception derived from the NPS answer of {account.valueFromNps} (they were never asked)]',
  }),
  criteriaAchieved: signal('sentiment', {
    label: 'share of the success target achieved',
    unit: '%',
    weight: 5,
    value: theFact('account.criteriaShare'),
    curves: line(0, 100),
    text: '{value} % of the success target achieved[, reviewed on {account.criteriaReviewedOn}]',
  }),
};
