import { describe, expect, it } from '@jest/globals';
import { parseDay } from '../../../src/domain/day.js';
import { type MissingDay, missingNow, withDay } from '../../../src/domain/insight/drift/missing.js';
import { driftSentences, notCompared } from '../../../src/domain/insight/drift/sentences.js';
import { openSeparation, separationChange } from '../../../src/domain/insight/drift/separation.js';
import { drawsOf } from '../../support/insight/planted.js';

/** A quarter has just ended: all that is told is judged. */
const TODAY = parseDay('2027-01-01') ?? Number.NaN;

/** 400 renewals over two years: scores tell who leaves until a day, and nothing after it. */
function separationUntil(turn: number, seed: number) {
  const random = drawsOf(Math.imul(seed, 0x9e3779b1));
  const open = openSeparation(TODAY, 9);
  for (let nth = 0; nth < 400; nth += 1) {
    const closedOn = TODAY - Math.floor(random() * 730);
    const lost = random() < 0.25;
    const tells = closedOn <= turn;
    const score = Math.floor(tells && lost ? random() * 60 : tells ? 40 + random() * 60 : random() * 100);
    open.add({ account: String(nth), closedOn, lost, score });
  }
  return open.points();
}

describe('the separation of a score', () => {
  it('is the share of pairs in which the customer who stayed had the higher score', () => {
    const open = openSeparation(TODAY - 1, 1);
    for (let nth = 0; nth < 20; nth += 1)
      open.add({ account: `${nth}`, closedOn: TODAY - 1 - nth, lost: false, score: 80 });
    for (let nth = 0; nth < 10; nth += 1)
      open.add({ account: `L${nth}`, closedOn: TODAY - 1 - nth, lost: true, score: nth < 5 ? 20 : 80 });
    expect(open.points()).toMatchObject([
      { quarter: '2026-Q4', outcomes: 30, lost: 10, auc: { value: 0.75 } },
    ]);
  });

  it('is not told under 30 renewals, nor with fewer than five of either kind', () => {
    const of = (kept: number, lost: number) => {
      const open = openSeparation(TODAY - 1, 1);
      for (let nth = 0; nth < kept; nth += 1)
        open.add({ account: `${nth}`, closedOn: TODAY - 1, lost: false, score: 80 });
      for (let nth = 0; nth < lost; nth += 1)
        open.add({ account: `L${nth}`, closedOn: TODAY - 1, lost: true, score: 20 });
      return open.points()[0]?.auc ?? null;
    };
    expect(of(24, 5)).toBeNull();
    expect(of(60, 4)).toBeNull();
    expect(of(25, 5)).not.toBeNull();
  });

  it('fell where it told a year ago and tells nothing now, in nearly every generated book', () => {
    const fell = Array.from({ length: 100 }, (_, seed) =>
      separationChange(separationUntil(TODAY - 365, seed + 1), TODAY),
    );
    expect(fell.filter((change) => change?.fell === true).length).toBeGreaterThan(95);
  });

  it('is claimed to have fallen in at most 5 of 100 books where nothing changed', () => {
    const fell = Array.from({ length: 100 }, (_, seed) =>
      separationChange(separationUntil(TODAY, seed + 1), TODAY),
    );
    expect(fell.every((change) => change !== null)).toBe(true);
    expect(fell.filter((change) => change?.fell === true).length).toBeLessThanOrEqual(5);
  });

  it('is compared only with a point that shares no renewal', () => {
    const change = separationChange(separationUntil(TODAY, 3), TODAY);
    expect((change?.now.asOf ?? 0) - (change?.before.asOf ?? 0)).toBeGreaterThanOrEqual(365);
    expect(separationChange(separationUntil(TODAY, 3).slice(-3), TODAY)).toBeNull();
  });

  it('counts the renewals of an account together: they are not independent', () => {
    const areaOf = (accountOf: (nth: number) => string) => {
      const open = openSeparation(TODAY - 1, 1);
      for (let nth = 0; nth < 60; nth += 1) {
        // Three renewals in a row are alike, as those of one account are.
        const [kind, score] = [Math.floor(nth / 3), 40 + ((Math.floor(nth / 3) * 5) % 11)];
        open.add({ account: accountOf(nth), closedOn: TODAY - 1, lost: kind % 3 === 0, score });
      }
      return open.points()[0]?.auc ?? { value: 0, low: 0, high: 0 };
    };
    const [alone, together] = [areaOf(String), areaOf((nth) => String(Math.floor(nth / 3)))];
    expect(together.value).toBe(alone.value);
    expect(together.high - together.low).toBeGreaterThan(1.2 * (alone.high - alone.low));
  });

  it('is not judged in the quarter that runs, and judged the day after its end', () => {
    const points = separationUntil(TODAY - 365, 1);
    const judged = (today: number) => separationChange(points, today)?.now.asOf;
    expect(judged(TODAY + 40)).toBe(TODAY - 1);
    expect(judged(TODAY)).toBe(TODAY - 1);
    expect(judged(TODAY - 1)).toBeLessThan(TODAY - 1);
  });
});

