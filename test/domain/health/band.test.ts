import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextBand } from '../../../src/domain/health/band.js';
import {
  aDimension,
  aModel,
  aPolicy,
  aSignal,
  assessDays,
  daysOfX,
  factsOf,
  plainPolicy,
  TODAY,
  whenPositive,
} from './builders.js';

function bands(scores: readonly number[]) {
  return assessDays(daysOfX(scores), plainPolicy()).map(({ assessment }) => assessment.band);
}

describe('bands', () => {
  it('follow plain edges where there is none yet', () => {
    expect([39, 40, 69, 70].map((score) => bands([score])[0])).toEqual(['risk', 'watch', 'watch', 'healthy']);
  });

  it('move at once when the score is a margin past the edge', () => {
    expect(bands([75, 67])).toEqual(['healthy', 'watch']);
    expect(bands([60, 73])).toEqual(['watch', 'healthy']);
    expect(bands([75, 20])).toEqual(['healthy', 'risk']);
  });

  it('move after the dwell when the score stays just past the edge', () => {
    expect(bands([75, 69, 69, 69])).toEqual(['healthy', 'healthy', 'healthy', 'watch']);
    expect(bands([75, 69, 70, 69, 69])).toEqual(['healthy', 'healthy', 'healthy', 'healthy', 'healthy']);
  });

  it('say when a dwell will end', () => {
    const days = assessDays(daysOfX([75, 69]), plainPolicy());
    expect(days[1]?.dueOn).toBe(TODAY + 3);
    const [, , moved] = assessDays(daysOfX([75, 69, 69]), plainPolicy());
    expect(moved?.state.passedSince).toEqual({ day: TODAY + 1, direction: 'down' });
  });

  it('never flap under noise inside the margin within the dwell', () => {
    const noise = fc.array(fc.integer({ min: 68, max: 72 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(noise, (scores) => {
        const seen = bands(scores);
        const moves = seen.flatMap((band, day) => (day > 0 && band !== seen[day - 1] ? [day] : []));
        for (const day of moves) {
          const way = seen[day] === 'healthy';
          const stretch = scores.slice(day - 2, day + 1);
          expect(stretch).toHaveLength(3);
          expect(stretch.every((score) => score >= 70 === way)).toBe(true);
        }
      }),
    );
  });

  it('are counted from the day on which they last changed', () => {
    const days = assessDays(daysOfX([75, 76, 50, 51]), plainPolicy());
    expect(days.map(({ state }) => state.bandSince - TODAY)).toEqual([0, 0, 2, 2]);
  });

  it('move one edge at a time', () => {
    const rules = { watchFrom: 40, healthyFrom: 70, margin: 3, dwell: 2 };
    const step = nextBand({ shownScore: 71, current: 'risk', passedSince: null, today: TODAY }, rules);
    expect(step).toEqual({ band: 'watch', passedSince: { day: TODAY, direction: 'up' } });
  });
});

describe('coverage', () => {
  const policy = aPolicy(
    aModel([
      aDimension('a', [
        aSignal('x', { weight: 48 }),
        aSignal('y', { weight: 5 }),
        aSignal('z', { weight: 47 }),
      ]),
    ]),
  );
  const day = (x: number | null, y: number | null, z: number | null) => ({ facts: factsOf({ x, y, z }) });

  it('below the floor empties the score, and keeps the last known band aside', () => {
    const [, low] = assessDays([day(80, 80, 80), day(80, null, null)], policy);
    expect(low?.assessment.score).toBeNull();
    expect(low?.assessment.band).toBe('unknown');
    expect(low?.assessment.bandSource).toBe('coverage');
    expect(low?.state.lastKnownBand).toBe('healthy');
    expect(low?.assessment.missing).toEqual(['y', 'z']);
  });

  it('is enough again only at the leaving mark', () => {
    const seen = assessDays(
      [day(80, 80, null), day(80, null, null), day(80, 80, null), day(80, 80, 80), day(80, 80, null)],
      policy,
    );
    expect(seen.map(({ assessment }) => assessment.band)).toEqual([
      'healthy',
      'unknown',
      'unknown',
      'healthy',
      'healthy',
    ]);
  });
});

describe('a guard', () => {
  const guards = [
    {
      id: 'overdue',
      label: 'payment overdue',
      cap: 30,
      when: {
        source: 'g',
        facts: ['g'],
        evaluate: (facts: ReturnType<typeof factsOf>) => facts.g?.value === true,
      },
    },
  ];
  const policy = aPolicy(aModel([aDimension('a', [aSignal('x'), aSignal('y')])], guards));

  it('sets its band at once, and lets go as the hysteresis says', () => {
    const seen = assessDays(
      [
        { facts: factsOf({ x: 90, y: 90, g: false }) },
        { facts: factsOf({ x: 90, y: 90, g: true }) },
        { facts: factsOf({ x: 90, y: 90, g: false }) },
      ],
      policy,
    ).map(({ assessment }) => [assessment.shownScore, assessment.band, assessment.bandSource]);
    expect(seen).toEqual([
      [90, 'healthy', 'model'],
      [30, 'risk', 'guard'],
      [90, 'healthy', 'model'],
    ]);
  });

  it('ends the wait for a dwell, since the band moved without it', () => {
    const label = 'top of watch';
    const model = aModel(
      [aDimension('a', [aSignal('x')])],
      [{ id: 'g', label, cap: 69, when: whenPositive('g') }],
    );
    const days = [0, 1].map((g) => ({ facts: factsOf({ x: 90, g }) }));
    const [, capped] = assessDays(days, aPolicy(model));
    expect(capped?.assessment).toMatchObject({ shownScore: 69, band: 'watch', bandSource: 'guard' });
    expect(capped?.state.passedSince).toBeNull();
  });

  it('still sets its band where too little is known for a score', () => {
    const [only] = assessDays([{ facts: factsOf({ x: null, y: null, g: true }) }], policy);
    expect(only?.assessment.score).toBeNull();
    expect([only?.assessment.band, only?.assessment.bandSource]).toEqual(['risk', 'guard']);
  });
});
