import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCase } from '../../support/playbooks/events.js';
import { joined, opened, peopleIn } from '../../support/playbooks/seen.js';
import type { Story } from '../../support/playbooks/story.js';
import { openTheatre, type Theatre } from '../../support/playbooks/theatre.js';

const four = [...'abcd'].map((name) => aCase(name));
const surge = (tells: string, day: number): Story => ({
  playbook: 'support-surge',
  tells,
  people: ['user'],
  days: { [day]: four },
  happens: [],
  episodes: [],
});
/** Day 4 is a Friday, day 5 a Saturday. */
const STORIES: readonly Story[] = [surge('begins on a Friday', 4), surge('begins on a Saturday', 5)];

describe('the shipped calendar, Monday to Friday', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre(STORIES, []);
    for (let day = 0; day <= 14; day += 1) await theatre.play(day);
  }, 60_000);
  afterAll(() => theatre.close());

  it('sends nothing at a weekend, keeps the gaps between steps, and has work done on business days', async () => {
    const people = peopleIn(STORIES);
    const happened = [...(await joined(theatre.company, people)), ...(await opened(theatre.company, people))];
    const told = (account: string | undefined) =>
      happened
        .filter((one) => one.account === account)
        .map(({ day, step, dueIn }) => [day, step, dueIn === null ? null : day + dueIn])
        .sort(([a], [b]) => Number(a) - Number(b));
    const [friday, saturday] = [...people.byEmail.values()].map(({ account }) => account).filter(unique);
    expect(told(friday)).toEqual([
      [4, 'acknowledge', null],
      [7, 'guide', null],
      [10, 'call', 11],
    ]);
    expect(told(saturday)).toEqual([
      [7, 'acknowledge', null],
      [8, 'guide', null],
      [11, 'call', 14],
    ]);
  });
});

function unique(account: string, at: number, all: readonly string[]): boolean {
  return all.indexOf(account) === at;
}