const RULES = { rise: 0.1, labels: new Map([['nps', 'latest NPS answer']]) };

function aDay(back: number, nps: number, model = 'm1'): MissingDay {
  return { day: TODAY - back, model, accounts: 400, shares: { nps, usage: 0.1 } };
}

describe('a signal that is missing', () => {
  const weeks = Array.from({ length: 30 }, (_, index) => aDay(index + 8, 0.2)).reverse();

  it('rose where it is missing of more accounts than in the weeks before', () => {
    const [nps, usage] = missingNow([...weeks, aDay(0, 0.35)], RULES);
    expect(nps).toMatchObject({ signal: 'nps', now: 0.35, before: 0.2, rose: true });
    expect(usage).toMatchObject({ signal: 'usage', rose: false });
    expect(missingNow([...weeks, aDay(0, 0.29)], RULES).some(({ rose }) => rose)).toBe(false);
  });

  it('is compared with nothing under another model, nor on the first days', () => {
    expect(missingNow([...weeks, aDay(0, 0.9, 'm2')], RULES)[0]).toMatchObject({ before: null, rose: false });
    expect(missingNow([aDay(8, 0.1), aDay(9, 0.1), aDay(0, 0.9)], RULES)[0]).toMatchObject({ before: null });
  });

  it('is told in a sentence that says where to look', () => {
    const [sentence, another] = driftSentences(null, missingNow([...weeks, aDay(0, 0.35)], RULES));
    expect(sentence).toContain(
      'The signal “latest NPS answer” is unknown for 35 % of the accounts, 20 % in the weeks before',
    );
    expect(sentence).toContain('look at the source');
    expect(another).toBeUndefined();
  });

  it('is no comfort where nothing could be compared: it is said what is waited for', () => {
    expect(notCompared(null, missingNow([aDay(0, 0.9)], RULES))).toHaveLength(2);
    expect(notCompared(null, [])).toHaveLength(2);
    expect(notCompared(null, missingNow([...weeks, aDay(0, 0.2)], RULES))).toEqual([
      expect.stringContaining('two quarters'),
    ]);
    const change = separationChange(separationUntil(TODAY, 3), TODAY);
    expect(notCompared(change, missingNow([...weeks, aDay(0, 0.2)], RULES))).toEqual([]);
  });

  it('is kept of the latest 90 days, one a month before them, and one of each day', () => {
    let days: readonly MissingDay[] = [];
    for (let back = 2_000; back >= 0; back -= 1) days = withDay(days, aDay(back, 0.2));
    days = withDay(days, aDay(0, 0.5));
    expect(days.length).toBeLessThanOrEqual(130);
    expect(days.filter(({ day }) => day > TODAY - 90)).toHaveLength(90);
    expect(days.at(-1)?.shares.nps).toBe(0.5);
    expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
  });
});
