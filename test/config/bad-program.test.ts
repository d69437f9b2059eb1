import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TARGETS } from '../../src/domain/program/default-targets.js';
import type { ProgramPolicy } from '../../src/domain/program/program-policy.js';
import { PLAIN_TEXTS, resolveTexts, saidOf } from './texts.js';

const PROGRAM = 'config/program.yaml';
const withProgram = (text: string) => ({ ...PLAIN_TEXTS, [PROGRAM]: text });

type Case = readonly [what: string, text: string, said: string];

const CASES: readonly Case[] = [
  [
    'costs that no sum could hold',
    'tiers: { digital: { people: 1, costs: { personPerYear: 1e308 } } }\n',
    'config/program.yaml:1:56 must be at most 1,000,000,000,000; found 1e+308',
  ],
  [
    'an unknown metric',
    'targets: { chrun: { target: 10 } }\n',
    'config/program.yaml:1:12 unknown metric "chrun"; did you mean "churn"?',
  ],
  [
    'a target that is a value and a change',
    'targets: { churn: { target: 10, change: 5 } }\n',
    'config/program.yaml:1:19 one of "target" and "change" is needed, and not both',
  ],
  [
    'a target that is neither',
    'targets: { churn: { months: 6 } }\n',
    'config/program.yaml:1:19 one of "target" and "change" is needed, and not both',
  ],
  [
    'an unknown tier',
    'tiers: { digitl: { people: 1 } }\n',
    'config/program.yaml:1:10 unknown tier "digitl"; did you mean "digital"?',
  ],
  [
    'costs without people',
    'tiers: { digital: { costs: { personPerYear: 1 } } }\n',
    'config/program.yaml:1:28 costs need "people": how many look after the tier',
  ],
  [
    'more accounts at least than at most',
    'tiers: { digital: { accountsPerPerson: { from: 9, to: 3 } } }\n',
    'config/program.yaml:1:40 "from" must not be above "to"',
  ],
  [
    'a segment that is no fact',
    'segmentBy: account.industri\n',
    'config/program.yaml:1:12 unknown fact "account.industri"; did you mean "account.industry"?',
  ],
  [
    'a segment that is a number',
    'segmentBy: account.arr\n',
    'config/program.yaml:1:12 only a text can be a segment: not "account.arr"',
  ],
  [
    'a time sample of half weeks',
    'timeSample: { from: 2026-10-05, to: 2026-10-16, tiers: {} }\n',
    'config/program.yaml:1:37 the sample must last whole weeks; it has 12 days',
  ],
  [
    'a time sample of a tier that there is not',
    'timeSample: { from: 2026-10-05, to: 2026-10-18, tiers: { digitl: { hours: 60, people: 2 } } }\n',
    'config/program.yaml:1:58 unknown tier "digitl"; did you mean "digital"?',
  ],
  [
    'a time sample that ends on no day',
    'timeSample: { from: 2026-10-05, to: 2026-10-32, tiers: {} }\n',
    'config/program.yaml:1:37 "2026-10-32" is not in the calendar',
  ],
  [
    'revenue marks that do not rise',
    'revenuePerPerson: { about: 5, warnBelow: 9 }\n',
    'config/program.yaml:1:19 "warnBelow", "about" and "warnAbove" must rise',
  ],
];

function programOf(text: string): ProgramPolicy {
  return resolveTexts(withProgram(text)).program;
}

describe('config/program.yaml', () => {
  it.each(CASES)('names %s', (_, text, said) => {
    expect(saidOf(withProgram(text))).toContain(said);
  });

  it('may be missing: the usual targets hold, and nothing is assumed of people and costs', () => {
    const { program, notes } = resolveTexts(PLAIN_TEXTS);
    expect(notes).toEqual([]);
    expect(program).toEqual({
      targets: DEFAULT_TARGETS,
      segmentBy: null,
      floor: 5,
      staffing: {},
      revenuePerPerson: { about: 3_000_000, warnBelow: 1_000_000, warnAbove: 10_000_000 },
      generalMarketing: { people: null, opened: null, clicked: null, replied: null },
      timeSample: null,
    });
  });

  it('replaces a target, and takes one away', () => {
    const { targets } = programOf(
      'targets: { churn: { change: -20, direction: at most, months: 6, baseline: 15 }, nps: null }\n',
    );
    expect(targets.churn).toEqual({
      target: -20,
      kind: 'change',
      direction: 'at most',
      months: 6,
      baseline: 15,
    });
    expect(targets).not.toHaveProperty('nps');
    expect(targets.health).toEqual(DEFAULT_TARGETS.health);
  });

  it('keeps the side and the months of the usual target where only a number is said', () => {
    const { targets } = programOf(
      'targets: { churn: { target: 8 }, resolution-time: { change: -10 }, accounts: { target: 50 } }\n',
    );
    expect(targets.churn).toEqual({ ...DEFAULT_TARGETS.churn, target: 8 });
    expect(targets['resolution-time']).toEqual({ ...DEFAULT_TARGETS['resolution-time'], target: -10 });
    expect(targets.accounts).toMatchObject({ direction: 'at least', months: 12 });
  });

  it('leaves open what is not said of a tier', () => {
    const { staffing } = programOf('tiers: { digital: { people: 2, utilisation: 70 % } }\n');
    expect(staffing).toEqual({
      digital: {
        people: 2,
        accountsPerPerson: null,
        hoursPerWeek: null,
        utilisation: 0.7,
        activities: {},
        costs: null,
      },
    });
  });

  it('notes which attributes would bring a number, once for all of them, and that no tier has costs', () => {
    const { notes } = resolveTexts(withProgram('floor: 3\n'));
    const said = notes.filter(({ file }) => file === PROGRAM).map(({ message }) => message);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/churn, [^;]+ need account\.churnedOn, account\.customerSince; /);
    expect(said[0]).not.toMatch(/cases-opened(?!-)/);
    expect(said[1]).toContain('no tier has "costs"');
  });

  it('notes a segment that nobody can know', () => {
    const { notes, program } = resolveTexts(withProgram('segmentBy: account.industry\nsegments: 3\n'));
    expect(notes.some(({ message }) => message.startsWith('no number is split by segment'))).toBe(true);
    expect(program.segmentBy).toEqual({ fact: 'account.industry', atMost: 3 });
  });

  it('ships with the usual targets written out', () => {
    expect(programOf(readFileSync(PROGRAM, 'utf8').replace(/^ {2}hybrid:\n.*\n/m, '')).targets).toEqual(
      DEFAULT_TARGETS,
    );
  });
});
