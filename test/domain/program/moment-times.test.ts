import { describe, expect, it } from '@jest/globals';
import { parseDay } from '../../../src/domain/day.js';
import type { Moment } from '../../../src/domain/engagement/moment.js';
import { momentTimes, type WatchedCustomer } from '../../../src/domain/program/moment-times.js';
import { fact } from '../engagement/builders.js';

function aMoment(id: string, dueDay: number): Moment {
  const owner = { kind: 'csm' } as const;
  const rest = {
    phase: 'onboarding',
    when: null,
    cadence: {},
    done: fact('x'),
    objective: '',
    required: true,
  } as const;
  return { id, label: id, dueDay, owner, ...rest };
}

const day = (text: string): number => parseDay(text) ?? 0;
const JANUARY = day('2026-01-10');

function aCustomer(dayZero: number, after: Readonly<Record<string, number>>): WatchedCustomer {
  const done = Object.entries(after).map(([id, days]) => [id, dayZero + days] as const);
  return { dayZero, done: Object.fromEntries(done) };
}

describe('time from moment to moment', () => {
  const moments = [aMoment('training', 20), aMoment('kickoff', 7)];

  it('is the median over those who reached them, in due order, with who was in time', () => {
    const [cohort] = momentTimes(
      [
        aCustomer(JANUARY, { kickoff: 3, training: 13 }),
        aCustomer(JANUARY + 5, { kickoff: 9, training: 29 }),
        aCustomer(JANUARY + 9, { kickoff: 5 }),
      ],
      moments,
    );
    expect(cohort).toMatchObject({ from: day('2026-01-01'), customers: 3 });
    expect(cohort?.moments).toEqual([
      { moment: 'kickoff', label: 'kickoff', reached: 3, onTime: 2, days: 5, sinceBefore: null },
      { moment: 'training', label: 'training', reached: 2, onTime: 1, days: 21, sinceBefore: 15 },
    ]);
  });

  it('is told by the quarter of day 0, oldest first', () => {
    const cohorts = momentTimes([aCustomer(day('2026-05-01'), {}), aCustomer(JANUARY, {})], moments);
    expect(cohorts.map(({ from }) => from)).toEqual([day('2026-01-01'), day('2026-04-01')]);
    expect(cohorts[0]?.moments[0]).toMatchObject({ reached: 0, days: null });
  });
});
