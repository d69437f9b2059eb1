import { describe, expect, it } from '@jest/globals';
import type { Episode } from '../../../src/domain/engagement/episode.js';
import { at } from '../../support/playbooks/days.js';
import { aDiary, type Diary } from '../../support/playbooks/diary.js';
import { FLIPS, type Flip } from '../../support/playbooks/flips.js';
import { SHIPPED, shipped } from '../../support/playbooks/shipped.js';
import { loaded, SETTINGS } from '../../support/playbooks/shipped-settings.js';

const FIRST = Math.floor(at(0, 0) / 86_400_000);
const EACH = SHIPPED.map(({ id }) => id);
/** Those that begin with a period of the calendar have no crossing of their own. */
const PERIODIC: Readonly<Record<string, readonly number[]>> = {
  'usage-report': [21, 51, 82],
  'webinar-invitation': [51],
};
/** These ask whether a day is on record at all: an empty field is an answer. */
const ASK_WHETHER = ['service-incident', 'criteria-stale', 'early-win'];
const CROSSING = EACH.filter((id) => PERIODIC[id] === undefined);

function flipOf(id: string): Flip {
  const found = FLIPS[id];
  if (found === undefined) throw new Error(`nobody says how ${id} is made to hold`);
  return found;
}

/** A letter a day: y = it holds, n = it does not, ? = nobody knows, - = no run. */
function written(id: string, days: string): Diary {
  const diary = aDiary(loaded(id), SETTINGS);
  const { yes, no } = flipOf(id);
  for (const [nth, letter] of [...days].entries()) {
    const day = FIRST + nth;
    if (letter !== '-') diary.run(day, letter === 'y' ? yes(day) : letter === 'n' ? no(day) : null);
  }
  return diary;
}

const begun = (diary: Diary): readonly number[] => diary.episodes().map(({ seenOn }) => seenOn - FIRST);

/** Days on which the rule lets a crossing begin something; while an episode runs none does. */
function byRule(id: string, crossings: readonly number[], episodes: readonly Episode[]): readonly number[] {
  const { reenter } = shipped(id);
  const runs = (day: number): boolean =>
    episodes.some(({ seenOn, ended }) => seenOn - FIRST < day && (ended === null || ended.on - FIRST > day));
  const rested = (day: number, last: number): boolean =>
    reenter === 'always' || (reenter !== 'never' && day - last >= reenter.afterDays);
  const starts: number[] = [];
  for (const day of crossings) {
    const last = starts.at(-1);
    if (last === undefined || (!runs(day) && rested(day, last))) starts.push(day);
  }
  return starts;
}

describe('an account that crosses a threshold to and fro every day', () => {
  it('is told of for every shipped playbook', () => {
    expect(Object.keys(FLIPS).sort()).toEqual([...EACH].sort());
  });

  it.each(CROSSING.flatMap((id) => [90, 400].map((days) => [id, days] as const)))(
    'begins %s in %d days exactly as often as its rule says',
    (id, days) => {
      const diary = written(id, 'ny'.repeat(days / 2));
      const crossings = Array.from({ length: days / 2 }, (_, nth) => 2 * nth + 1);
      expect(begun(diary)).toEqual(byRule(id, crossings, diary.episodes()));
    },
  );

  it.each([
    ['critical-case', 45],
    ['support-surge', 2],
    ['answer-follow-up', 3],
    ['sponsor-change', 1],
    ['feature-gap', 1],
    ['criteria-stale', 1],
  ])('begins %s in 90 days %d times', (id, times) => {
    expect(begun(written(id, 'ny'.repeat(45)))).toHaveLength(times);
  });

  it.each(Object.entries(PERIODIC))(
    'begins %s once in each period, on its first day that holds',
    (id, starts) => {
      const firstYes = starts.map((day) => (day % 2 === 0 ? day + 1 : day));
      expect(begun(written(id, 'ny'.repeat(45)))).toEqual(firstYes);
    },
  );

  it.each([
    [120, 121],
    [90, 91],
    [30, 31],
  ])('begins the renewal of %d days anew only when the last one has ended', (mark, above) => {
    const diary = aDiary(loaded('renewal'), SETTINGS);
    for (let day = 0; day < 90; day += 1)
      diary.run(FIRST + day, { facts: { 'account.daysToRenewal': day % 2 === 0 ? above : mark } });
    const crossings = Array.from({ length: 45 }, (_, nth) => 2 * nth + 1);
    expect(begun(diary)).toEqual(byRule('renewal', crossings, diary.episodes()));
    expect(new Set(diary.episodes().map((episode) => episode.mark))).toEqual(new Set([mark]));
  });
});

describe('what is no crossing begins nothing', () => {
  it.each(CROSSING)('%s: it held already when it was first seen', (id) => {
    expect(begun(written(id, 'y'.repeat(40)))).toEqual([]);
  });

  it.each(CROSSING)('%s: it held for a day without a run', (id) => {
    expect(begun(written(id, 'nn-nn'))).toEqual([]);
  });

  it.each(CROSSING)('%s: it is seen a day late, once', (id) => {
    expect(begun(written(id, 'nn-yyyyy'))).toEqual([3]);
  });

  it.each(CROSSING.filter((id) => !ASK_WHETHER.includes(id)))('%s: nobody knew for days', (id) => {
    expect(begun(written(id, 'nn???nn??n'))).toEqual([]);
    expect(begun(written(id, 'nny??y?y'))).toEqual([2]);
    expect(begun(written(id, 'yy???y?yy'))).toEqual([]);
  });

  it.each(EACH)('%s: another version of the playbook, or of what it reads', (id) => {
    const { yes, no } = flipOf(id);
    for (const how of [{ baseline: '/other' }, { playbook: { ...loaded(id), version: 'other' } }]) {
      const diary = aDiary(loaded(id), SETTINGS);
      const start = PERIODIC[id] === undefined ? FIRST : FIRST + 48;
      for (let day = start; day < start + 3; day += 1) diary.run(day, no(day));
      for (let day = start + 3; day < start + 8; day += 1) diary.run(day, yes(day), how);
      expect(begun(diary)).toEqual([]);
    }
  });

  it.each(EACH)('%s: an empty state in an org that was worked in before', (id) => {
    const { yes } = flipOf(id);
    const fire = { ...loaded(id), trigger: { ...loaded(id).trigger, onFirstSight: 'fire' as const } };
    const diary = aDiary(fire, SETTINGS);
    expect(diary.run(FIRST, yes(FIRST), { armOnly: true })).toEqual([]);
    expect(begun(diary)).toEqual([]);
  });
});
