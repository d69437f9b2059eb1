import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDay } from '../../../src/domain/day.js';
import type { Trigger } from '../../../src/domain/engagement/playbook.js';
import { periodOf, readTrigger, type TriggerState } from '../../../src/domain/engagement/trigger.js';
import { aPlaybook, facts, number, TODAY } from './builders.js';

function seen(held: boolean, change: Partial<TriggerState> = {}): TriggerState {
  return { version: 'v1', held, since: TODAY - 40, firedOn: null, place: null, ...change };
}

function read(
  trigger: Partial<Trigger>,
  values: Parameters<typeof facts>[0],
  before: TriggerState | null,
  today = TODAY,
) {
  return readTrigger(aPlaybook({ trigger }), { facts: facts(values), before, version: 'v1', today });
}

describe('a condition', () => {
  it('fires on the crossing, at the day of the edge', () => {
    const reading = read({ edge: number('e') }, { c: true, e: TODAY - 2 }, seen(false));
    expect(reading.edge).toEqual({ day: TODAY - 2, mark: null, verdict: 'fires' });
    expect(reading.state).toMatchObject({ held: true, firedOn: TODAY, since: TODAY - 2 });
  });

  it('does not fire again while it goes on holding', () => {
    expect(read({}, { c: true }, seen(true)).edge).toBeNull();
  });

  it('arms and does not fire on what already holds when first seen', () => {
    expect(read({}, { c: true }, null).edge?.verdict).toBe('armed');
    expect(read({ onFirstSight: 'fire' }, { c: true }, null).edge?.verdict).toBe('fires');
  });

  it('misses edges that are too old', () => {
    const edge = (age: number) =>
      read({ edge: number('e') }, { c: true, e: TODAY - age }, seen(false)).edge?.verdict;
    expect([edge(7), edge(8)]).toEqual(['fires', 'missed']);
  });

  it('stays where it was while nobody knows: no fire, no re-arm', () => {
    const before = seen(true);
    expect(read({}, { c: null }, before)).toEqual({ state: before, edge: null, missedMarks: [] });
  });

  it('re-baselines under another version and does not fire', () => {
    expect(read({}, { c: true }, seen(false, { version: 'v0' })).edge?.verdict).toBe('re-baselined');
  });

  it.each([
    ['never', TODAY - 100, 'cooldown'],
    ['always', TODAY - 1, 'fires'],
    [{ afterDays: 30 }, TODAY - 29, 'cooldown'],
    [{ afterDays: 30 }, TODAY - 30, 'fires'],
  ] as const)('re-arms by its rule: %j after firing on %d', (reenter, firedOn, verdict) => {
    expect(read({ reenter }, { c: true }, seen(false, { firedOn })).edge?.verdict).toBe(verdict);
  });

  it('fires exactly as often as its re-arm rule says, however it swings for 90 days', () => {
    const swings = fc.array(fc.constantFrom(true, false, null), { minLength: 90, maxLength: 90 });
    const rules = fc.constantFrom<Trigger['reenter']>('never', 'always', { afterDays: 14 });
    fc.assert(
      fc.property(swings, rules, (days, reenter) => {
        let state: TriggerState | null = null;
        const fired: number[] = [];
        days.forEach((c, day) => {
          const reading = read({ reenter }, { c }, state, TODAY + day);
          state = reading.state;
          if (reading.edge?.verdict === 'fires') fired.push(day);
        });
        expect(fired).toEqual(expected(days, reenter));
      }),
    );
  });
});

/** By the words of the rule: a rise from known-false to true counts, unless the rest is not over. */
function expected(days: readonly (boolean | null)[], reenter: Trigger['reenter']): readonly number[] {
  const fired: number[] = [];
  let known: boolean | null = null;
  days.forEach((c, day) => {
    if (c === null) return;
    const last = fired.at(-1);
    const rested =
      last === undefined || reenter === 'always' || (reenter !== 'never' && day - last >= reenter.afterDays);
    if (c && known === false && rested) fired.push(day);
    known = c;
  });
  return fired;
}

describe('a countdown', () => {
  const countdown = { of: number('left'), marks: [120, 90, 30] };
  const at = (left: number | null, before: TriggerState | null) =>
    read({ countdown }, { c: true, left }, before);

  it('fires at a mark, on the day on which it was reached', () => {
    expect(at(118, seen(false)).edge).toEqual({ day: TODAY - 2, mark: 120, verdict: 'fires' });
  });

  it('fires only the last of several marks crossed at once, and names the others as missed', () => {
    const reading = at(89, seen(false));
    expect(reading.edge).toMatchObject({ mark: 90, verdict: 'fires' });
    expect(reading.missedMarks).toEqual([120]);
  });

  it('fires each mark once on the way down', () => {
    let state: TriggerState | null = seen(false);
    const marks: (number | null)[] = [];
    for (let day = 0; day <= 200; day += 1) {
      const reading = readTrigger(aPlaybook({ trigger: { countdown } }), {
        facts: facts({ c: true, left: 150 - day }),
        before: state,
        version: 'v1',
        today: TODAY + day,
      });
      state = reading.state;
      if (reading.edge?.verdict === 'fires') marks.push(reading.edge.mark);
    }
    expect(marks).toEqual([120, 90, 30]);
  });

  it('does not fire when the date moves away, and re-arms above every mark', () => {
    expect(at(100, seen(true, { place: 90 })).edge).toBeNull();
    const away = at(400, seen(true, { place: 30 }));
    expect(away.state).toMatchObject({ place: null });
    expect(at(120, away.state).edge).toMatchObject({ mark: 120, verdict: 'fires' });
  });

  it('arms at first sight, and stays while the date is not known', () => {
    expect(at(60, null).edge?.verdict).toBe('armed');
    expect(at(null, seen(true, { place: 90 })).state?.place).toBe(90);
  });
});

describe('a period', () => {
  const monthly = { every: 'month', onFirstSight: 'arm' } as const;

  it('fires once a month for whom the condition holds, and not in the month of first sight', () => {
    let state: TriggerState | null = null;
    const fired: number[] = [];
    const first = parseDay('2026-01-15') ?? 0;
    for (let day = first; day < first + 90; day += 1) {
      const reading = read(monthly, { c: true }, state, day);
      state = reading.state;
      if (reading.edge?.verdict === 'fires') fired.push(day);
    }
    expect(fired).toEqual(['2026-02-01', '2026-03-01', '2026-04-01'].map(parseDay));
  });

  it('misses a month that nobody looked at in its first days', () => {
    const before = seen(true, { place: 'month from 2026-01-01' });
    expect(read(monthly, { c: true }, before, parseDay('2026-02-20') ?? 0).edge?.verdict).toBe('missed');
  });

  it('begins weeks on Monday, quarters with January', () => {
    expect(periodOf('week', parseDay('2026-11-22') ?? 0).start).toBe(parseDay('2026-11-16'));
    expect(periodOf('week', parseDay('2026-11-23') ?? 0).start).toBe(parseDay('2026-11-23'));
    expect(periodOf('quarter', parseDay('2026-05-31') ?? 0).start).toBe(parseDay('2026-04-01'));
    expect(periodOf('year', parseDay('2026-05-31') ?? 0).start).toBe(parseDay('2026-01-01'));
  });
});
