import { describe, expect, it } from '@jest/globals';
import { saidOf, withChange } from './texts.js';

const HEALTH = 'config/health.yaml';

type Case = readonly [what: string, file: string, from: string, to: string, said: string];

const CASES: readonly Case[] = [
  [
    'an unknown key',
    HEALTH,
    'weight: 60',
    'wieght: 60\n        weight: 60',
    'config/health.yaml:5:9 unknown key "wieght"; did you mean "weight"?',
  ],
  [
    'a text where a number belongs',
    HEALTH,
    'weight: 60',
    'weight: much',
    'config/health.yaml:5:17 expected a number, found the text "much"',
  ],
  [
    'a fraction where weights are whole',
    HEALTH,
    'weight: 60',
    'weight: 1.5',
    'config/health.yaml:5:17 must be a whole number; found 1.5',
  ],
  [
    'a missing key',
    HEALTH,
    'weight: 60\n        ',
    '',
    'config/health.yaml:4:7 the key "weight" is missing here',
  ],
  [
    'a weight of zero on a signal',
    HEALTH,
    'openNow: {',
    'openNow: { weight: 0,',
    'config/health.yaml:11:30 weight 0: weights are whole numbers above 0; leave out what should not count',
  ],
  [
    'a weight of zero on a dimension',
    HEALTH,
    'weight: 60',
    'weight: 0',
    'config/health.yaml:5:17 weight 0: weights are whole numbers above 0; leave out what should not count',
  ],
  [
    'an unknown fact',
    HEALTH,
    'value: cases.open',
    'value: cases.opn',
    'config/health.yaml:11:48 unknown fact "cases.opn" in expression; did you mean "cases.open"?',
  ],
  [
    'an outcome in a signal',
    HEALTH,
    'value: cases.open',
    'value: account.churned',
    'config/health.yaml:11:48 the fact "account.churned" can’t be read here: it is an outcome, which a score must predict and therefore never read',
  ],
  [
    'a fact of one person in a score',
    HEALTH,
    'value: cases.open',
    'value: contact.loggedIn',
    'config/health.yaml:11:48 the fact "contact.loggedIn" can’t be read here: it is about one person; use it where "per" is person',
  ],
  [
    'bands out of order',
    HEALTH,
    'models:',
    'bands: { watchFrom: 80 }\nmodels:',
    'config/health.yaml:1:21 "watchFrom" (80) must lie below "healthyFrom" (70)',
  ],
  [
    'a curve whose ends are the same',
    HEALTH,
    'from: 8, to: 0',
    'from: 8, to: 8',
    'config/health.yaml:11:77 "from" and "to" are both 8; a line needs two ends',
  ],
  [
    'points that do not rise',
    HEALTH,
    '{ linear: { from: 8, to: 0 } }',
    '{ piecewise: [[0, 100], [5, 50], [3, 0]] }',
    'config/health.yaml:11:100 3 does not lie above 5: readings must rise from one to the next',
  ],
  [
    'a curve of two shapes',
    HEALTH,
    'linear: { from: 8, to: 0 }',
    'linear: { from: 8, to: 0 }, table: { a: 1 }',
    'config/health.yaml:11:67 a curve has exactly one shape of linear, piecewise, steps, table; found linear and table',
  ],
  [
    'an unknown signal',
    HEALTH,
    'openNow: { label: cases open, value: cases.open, curve: { linear: { from: 8, to: 0 } } }',
    'openCasess: 10',
    'unknown signal "openCasess"',
  ],
  [
    'a signal of one’s own without a curve',
    HEALTH,
    ', curve: { linear: { from: 8, to: 0 } }',
    '',
    'config/health.yaml:11:11 "openNow" is a signal of your own: it needs a "curve"',
  ],
  [
    'the same signal in two dimensions',
    HEALTH,
    'openNow:',
    'seatUse:',
    'config/health.yaml:11:11 the signal "seatUse" already counts in "adoption"',
  ],
  [
    'a condition on the last model',
    HEALTH,
    '- id: ongoing',
    '- id: ongoing\n    when: account.strategic',
    'config/health.yaml:3:11 the last model serves everyone else: it may have no "when"',
  ],
  [
    'an unknown model of a guard',
    HEALTH,
    'models:',
    'guards: { g: { label: g, when: account.strategic, cap: 50, models: [ongoin] } }\nmodels:',
    'config/health.yaml:1:69 unknown model "ongoin"; did you mean "ongoing"?',
  ],
  [
    'an unknown dimension of the watermelon',
    HEALTH,
    'models:',
    'watermelon: { dimensions: [suport] }\nmodels:',
    'config/health.yaml:1:28 unknown dimension "suport"; did you mean "support"?',
  ],
  [
    'a fact that follows from the score',
    HEALTH,
    'value: cases.open',
    'value: health.coverage',
    'the fact "health.coverage" can’t be read here: it is what Truenorth itself makes of the account, and a score or a tier that read it would read itself; playbooks may',
  ],
  [
    'a day of the program',
    HEALTH,
    'value: cases.open',
    'value: daysSince(program.release)',
    'the fact "program.release" can’t be read here: a day of the program says nothing about how a customer is doing; playbooks may read it',
  ],
];

describe('bad input in config/health.yaml', () => {
  it.each(CASES)('names %s', (_what, file, from, to, said) => {
    expect(saidOf(withChange(file, from, to)).join('\n')).toContain(said);
  });
});
